import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { layersOf } from "../../components/model/layers";
import type { Result } from "../../stacks/commands/result";
import { readRehearsedState } from "../../stacks/commands/state-source";
import { columnsOf } from "../support/platform-doc";
import { readStackFile } from "../support/stack-file";
import { steward, temporaryFolder } from "./steward";

jest.setTimeout(600_000);

// Commands are recorded and Kubernetes is a stand-in: no host is entered. test/hosts/k3s.test.ts enters some.
const folder = temporaryFolder();

type Config = Record<string, unknown>;

async function rehearse(change: (config: Config) => void = () => undefined) {
    const { config } = readStackFile("jupyterhub-vms");
    change(config);
    const file = join(folder, "stack.yaml");
    writeFileSync(file, stringify({ config }));
    const args = ["--stack-file", file, "--state-dir", folder, "--json"];
    const { code, stdout } = await steward(["rehearse", "jupyterhub-vms", ...args]);
    return { code, result: JSON.parse(stdout) as Result };
}

const placesOf = (layer: string, perHub: boolean) =>
    perHub ? ["hub", "staging"].map((name) => `${layer}@${name}`) : [layer];

// In this order: each run finds what the one before it left.
describe("hubs on hosts", () => {
    it.each(layersOf("jupyterhub", "vms").map(([slug, { perHub }]) => [slug, perHub] as const))(
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
        expect(result.created).toBeGreaterThan(300);
        expect(result.layers.filter(({ party }) => party === null)).toEqual([]);
    });

    it("are unchanged the second time", async () => {
        const { code, result } = await rehearse();
        expect([code, result.result]).toEqual([0, "unchanged"]);
        expect(result.changes.same).toBe(result.created);
    });

    it("are carried out by what docs/platforms.md says (scripts/write-platforms.mjs)", () => {
        const state = readRehearsedState("jupyterhub-vms", folder);
        const { written, rehearsed } = columnsOf("jupyterhub", "vms", state);
        expect(written).toEqual(rehearsed);
    });

    it("change their owners in place: no volume, no node and no host is made anew", async () => {
        const { code, result } = await rehearse((config) => {
            const layers = config["steward:layers"] as Config;
            for (const layer of ["control-plane", "home-storage", "hub-database", "patching"])
                layers[layer] = { role: "community-guide" };
        });
        expect(code).toBe(0);
        expect(result.changes.update).toBeGreaterThan(10);
        expect([result.changes.create, result.changes.replace, result.changes.delete]).toEqual([
            0, 0, 0,
        ]);
    });

    it("are refused where nothing copies a host's data off it", async () => {
        const { code, result } = await rehearse((config) => {
            Reflect.deleteProperty(config["steward:vms"] as Config, "backups");
        });
        expect(code).toBe(3);
        expect(result.violations.map(({ layer, rule }) => [layer, rule])).toEqual(
            ["node-1", "node-2", "node-3"].map(() => ["backups", "data-backed-up"]),
        );
    });
});
