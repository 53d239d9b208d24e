import { layersOf } from "../../components/model/layers";
import type { Config } from "./steward";
import { defaultConfig, rehearse, temporaryFolder } from "./steward";

const folder = temporaryFolder();

function vacate(slug: string): Config {
    const config = defaultConfig();
    const layers = config["steward:layers"] as Record<string, unknown>;
    return { ...config, "steward:layers": { ...layers, [slug]: { role: null } } };
}

// What it does not prove: that the engine would have refused too. gate.test.ts does.
describe("rehearse with one layer vacated", () => {
    it.each(layersOf("jupyterhub", "aws").map(([slug, layer]) => [slug, layer.perHub] as const))(
        "refuses %s with exit 3 and creates nothing",
        async (slug, perHub) => {
            const { code, result, stderr } = await rehearse(folder, vacate(slug));
            expect([code, result.result]).toEqual([3, "blocked"]);
            expect(result.created).toBeLessThanOrEqual(1);
            const place = perHub ? `${slug}@prod` : slug;
            expect(result.violations.map(({ layer }) => layer)).toEqual([place]);
            expect(stderr).toContain(`nobody answers for ${place}`);
            expect(stderr).toContain(`steward:layers: { ${slug}: `);
            expect(stderr).not.toMatch(/\n\s+at /);
        },
    );
});
