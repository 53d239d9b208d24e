import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { StateResource } from "../../policies/report/state";
import type { Result } from "../../stacks/commands/result";
import { readRehearsedState } from "../../stacks/commands/state-source";
import { readStackFile } from "../support/stack-file";
import { steward, temporaryFolder } from "./steward";

jest.setTimeout(600_000);

const folder = temporaryFolder();

type Config = Record<string, unknown>;
interface OfAzure {
    network: Config;
    kubernetes: Config;
    nodes: Config & { core: Config };
    machines: Config;
    dns: Config;
    detection: string;
    subscriptionPolicy: string;
    backups: Config;
}
interface Sections {
    readonly "steward:azure": OfAzure;
    readonly "steward:jupyterhub": { hubs: Config[] };
    readonly "steward:commcare": Config;
    readonly "steward:layers": Config;
}

interface Variant {
    readonly what: string;
    readonly stack: "jupyterhub-azure" | "commcare-azure";
    readonly change: (sections: Sections) => void;
    /** A layer that is vacated. */
    readonly vacated: string;
    /** What of a few types it is carried out by, without the prefix of its layer's name. */
    readonly types: Readonly<Record<string, number>>;
    /** Another change once it stands, and what of the state has to follow. */
    readonly later?: {
        readonly what: string;
        readonly change: (sections: Sections) => void;
        readonly look: (state: readonly StateResource[]) => unknown;
        readonly sees: unknown;
    };
}

const editor = "44444444-4444-4444-8444-444444444444";
const openData =
    "/subscriptions/00000000-0000-4000-8000-000000000003/resourceGroups/open/providers/Microsoft.Storage/storageAccounts/opendata/blobServices/default/containers/rasters";

const only = (config: { hubs: Config[] }, names: readonly string[]) =>
    (config.hubs = config.hubs.filter(({ name }) => names.includes(String(name))));

/** What the stack files of Azure do not say, put together so that each is on the engine once. */
const variants: readonly Variant[] = [
    {
        what: "hubs in one zone, on a disk and on nothing, with all that a hub may keep and every kind of machines",
        stack: "jupyterhub-azure",
        change: ({ "steward:azure": azure, "steward:jupyterhub": jupyterhub }) => {
            const [hub, bare] = only(jupyterhub, ["prod", "r-prod"]);
            if (hub === undefined || bare === undefined) throw new Error("lost the hubs");
            const pool = { max: 2, diskGiB: 100 };
            azure.network["zones"] = ["1"];
            azure.kubernetes["authorizedRanges"] = ["192.0.2.0/24", "198.51.100.6/31"];
            azure.kubernetes["maintenance"] = { day: "Tuesday", hourUtc: 2 };
            azure.nodes["gpu"] = { vmSizes: ["Standard_NC4as_T4_v3"], ...pool };
            azure.nodes["dask"] = { vmSizes: ["Standard_E8s_v5"], ...pool };
            azure.nodes["encryptionAtHost"] = false;
            azure.dns = { create: "datatools.utoronto.ca", delegated: true };
            azure.detection = "skip";
            azure.subscriptionPolicy = "audit";
            azure.backups = { restoreTest: "none", keepDays: 14, keep: { "home-storage": 30 } };
            Object.assign(hub, {
                domain: "jupyter.datatools.utoronto.ca",
                machines: ["user", "gpu", "dask"],
                daskGateway: {},
                homes: { sizeGiB: 100, quotaGiB: 10, iops: 4000, throughputMiBps: 200 },
                database: {
                    kind: "flexible-server",
                    vmSize: "Standard_D2ds_v5",
                    highAvailability: true,
                },
                scratch: { bucket: "scratch", deleteAfterDays: 7 },
                persistent: { bucket: "kept", keepVersionsDays: 30 },
                accessLogs: { bucket: "prod-access", deleteAfterDays: 400 },
                datasets: [{ bucket: "maps", editors: [editor] }],
                images: { keep: 20, builders: [editor] },
                temporary: { sizeGiB: 20 },
                cloudPermissions: {
                    roles: [{ role: "Storage Blob Data Reader", scope: openData }],
                },
            });
            bare["homes"] = { storage: "none" };
            bare["database"] = { kind: "sqlite-pvc" };
        },
        vacated: "object-storage",
        types: {
            "storage:StorageAccount": 3, // the hub's, its datasets', its logs'
            "storage:ManagementPolicy": 3,
            "containerservice:AgentPool": 4,
            "dns:Zone": 1,
            "security:Pricing": 0,
            "authorization:PolicyDefinition": 1,
        },
    },
    {
        what: "a hub in two zones under a domain of somebody else's zone, with findings as they are, that keeps nothing but who read what",
        stack: "jupyterhub-azure",
        change: ({ "steward:azure": azure, "steward:jupyterhub": jupyterhub }) => {
            const [hub] = only(jupyterhub, ["highmem"]);
            if (hub === undefined) throw new Error("lost the hub");
            azure.network["zones"] = ["2", "3"];
            azure.nodes.core["zone"] = "3";
            azure.dns = { zone: "utoronto.ca", resourceGroup: "university-dns" };
            azure.detection = "adopt";
            hub["domain"] = "highmem.utoronto.ca";
            hub["homes"] = { storage: "none" };
            hub["accessLogs"] = { bucket: "highmem-access" };
        },
        vacated: "dns-domain",
        types: {
            "storage:StorageAccount": 1,
            "dns:RecordSet": 2,
            "security:Pricing": 0,
            "authorization:PolicyDefinition": 0,
        },
    },
    {
        what: "CommCare with an object store and its queue on machines, reached without Bastion, in a zone of somebody else's",
        stack: "commcare-azure",
        change: ({ "steward:azure": azure, "steward:commcare": commcare }) => {
            azure.network["zones"] = ["1", "2"];
            azure.dns = { zone: "health.example.org", resourceGroup: "ministry-dns" };
            azure.detection = "adopt";
            azure.backups = { restoreTest: "none" };
            Object.assign(azure.machines, {
                imageRelease: "22.04.202601100",
                bastion: false,
                administrators: ["10.200.0.0/24"],
                encryptionAtHost: false,
                sharedGiB: 150,
                patching: { day: "Wednesday", hourUtc: 22, restart: false },
            });
            Object.assign(commcare, {
                blobs: "object-store",
                availability: "standard",
                stands: { "redis-broker": "machine" },
            });
        },
        vacated: "data-services",
        types: {
            "network:BastionHost": 0,
            "redisenterprise:RedisEnterprise": 0,
            "storage:FileShare": 1,
            "security:Pricing": 0,
        },
        later: {
            what: "brings another image to machines that keep no data, and to no other",
            change: ({ "steward:azure": { machines } }) => {
                machines["imageRelease"] = "22.04.202611050";
            },
            look: (state) =>
                new Set(
                    state
                        .filter(({ type }) => type === "azure-native:compute:VirtualMachine")
                        .map(({ inputs, protect }) => {
                            const { version } = (
                                inputs["storageProfile"] as { imageReference: { version: string } }
                            ).imageReference;
                            return `${protect ? "with" : "without"} data: ${version}`;
                        }),
                ),
            sees: new Set(["with data: 22.04.202601100", "without data: 22.04.202611050"]),
        },
    },
    {
        what: "CommCare for few users on one machine of each, PostgreSQL among them, with a store that stands",
        stack: "commcare-azure",
        change: ({ "steward:azure": azure, "steward:commcare": commcare }) => {
            azure.network["zones"] = ["3"];
            azure.detection = "skip";
            azure.machines["blobStore"] = { url: "https://s3.example.org", bucket: "commcare" };
            Object.assign(commcare, {
                users: 800,
                availability: "single",
                stands: { postgresql: "machine" },
            });
        },
        vacated: "backups",
        types: {
            "dbforpostgresql:Server": 0,
            "redisenterprise:RedisEnterprise": 0,
            "security:Pricing": 0,
        },
    },
];

