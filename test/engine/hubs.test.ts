import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Requests } from "../../components/model/core-nodes";
import { coreDemand } from "../../components/model/core-nodes";
import { spawnedBy } from "../../policies/spawned";
import { spawnedTable } from "../../policies/spawned-table";
import { readQuantity } from "../../rehearsal/kubernetes/quantity";
import { projectRoot } from "../../rehearsal/project-root";
import { readRehearsedState } from "../../stacks/commands/state-source";
import { columnsOf } from "../support/platform-doc";
import { readStackFile, stackSpec } from "../support/stack-file";
import { headingsOf, reviewed } from "./reviewed";
import type { Config } from "./steward";
import { rehearse, rehearseZone, temporaryFolder } from "./steward";

jest.setTimeout(600_000);

const stack = "jupyterhub-aws";
const folder = temporaryFolder();
const zoneFolder = temporaryFolder();

interface Hub {
    readonly name: string;
    readonly domain: string;
    readonly scratch: object;
}

/** The stack file with other hubs. */
function withHubs(change: (hubs: readonly Hub[]) => readonly Hub[]): Config {
    const { config } = readStackFile(stack);
    const section = config["steward:jupyterhub"] as { hubs: readonly Hub[] };
    section.hubs = change(section.hubs);
    return config;
}

/** One more hub that keeps no homes. */
const likeBinder = (name: string, hubs: readonly Hub[]) =>
    hubs
        .filter((hub) => hub.name === "binder")
        .map((binder) => ({
            ...binder,
            name,
            domain: `${name}.geolab.earthscope.cloud`,
            scratch: { bucket: `earthscope-scratch-${name}`, deleteAfterDays: 1 },
        }));

const asItStands = () => withHubs((hubs) => hubs);

/** What was asked for, by URN; a secret is sealed anew by every run. */
const inputs = () =>
    new Map(
        readRehearsedState(stack, folder).map(({ urn, inputs: of }) => [
            urn,
            JSON.stringify(of, (key, value: unknown) => (key === "ciphertext" ? "" : value)),
        ]),
    );

/** What the pods of these kinds ask for, all together. */
function requested(kinds: readonly string[]): Requests {
    const pods = readRehearsedState(stack, folder)
        .filter(({ type }) => kinds.some((kind) => type.endsWith(`:${kind}`)))
        .map(({ inputs: of }) => of["spec"] as PodSet);
    const sum = (what: "cpu" | "memory") =>
        pods
            .map(({ replicas = 1, template: { spec } }) => {
                const each = spec.containers.map(
                    ({ resources }) => readQuantity(resources?.requests?.[what] ?? 0) ?? NaN,
                );
                return replicas * each.reduce((total, amount) => total + amount, 0);
            })
            .reduce((total, amount) => total + amount, 0);
    return { milliCpu: Math.round(sum("cpu") * 1_000), mebibytes: sum("memory") / 2 ** 20 };
}

interface PodSet {
    readonly replicas?: number;
    readonly template: {
        readonly spec: {
            readonly containers: readonly {
                readonly resources?: { readonly requests?: Readonly<Record<string, unknown>> };
            }[];
        };
    };
}

// One after another on one state.
describe("the default stack with all its hubs", () => {
    it("is rehearsed whole, every resource with an owner, and the second time unchanged", async () => {
        const { code, result } = await rehearse(folder, asItStands());
        expect([code, result.result, result.errors]).toEqual([0, "succeeded", []]);
        expect(result.coverage).toMatchObject({ uncovered: 0, unseen: 0 });
        expect(result.created).toBeGreaterThanOrEqual(250);
        const again = await rehearse(folder, asItStands());
        expect([again.code, again.result.result]).toEqual([0, "unchanged"]);
    });

    it("asks of its core nodes what the book says: what runs on every node is not among it", () => {
        const { hubs } = stackSpec(stack).workload.jupyterhub;
        expect(requested(["Deployment", "StatefulSet"])).toEqual(coreDemand(hubs));
    });

    it("makes what docs/spawned.md says (scripts/write-spawned.mjs)", () => {
        const table = readFileSync(join(projectRoot(), "docs", "spawned.md"), "utf8");
        const spawned = spawnedBy(readRehearsedState(stack, folder));
        expect(table).toBe(spawnedTable(stack, "aws", spawned));
    });

    it("is carried out by what docs/platforms.md says (scripts/write-platforms.mjs)", async () => {
        const state = readRehearsedState(stack, folder);
        const zoneState = await rehearseZone("aws", zoneFolder);
        const { written, rehearsed } = columnsOf("jupyterhub", "aws", state, zoneState);
        expect(written).toEqual(rehearsed);
    });

    it("is reviewed in words", async () => {
        const { codes, headings, tokens } = await reviewed("jupyterhub", "aws", folder);
        expect(codes).toEqual({ check: 0, html: 0, markdown: 0, json: 0 });
        expect(headings).toEqual(headingsOf("jupyterhub", "EarthScope", "2i2c"));
        expect(tokens).toEqual([]);
    });

    it("takes a fourth hub, and changes nothing of the other three", async () => {
        const before = inputs();
        const { code, result } = await rehearse(
            folder,
            withHubs((hubs) => [...likeBinder("field", hubs), ...hubs]),
        );
        expect([code, result.errors, result.coverage.uncovered]).toEqual([0, [], 0]);
        const after = inputs();
        const changed = [...before]
            .filter(([urn, of]) => after.get(urn) !== of)
            .map(([urn]) => urn.slice(urn.lastIndexOf("::") + 2));
        // What all hubs share: the matrix, a payer's budget, where administrators may look, and what is watched.
        expect(changed.sort()).toEqual([
            "account-earthscope-budget",
            "control-plane-hub-administrator",
            "geolab",
            "monitoring-alerts-logs-config",
            "monitoring-alerts-prometheus-config",
            "security-abuse-prometheus",
        ]);
        // And the Secret of the keys by which Prometheus reads the hubs.
        expect(result.changes).toMatchObject({ update: 6, replace: 1, delete: 0 });
    });

    it("keeps the data of a hub that leaves, and says how to give it up", async () => {
        const { code, result } = await rehearse(
            folder,
            withHubs((hubs) => [
                ...likeBinder("field", hubs),
                ...hubs.filter(({ name }) => name !== "staging"),
            ]),
        );
        expect(code).toBe(1);
        const places = [...new Set(result.errors.map(({ path }) => path))].sort();
        expect(places).toEqual([
            "home-storage@staging",
            "hub-database@staging",
            "object-storage@staging",
        ]);
        for (const { fix } of result.errors) {
            expect(fix).toMatch(
                /put the hub staging back, or give it up: .* --release \S+@staging/,
            );
        }
    });
});
