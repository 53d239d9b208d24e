import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "./steward";
import { defaultConfig, rehearse, steward, temporaryFolder } from "./steward";

const folder = temporaryFolder();

const change = (key: string, over: Record<string, unknown>): Config => {
    const config = defaultConfig();
    return { ...config, [key]: { ...(config[key] as object), ...over } };
};

describe("rehearse with a stack file that is wrong", () => {
    it.each<[string, Config, string]>([
        [
            "an unknown layer",
            change("steward:layers", { kitchen: { party: "2i2c" } }),
            "steward:layers.kitchen",
        ],
        ["an unknown role", change("steward:roles", { cook: "2i2c" }), "steward:roles.cook"],
        [
            "a wrong CIDR",
            change("steward:aws", {
                ...(defaultConfig()["steward:aws"] as object),
                network: { cidr: "10.0.0.1/16", zones: ["us-east-2a", "us-east-2b"] },
            }),
            "steward:aws.network.cidr",
        ],
        [
            "an empty hub list",
            change("steward:jupyterhub", { hubs: [] }),
            "steward:jupyterhub.hubs",
        ],
        [
            "a missing region",
            change("steward:cluster", { region: undefined }),
            "steward:cluster.region",
        ],
        ["an unknown key", { ...defaultConfig(), "steward:clutser": {} }, "steward:clutser"],
    ])("refuses %s with exit 2 and its path", async (_, config, path) => {
        const { code, result, stderr } = await rehearse(folder, config);
        expect([code, result.result, result.created]).toEqual([2, "invalid", 0]);
        expect(result.errors.map((each) => each.path)).toContain(path);
        expect(stderr).toContain(`  ${path}: `);
        expect(stderr).not.toMatch(/\n\s+at /);
    });

    it("takes an unknown party for a gap", async () => {
        const config = change("steward:roles", { "community-guide": "stranger" });
        const { code, result } = await rehearse(folder, config);
        expect([code, result.result]).toEqual([3, "blocked"]);
    });

    it("lists problems and gaps together, and ends with 2", async () => {
        const config = {
            ...change("steward:cluster", { region: undefined }),
            "steward:roles": {},
        };
        const { code, result } = await rehearse(folder, config);
        expect(code).toBe(2);
        expect(result.errors.length).toBeGreaterThan(0);
        expect(result.violations.length).toBeGreaterThan(0);
    });

    it("says where a file is no YAML", async () => {
        const file = join(folder, "broken.yaml");
        writeFileSync(file, "config:\n  steward:cluster: { name: [\n");
        const ran = await steward(["rehearse", "x", "--stack-file", file, "--state-dir", folder]);
        expect(ran.code).toBe(2);
        expect(ran.stderr).toMatch(/broken\.yaml:\d+:\d+: is not YAML/);
    });

    it("says which stacks there are", async () => {
        const ran = await steward(["rehearse", "nowhere"]);
        expect(ran.code).toBe(2);
        expect(ran.stderr).toContain(
            "take one of: commcare-aws, commcare-aws-eu, commcare-azure, commcare-vms, jupyterhub-aws, jupyterhub-aws-small, jupyterhub-azure, jupyterhub-vms;",
        );
    });

    it("refuses a state directory that cannot be written, and leaves it alone", async () => {
        const file = join(folder, "a-file");
        writeFileSync(file, "kept");
        const ran = await steward([
            "rehearse",
            "jupyterhub-aws",
            "--state-dir",
            join(file, "state"),
        ]);
        expect(ran.code).toBe(1);
        expect(ran.stderr).toContain(
            "cannot be written (ENOTDIR); name another folder with --state-dir",
        );
        expect(ran.stderr).not.toMatch(/\n\s+at /);
    });

    it("says what to install where no engine can be had", async () => {
        const empty = join(folder, "empty");
        mkdirSync(empty);
        chmodSync(empty, 0o755);
        const ran = await steward(["rehearse", "jupyterhub-aws", "--state-dir", folder], {
            PATH: empty,
            STEWARD_CACHE: empty,
        });
        expect(ran.code).toBe(1);
        expect(ran.stderr).toContain("install Pulumi 3.250 or newer");
        expect(ran.stderr).not.toMatch(/\n\s+at /);
    });
});
