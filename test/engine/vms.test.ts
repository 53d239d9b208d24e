import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { stringify } from "yaml";
import { layersOf } from "../../components/model/layers";
import { projectRoot } from "../../rehearsal/project-root";
import type { Result } from "../../stacks/commands/result";
import { readRehearsedState } from "../../stacks/commands/state-source";
import { columnsOf } from "../support/platform-doc";
import { readStackFile } from "../support/stack-file";
import type { Config } from "./steward";
import { steward, temporaryFolder } from "./steward";

jest.setTimeout(600_000);

// The commands of hosts are recorded and not run; test/hosts/ runs them.
const folder = temporaryFolder();
const others = temporaryFolder();
const stack = "commcare-vms";

async function rehearse(own: string, change: Config = {}) {
    const file = join(own, "stack.yaml");
    writeFileSync(file, stringify({ config: { ...readStackFile(stack).config, ...change } }));
    const args = ["--stack-file", file, "--state-dir", own, "--json"];
    const { code, stdout } = await steward(["rehearse", stack, ...args]);
    return { code, result: JSON.parse(stdout) as Result };
}

interface Stripped {
    readonly met: number;
    readonly succeeded: boolean;
    readonly rules: readonly [string, string][];
}

async function strip(cases: readonly (readonly string[])[]) {
    const { stdout } = await promisify(execFile)(
        process.execPath,
        ["test/engine/stripped.mjs", folder, JSON.stringify(cases), stack],
        { cwd: projectRoot(), maxBuffer: 64 * 1024 * 1024 },
    );
    return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Stripped[];
}

/** A host's layer is a component, which names its owner itself: there is no tag to lose on what is in it. */
const stripped = [
    ["steward:vms:Hosting", "hosting-sql-a1", "role"],
    ["steward:vms:Patching", "patching-web-a2", "party"],
    ["steward:vms:Network", "network-db-a1", "contact"],
] as const;

// In this order: each run finds what the one before it left.
describe("a CommCare cluster on hosts", () => {
    it.each(layersOf("commcare", "vms").map(([slug]) => slug))(
        "is refused whole where nobody answers for %s",
        async (slug) => {
            const empty = mkdtempSync(join(others, "vacated-"));
            const { code, result } = await rehearse(empty, {
                "steward:layers": { [slug]: { role: null } },
            });
            expect([code, result.result]).toEqual([3, "blocked"]);
            expect(result.created).toBeLessThanOrEqual(1);
            expect(result.violations.map(({ layer }) => layer)).toEqual([slug]);
            expect(readdirSync(empty)).toEqual(["stack.yaml"]);
        },
    );

    it("is rehearsed whole, every resource with an owner and every layer with a party", async () => {
        const { code, result } = await rehearse(folder);
        expect([code, result.result, result.errors, result.violations]).toEqual([
            0,
            "succeeded",
            [],
            [],
        ]);
        expect(result.coverage.uncovered).toBe(0);
        expect(result.created).toBeGreaterThan(100);
        expect(result.layers.filter(({ party }) => party === null)).toEqual([]);
    });

    it("is unchanged the second time", async () => {
        const { code, result } = await rehearse(folder);
        expect([code, result.result]).toEqual([0, "unchanged"]);
        expect(result.changes.same).toBe(result.created);
    });

    it("is carried out by what docs/platforms.md says (scripts/write-platforms.mjs)", () => {
        const state = readRehearsedState(stack, folder);
        const { written, rehearsed } = columnsOf("commcare", "vms", state);
        expect(written).toEqual(rehearsed);
    });

    it("is blocked where one layer of one host loses part of its owner on the way to the engine", async () => {
        const found = await strip(stripped);
        expect(found.map(({ met, succeeded }) => [met, succeeded])).toEqual(
            stripped.map(() => [1, false]),
        );
        for (const [at, [, name]] of stripped.entries()) {
            expect(found[at]?.rules.map(([, place]) => place)).toContain(name);
        }
    });
});
