import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { stringify } from "yaml";
import { projectRoot } from "../../rehearsal/project-root";
import type { Outcome } from "../../rehearsal/outcome";
import { connections, inventory, reset } from "./laboratory";
import { labConfig, stateFolder } from "./stack";

// With one layer vacated, and an up that goes on past what fails: counted at the hosts.

const folder = stateFolder();

/** An up without the program's own refusal. The hosts run another system than is asked for: no more is done than to enter them. */
async function gapped(...flags: string[]): Promise<{ up: Outcome; created: string[] }> {
    const file = join(folder, "stack.yaml");
    const config = labConfig(await inventory(), { systems: ["ubuntu-22.04"] });
    writeFileSync(file, stringify({ config }), { mode: 0o600 });
    const { stdout } = await promisify(execFile)(
        process.execPath,
        [
            ...["test/engine/gapped.mjs", "patching", mkdtempSync(join(folder, "gate-"))],
            ...[...flags, "--hosts", file],
        ],
        {
            cwd: projectRoot(),
            env: { ...process.env, STEWARD_REHEARSE_ON_HOSTS: "1" },
            maxBuffer: 64 * 1024 * 1024,
        },
    );
    return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Awaited<
        ReturnType<typeof gapped>
    >;
}

beforeAll(() => reset("vm1", "vm2", "vm3"), 60_000);

it("the pack alone stops the up before any host is entered", async () => {
    const before = await connections();
    const { up, created } = await gapped("--pack");
    expect([up.succeeded, created]).toEqual([false, ["pulumi:pulumi:Stack"]]);
    expect(
        up.findings.filter(({ level }) => level === "mandatory").map(({ rule }) => rule),
    ).toEqual(["gate"]);
    expect(await connections()).toEqual(before);
});

it("without it every host is entered: so the test above can fail", async () => {
    const before = await connections();
    const { up } = await gapped();
    expect(up.errors.map(({ message }) => message).join("\n")).toContain(
        "data-a1 runs debian-12; install one of: ubuntu-22.04",
    );
    const after = await connections();
    expect(Object.keys(after).filter((host) => (after[host] ?? 0) > (before[host] ?? 0))).toEqual([
        "vm1",
        "vm2",
        "vm3",
    ]);
});
