import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Result } from "../../stacks/commands/result";
import { geolabConfig } from "../support/stack-file";
import { steward, temporaryFolder } from "./steward";

jest.setTimeout(240_000);

type Section = Record<string, unknown>;

/** One account for all stacks of this file: the state folder is its ledger. */
const folder = temporaryFolder();

/** A stack of another cluster in the same account: its name, its range, its bucket; the rest is the default's. */
function stackOf(name: string, cidr: string, aws: Section = {}): string {
    const steward = geolabConfig() as Record<string, Section>;
    Object.assign(steward["cluster"] as Section, { name });
    Object.assign(steward["aws"] as Section, aws);
    Object.assign(steward["aws"]?.["network"] as Section, { cidr });
    for (const hub of steward["jupyterhub"]?.["hubs"] as Section[]) {
        Object.assign(hub, { domain: `${name}.example.org` });
        Object.assign(hub["scratch"] as Section, { bucket: `${name}-scratch` });
    }
    const config = Object.entries(steward).map(([key, value]): [string, unknown] => [
        `steward:${key}`,
        value,
    ]);
    const file = join(folder, `${name}.yaml`);
    const disabled = { "pulumi:disable-default-providers": ["*"] };
    writeFileSync(file, stringify({ config: { ...disabled, ...Object.fromEntries(config) } }));
    return file;
}

async function rehearse(name: string, file: string, ...more: string[]): Promise<Result> {
    const args = ["rehearse", name, "--stack-file", file, "--state-dir", folder, "--json"];
    const { stdout, stderr } = await steward([...args, ...more]);
    if (stdout === "") throw new Error(stderr);
    return JSON.parse(stdout) as Result;
}

const one = stackOf("one", "10.64.0.0/16");
const two = stackOf("two", "10.80.0.0/16");
const own = "of this cluster; it reads the audit logs of EKS and outlives the cluster";
const adopted =
    /^adopted: the detector [0-9a-f]{32} of one \(support@example\.org\) is used as it is; it reads the audit logs of EKS$/;

describe("two stacks in one account", () => {
    it("are both rehearsed whole; the second adopts the detector of the first", async () => {
        const first = await rehearse("one", one);
        expect([first.result, first.errors, first.detection]).toEqual(["succeeded", [], own]);
        const second = await rehearse("two", two);
        expect([second.result, second.errors, second.coverage.uncovered]).toEqual([
            "succeeded",
            [],
            0,
        ]);
        expect(second.detection).toMatch(adopted);
        // All that the first has, but for the detector and its five features.
        expect(second.created).toBe(first.created - 6);
    });

    it("are unchanged the second time", async () => {
        expect((await rehearse("one", one)).result).toBe("unchanged");
        expect((await rehearse("two", two)).result).toBe("unchanged");
    });

    it("stop before anything is made where one of its own is asked for and another's stands", async () => {
        const three = stackOf("three", "10.96.0.0/16", { detection: "create" });
        const { result, created, errors } = await rehearse("three", three);
        expect([result, created]).toEqual(["failed", 0]);
        expect(errors.map(({ message }) => message).join("\n")).toMatch(
            /steward:aws\.detection: is create, and the detector [0-9a-f]{32} of one .* write adopt, or skip/,
        );
    });

    it("do not take each other along: the first goes, the second and the detector stay", async () => {
        expect((await rehearse("one", one, "--destroy")).created).toBe(0);
        const second = await rehearse("two", two);
        expect([second.result, second.detection]).toEqual([
            "unchanged",
            expect.stringMatching(adopted),
        ]);
    });

    it("come back to what they left: the first takes its detector up again", async () => {
        const again = await rehearse("one", one);
        expect([again.result, again.errors, again.detection]).toEqual(["succeeded", [], own]);
        expect((await rehearse("one", one)).result).toBe("unchanged");
    });
});
