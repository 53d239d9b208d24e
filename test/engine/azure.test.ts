import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { layersOf } from "../../components/model/layers";
import type { Bill } from "../../stacks/commands/costs/bill";
import type { Result } from "../../stacks/commands/result";
import { readRehearsedState } from "../../stacks/commands/state-source";
import { columnsOf } from "../support/platform-doc";
import { readStackFile } from "../support/stack-file";
import { headingsOf, reviewed } from "./reviewed";
import { rehearseZone, steward, temporaryFolder } from "./steward";

jest.setTimeout(600_000);

const folder = temporaryFolder();
const zoneFolder = temporaryFolder();

type Config = Record<string, unknown>;
interface Section {
    readonly hubs: readonly { readonly name: string }[];
}

async function rehearse(change: (config: Config) => void = () => undefined) {
    const { config } = readStackFile("jupyterhub-azure");
    change(config);
    const file = join(folder, "stack.yaml");
    writeFileSync(file, stringify({ config }));
    const args = ["--stack-file", file, "--state-dir", folder, "--json"];
    const { code, stdout } = await steward(["rehearse", "jupyterhub-azure", ...args]);
    return { code, result: JSON.parse(stdout) as Result };
}

const { hubs } = readStackFile("jupyterhub-azure").config["steward:jupyterhub"] as Section;
const placesOf = (layer: string, perHub: boolean) =>
    perHub ? hubs.map(({ name }) => `${layer}@${name}`) : [layer];

// In this order: each run finds what the one before it left.
describe("hubs on Azure", () => {
    it.each(layersOf("jupyterhub", "azure").map(([slug, { perHub }]) => [slug, perHub] as const))(
        "are refused whole where nobody answers for %s",
        async (slug, perHub) => {
            const { code, result } = await rehearse((config) => {
                const layers = config["steward:layers"] as Config;
                layers[slug] = { role: null };
            });
            expect([code, result.result]).toEqual([3, "blocked"]);
            expect(result.created).toBeLessThanOrEqual(1);
            expect(result.violations.map(({ layer }) => layer)).toEqual(placesOf(slug, perHub));
        },
    );

    it("are rehearsed whole, every resource with an owner and every layer with a party", async () => {
        const { code, result } = await rehearse();
        expect([code, result.result, result.errors, result.violations]).toEqual([
            0,
            "succeeded",
            [],
            [],
        ]);
        expect(result.coverage.uncovered).toBe(0);
        expect(result.created).toBeGreaterThan(500);
        expect(result.layers.filter(({ party }) => party === null)).toEqual([]);
    });

    it("are unchanged the second time", async () => {
        const { code, result } = await rehearse();
        expect([code, result.result]).toEqual([0, "unchanged"]);
        expect(result.changes.same).toBe(result.created);
    });

    it("are carried out by what docs/platforms.md says (scripts/write-platforms.mjs)", async () => {
        const zoneState = await rehearseZone("azure", zoneFolder);
        const state = readRehearsedState("jupyterhub-azure", folder);
        const { written, rehearsed } = columnsOf("jupyterhub", "azure", state, zoneState);
        expect(written).toEqual(rehearsed);
    });

    it("are billed by units that are known for every type (costs units)", async () => {
        const { code, stdout, stderr } = await steward([
            "costs",
            "units",
            "jupyterhub-azure",
            "--state-dir",
            folder,
            "--format",
            "json",
        ]);
        expect([code, stderr]).toEqual([0, ""]);
        const { platform, rows, unknown } = JSON.parse(stdout) as Bill;
        expect([platform, unknown]).toEqual(["azure", {}]);
        const what = rows.map((row) => row.what);
        expect(what).toEqual(
            expect.arrayContaining(["AKS control plane Standard", "Registry Standard"]),
        );
    });

    it("are reviewed in the words of those on AWS", async () => {
        const { codes, headings, tokens, report } = await reviewed("jupyterhub", "azure", folder);
        expect(codes).toEqual({ check: 0, html: 0, markdown: 0, json: 0 });
        expect(headings).toEqual(headingsOf("jupyterhub", "University of Toronto", "2i2c"));
        expect(tokens).toEqual([]);
        expect([report.platform, report.coverage.uncovered]).toEqual(["azure", 0]);
    });

    it("change their owners in place: no group, no disk, no share and no server is made anew", async () => {
        const { code, result } = await rehearse((config) => {
            const layers = config["steward:layers"] as Config;
            for (const layer of [
                "network",
                "home-storage",
                "hub-database",
                "backups",
                "node-pools",
            ])
                layers[layer] = { role: "community-guide" };
        });
        expect(code).toBe(0);
        expect(result.changes.update).toBeGreaterThan(20);
        expect([result.changes.create, result.changes.replace, result.changes.delete]).toEqual([
            0, 0, 0,
        ]);
    });
});