// In this order: each run finds what the one before it left.
describe.each(variants.map((variant, at) => [variant.what, variant, String(at)] as const))(
    "%s",
    (_what, { stack, change, vacated, types, later }, at) => {
        const state = join(folder, at);

        async function rehearse(beside: (sections: Sections) => void = () => undefined) {
            const { config } = readStackFile(stack);
            change(config as unknown as Sections);
            beside(config as unknown as Sections);
            mkdirSync(state, { recursive: true });
            const file = join(state, "stack.yaml");
            writeFileSync(file, stringify({ config }));
            const args = ["--stack-file", file, "--state-dir", state, "--json"];
            const { code, stdout } = await steward(["rehearse", stack, ...args]);
            return { code, result: JSON.parse(stdout) as Result };
        }

        it(`is refused whole where nobody answers for ${vacated}`, async () => {
            const { code, result } = await rehearse(({ "steward:layers": layers }) => {
                layers[vacated] = { role: null };
            });
            expect([code, result.result]).toEqual([3, "blocked"]);
            expect(result.created).toBeLessThanOrEqual(1);
            const [first] = result.violations.map(({ layer }) => layer.replace(/@.*/, ""));
            expect(first).toBe(vacated);
        });

        it("is rehearsed whole, every resource with an owner", async () => {
            const { code, result } = await rehearse();
            expect([code, result.result, result.errors, result.violations]).toEqual([
                0,
                "succeeded",
                [],
                [],
            ]);
            expect([result.coverage.uncovered, result.coverage.unseen]).toEqual([0, 0]);
            const made = readRehearsedState(stack, state).map(({ type }) => type);
            for (const [type, count] of Object.entries(types)) {
                const found = made.filter((each) => each === `azure-native:${type}`);
                expect([type, found.length]).toEqual([type, count]);
            }
        });

        it("is unchanged the second time", async () => {
            const { code, result } = await rehearse();
            expect([code, result.result]).toEqual([0, "unchanged"]);
            expect(result.changes.same).toBe(result.created);
        });

        if (later === undefined) return;
        it(later.what, async () => {
            const { code, result } = await rehearse(later.change);
            expect([code, result.result, result.errors]).toEqual([0, "succeeded", []]);
            expect(later.look(readRehearsedState(stack, state))).toEqual(later.sees);
        });
    },
);
