import * as pulumi from "@pulumi/pulumi";
import { readStack } from "../../stacks/read-stack";
import { now } from "../support/stack";
import { readStackFile } from "../support/stack-file";

/** What readStack threw, for a stack file with nothing in it. */
function refusal(): unknown {
    pulumi.runtime.setAllConfig({});
    try {
        readStack({ now, reservedContacts: "refused" });
    } catch (error) {
        return error;
    }
    return undefined;
}

it("refuses without frames: the SDK hides them, and colouring them can take Node half a minute", () => {
    const error = refusal();
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    const { message, stack } = error as pulumi.RunError;
    expect(message).toMatch(
        /^Nothing is deployed: \d+ problems? in the stack file\.\n {2}steward:/,
    );
    expect(stack).toBe(message);
});

it("reads days and moments as they stand in the stack file, also without quotes", () => {
    const until = "2099-01-01 00:00:00 +0000 UTC"; // as the engine hands either on
    const { config } = readStackFile("jupyterhub-aws");
    const parties = config["steward:parties"] as Record<string, object>;
    const [party = ""] = Object.keys(parties);
    const exemption = {
        rule: "owner-carried",
        urn: "*::bucket",
        reason: "of another team, which tags it itself",
        approver: "infrastructure-provider",
        until,
    };
    const whole = {
        ...config,
        "steward:parties": { ...parties, [party]: { ...parties[party], until } },
        "steward:exemptions": [exemption],
        "steward:secrets": {
            prod: { oauthClientSecret: "a" },
            staging: { oauthClientSecret: "b" },
            binder: { oauthClientSecret: "c" },
        },
    };
    pulumi.runtime.setAllConfig(
        Object.fromEntries(
            Object.entries(whole).map(([key, value]) => [key, JSON.stringify(value)]),
        ),
    );
    const { spec } = readStack({ now, reservedContacts: "allowed" });
    expect(spec.matrix.parties[party]?.until).toBe("2099-01-01");
    expect(spec.matrix.exemptions.map((each) => each.until)).toEqual(["2099-01-01T00:00:00Z"]);
});
