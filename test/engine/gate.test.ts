import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Outcome } from "../../rehearsal/outcome";
import { projectRoot } from "../../rehearsal/project-root";
import { temporaryFolder } from "./steward";

jest.setTimeout(120_000);

const folder = temporaryFolder();

interface Gapped {
    readonly preview?: Outcome;
    readonly up: Outcome;
    /** The types in the state: counted there, not by what anybody reported. */
    readonly created: readonly string[];
}

async function gapped(layer: string, ...flags: string[]): Promise<Gapped> {
    const { stdout } = await promisify(execFile)(
        process.execPath,
        ["test/engine/gapped.mjs", layer, mkdtempSync(join(folder, "gate-")), ...flags],
        { cwd: projectRoot(), maxBuffer: 64 * 1024 * 1024 },
    );
    return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Gapped;
}

const onlyTheStack = ["pulumi:pulumi:Stack"];

describe.each([
    ["network", "network"],
    ["home-storage", "home-storage@prod"],
    ["workshops", "workshops@prod"],
])("with %s vacated", (layer, place) => {
    it("the pack alone stops preview and up, with nothing but the root stack", async () => {
        const { preview, up, created } = await gapped(layer, "--pack", "--preview");
        expect([preview?.succeeded, up.succeeded, created]).toEqual([false, false, onlyTheStack]);
        const gate = up.findings.filter(
            (each) => each.rule === "gate" && each.level === "mandatory",
        );
        expect(gate).toHaveLength(1);
        expect(gate[0]?.message).toContain(`nobody answers for ${place}`);
        expect(gate[0]?.message).toContain(`steward:layers: { ${layer}: `);
    });

    it("the pack alone stops an up without a preview as well", async () => {
        const { up, created } = await gapped(layer, "--pack");
        expect([up.succeeded, created]).toEqual([false, onlyTheStack]);
    });

    it("the program alone refuses, without any pack", async () => {
        const { up, created } = await gapped(layer, "--refusal");
        expect([up.succeeded, created]).toEqual([false, onlyTheStack]);
        expect(up.errors.map(({ message }) => message).join()).toContain(place);
    });
});

describe("on hosts, where a failed step stops no other", () => {
    it("the pack alone stops an up with nothing but the root stack", async () => {
        const { up, created } = await gapped("patching", "--pack", "--hosts");
        expect([up.succeeded, created]).toEqual([false, onlyTheStack]);
    });

    it("with both lines of defence out everything is created", async () => {
        const { up, created } = await gapped("patching", "--hosts");
        expect([up.succeeded, up.errors]).toEqual([true, []]);
        expect(created.length).toBeGreaterThan(150);
    });
});

it("with both lines of defence out everything is created: so the tests above can fail", async () => {
    const { up, created } = await gapped("network");
    expect([up.succeeded, up.errors]).toEqual([true, []]);
    expect(created.length).toBeGreaterThan(150);
});
