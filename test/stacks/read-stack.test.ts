import * as pulumi from "@pulumi/pulumi";
import { readStack } from "../../stacks/read-stack";
import { now } from "../support/stack";

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
