import {
    azureCommcareChecks,
    azureHubChecks,
} from "../../../../stacks/commands/doctor/azure/checks";
import { azure } from "../../../../stacks/commands/doctor/azure/azure";
import { checkIds, examineIn } from "../../../../stacks/commands/doctor/doctor";
import { doctor } from "../../../../stacks/commands/run-doctor";
import { Arm } from "../../../../stacks/commands/azure/arm";
import { utoronto } from "../../../components/platforms/azure/utoronto";
import { refused } from "../../../support/arm-front";
import type { Report } from "../surgery";
import { Subscription } from "./subscription";

/** Milliseconds: the engine is looked for. */
jest.setTimeout(30_000);

const subscription = new Subscription();

async function printed(run: () => Promise<number>) {
    const written: string[] = [];
    const output = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
        written.push(String(text));
        return true;
    });
    const code = await run();
    output.mockRestore();
    return { code, report: JSON.parse(written.join("")) as Report };
}

describe("doctor of a stack on Azure", () => {
    it.each([
        ["jupyterhub-azure", azureHubChecks],
        ["commcare-azure", azureCommcareChecks],
    ])("looks at %s with checks of its own, which --skip knows", async (stack, checks) => {
        const { report } = await printed(() => doctor(stack, { offline: true, json: true }));
        const asked = [...new Set(report.findings.map(({ check }) => check))].sort();
        expect(asked).toEqual(["credentials", ...checks.map(({ id }) => id)].sort());
        expect(asked.filter((id) => !checkIds.includes(id))).toEqual([]);
        expect(asked.filter((id) => ["aws-cli", "vpcs", "clusters"].includes(id))).toEqual([]);
    });

    it("warns of each question that Azure refuses, and lacks nothing by that", async () => {
        const spec = utoronto();
        const message = "may not perform action 'Microsoft.X/read' over scope '/'";
        subscription.front.answer = () => refused(403, "AuthorizationFailed", message);
        const arm = new Arm(spec.platform.azure.subscriptionId, "a-token", subscription.front.url);
        const caller = { arm, objectId: spec.access.deployer ?? "", groups: [] };
        const signedIn: typeof azure = {
            ...azure,
            identify: () =>
                Promise.resolve({
                    finding: { id: "credentials", status: "ok", message: "somebody" },
                    caller,
                }),
        };
        const ofCloud = azureHubChecks.filter(
            ({ needs }) => needs === "account" || needs === "region",
        );
        let text = "";
        const code = await examineIn(
            signedIn,
            {
                stack: "hubs",
                spec,
                offline: false,
                skip: [],
                json: true,
                env: {},
                write: (said) => void (text += said),
            },
            ofCloud,
        );
        const { findings } = JSON.parse(text) as Report;
        expect(code).toBe(0);
        expect(findings.map(({ check }) => check)).toEqual([
            "credentials",
            ...ofCloud.map(({ id }) => id),
        ]);
        const others = findings.filter(
            ({ check }) => !["credentials", "deployer", "dns-zone"].includes(check),
        );
        expect(new Set(others.map((each) => `${each.status} ${each.message}`))).toEqual(
            new Set(["warning not checked, the answer was AuthorizationFailed"]),
        );
    });
});
