import { isDuty, layersOf } from "../../components/model/layers";
import type { Config } from "./steward";
import { defaultConfig, rehearse, temporaryFolder } from "./steward";

jest.setTimeout(120_000);

const folder = temporaryFolder();

/** The default stack with these layers handed to a party that was not there before. */
function handedOver(slugs: readonly string[]): Config {
    const config = defaultConfig();
    const layers = { ...(config["steward:layers"] as Record<string, object>) };
    for (const slug of slugs) layers[slug] = { ...layers[slug], party: "successor" };
    const parties = config["steward:parties"] as object;
    return {
        ...config,
        "steward:layers": layers,
        "steward:parties": {
            ...parties,
            successor: { name: "Successor", contact: "successor@example.org" },
        },
    };
}

/** What a hand-over of the layer makes people notice; every other layer's is noticed by nobody. */
const noticed: Readonly<Record<string, readonly string[]>> = {};

const withResources = layersOf("jupyterhub", "aws")
    .filter(([, layer]) => !isDuty(layer))
    .map(([slug]) => slug);

// One after another on one state: each run hands over one layer more.
describe("handing a layer over", () => {
    beforeAll(async () => {
        const { code } = await rehearse(folder, handedOver([]));
        expect(code).toBe(0);
    });

    it.each(withResources.map((slug, at) => [slug, withResources.slice(0, at + 1)] as const))(
        "of %s replaces no data, and says before what rolls or restarts",
        async (slug, slugs) => {
            const { code, result } = await rehearse(folder, handedOver(slugs));
            expect([code, result.changes.delete, result.coverage.uncovered]).toEqual([0, 0, 0]);
            expect(result.announced).toEqual(noticed[slug] ?? []);
        },
    );
});
