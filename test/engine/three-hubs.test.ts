import { addTwoHubs } from "../fixtures/three-hubs";
import type { Config } from "./steward";
import { defaultConfig, rehearse, temporaryFolder } from "./steward";

jest.setTimeout(300_000);

const folder = temporaryFolder();

function threeHubs(): Config {
    const config = defaultConfig();
    addTwoHubs(config["steward:jupyterhub"]);
    return config;
}

const data = ["home-storage", "hub-database", "datasets"];

// One after another on one state.
describe("a cluster with a hub on a disk, one on EFS and RDS, and one that keeps no homes", () => {
    it("is rehearsed with every resource owned, and the second time unchanged", async () => {
        const first = await rehearse(folder, threeHubs());
        expect([first.code, first.result.errors]).toEqual([0, []]);
        expect(first.result.coverage.uncovered).toBe(0);
        const second = await rehearse(folder, threeHubs());
        expect([second.code, second.result.result]).toEqual([0, "unchanged"]);
    });

    it("names what a hub that leaves would lose, and the line that gives it up; nothing goes", async () => {
        const config = threeHubs();
        const jupyterhub = config["steward:jupyterhub"] as { hubs: { name: string }[] };
        jupyterhub.hubs = jupyterhub.hubs.filter(({ name }) => name !== "staging");
        const { code, result } = await rehearse(folder, config);

        expect(code).toBe(1);
        const places = new Set(result.errors.map(({ path }) => path));
        expect([...places].sort()).toEqual([
            "datasets@staging",
            "home-storage@staging",
            "hub-database@staging",
            "object-storage@staging",
            "user-image@staging",
        ]);
        const system = result.errors.find(({ message }) => message.startsWith("FileSystem"));
        expect(system?.message).toMatch(
            /^FileSystem home-storage-staging-homes \(fs-\w+\) is protected data, and the stack file has no hub staging any more; nothing was deleted$/,
        );
        expect(system?.fix).toBe(
            "put the hub staging back, or give it up: npm run steward -- up jupyterhub-aws --release home-storage@staging",
        );
        const database = result.errors.find(({ message }) => message.startsWith("Instance"));
        expect(database?.fix).toContain("write `deletionProtection: false`");
        const again = await rehearse(folder, threeHubs());
        expect(again.result.result).toBe("unchanged");
    });

    it("hands its data over without replacing any", async () => {
        const config = threeHubs();
        const layers = { ...(config["steward:layers"] as Record<string, object>) };
        for (const layer of data) layers[layer] = { ...layers[layer], party: "successor" };
        config["steward:layers"] = layers;
        config["steward:parties"] = {
            ...(config["steward:parties"] as object),
            successor: { name: "Successor", contact: "successor@example.org" },
        };
        const { code, result } = await rehearse(folder, config);

        expect([code, result.coverage.uncovered]).toEqual([0, 0]);
        const replaced = (result.announced ?? []).filter((each) =>
            / is (replaced|made anew)/.test(each),
        );
        expect(replaced).toEqual(
            ["prod", "binder"].map(
                (hub) => `hub-database-${hub}-class is made anew; its volumes stay as they are`,
            ),
        );
    });
});
