import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Result } from "../../stacks/commands/result";
import { readStackFile } from "../support/stack-file";
import { steward, temporaryFolder } from "./steward";

jest.setTimeout(600_000);

const folder = temporaryFolder();

type Section = Record<string, unknown>;

/** One of Toronto's hubs, and one beside it that builds environments. */
async function rehearse(layers: Section = {}) {
    const { config } = readStackFile("jupyterhub-azure");
    const hubs = config["steward:jupyterhub"] as { hubs: Section[] };
    const [first] = hubs.hubs;
    hubs.hubs = [
        ...hubs.hubs.filter(({ name }) => name === "staging"),
        {
            name: "binder",
            domain: "binder.utoronto.ca",
            authenticator: first?.["authenticator"],
            machines: ["user", "build"],
            homes: { storage: "none" },
            builds: {},
            budget: { monthlyUsd: 300, covers: "hub" },
        },
    ];
    const { nodes } = config["steward:azure"] as { nodes: Section };
    nodes["build"] = { vmSizes: ["Standard_D4s_v5"], max: 5, diskGiB: 128 };
    Object.assign(config["steward:layers"] as Section, layers);
    const file = join(folder, "stack.yaml");
    writeFileSync(file, stringify({ config }));
    const args = ["--stack-file", file, "--state-dir", folder, "--json"];
    const { code, stdout } = await steward(["rehearse", "jupyterhub-azure", ...args]);
    return { code, result: JSON.parse(stdout) as Result };
}

// In this order: each run finds what the one before it left.
describe("a hub on Azure that builds environments", () => {
    it("is refused whole where nobody answers for its images", async () => {
        const { code, result } = await rehearse({ "user-image": { role: null } });
        expect([code, result.result]).toEqual([3, "blocked"]);
        expect(result.created).toBeLessThanOrEqual(1);
        expect(result.violations.map(({ layer }) => layer)).toEqual([
            "user-image@staging",
            "user-image@binder",
        ]);
    });

    it("is rehearsed whole, all that builds and is built with an owner", async () => {
        const { code, result } = await rehearse();
        expect([code, result.result, result.errors, result.violations]).toEqual([
            0,
            "succeeded",
            [],
            [],
        ]);
        expect(result.coverage.uncovered).toBe(0);
    });

    it("is unchanged the second time", async () => {
        const { code, result } = await rehearse();
        expect([code, result.result]).toEqual([0, "unchanged"]);
    });
});
