import { azureTypes } from "../../../rehearsal/azure/types";
import { diskUnits } from "../../../stacks/commands/costs/azure-disks";
import { billOf } from "../../../stacks/commands/costs/bill";
import { billed, isFree } from "../../../stacks/commands/costs/units";
import type { StateResource } from "../../../policies/report/state";
import { beginning, layerOf, resourceAt } from "../../support/stack";
import { hubMatrix } from "../../support/matrix";

const inState = (resource: object): StateResource =>
    ({ name: "it", pendingDelete: false, ...resource }) as StateResource;
const matrix = hubMatrix({ platform: "azure" });

let count = 0;
/** What a layer of a cluster on Azure comes to. */
function amounts(layer: ReturnType<typeof layerOf>, ...made: [string, Record<string, unknown>][]) {
    const resources = made.map(([type, inputs]) => {
        count += 1;
        return resourceAt(layer.urn, type, inputs, { urn: `it-${String(count)}` });
    });
    const bill = billOf([...beginning(matrix), layer, ...resources].map(inState));
    expect(bill.unknown).toEqual({});
    return bill.rows.map(({ what, from, to }) => [what, from, to]);
}

const pool = { vmSize: "Standard_E8s_v5", minCount: 0, maxCount: 20, osDiskSizeGB: 200 };
const nodes = layerOf("node-pools", undefined, matrix);
const control = layerOf("control-plane", undefined, matrix);
const database = layerOf("hub-database", "prod", matrix);
const homes = layerOf("home-storage", "prod", matrix);

describe("what a cluster on Azure is billed for", () => {
    it("is machines of a pool between none and all, each with a disk of its size", () => {
        expect(amounts(nodes, ["azure-native:containerservice:AgentPool", pool])).toEqual([
            ["Disk P15 LRS (up to 256 GiB)", 0, 20],
            ["Machine Standard_E8s_v5", 0, 20],
        ]);
        const spot = { ...pool, scaleSetPriority: "Spot" };
        expect(amounts(nodes, ["azure-native:containerservice:AgentPool", spot])[1]?.[0]).toBe(
            "Spot machine Standard_E8s_v5",
        );
    });

    it("counts the core's machines with the control plane that they are made with", () => {
        const core = { vmSize: "Standard_E4s_v3", minCount: 1, maxCount: 10, osDiskSizeGB: 40 };
        const cluster = { sku: { tier: "Standard" }, agentPoolProfiles: [core] };
        expect(amounts(control, ["azure-native:containerservice:ManagedCluster", cluster])).toEqual(
            [
                ["AKS control plane Standard", 1, 1],
                ["Disk P6 LRS (up to 64 GiB)", 1, 10],
                ["Machine Standard_E4s_v3", 1, 10],
            ],
        );
    });

    it.each([
        ["Disabled", 1],
        ["ZoneRedundant", 2],
    ])("counts a database whose standby is %s", (mode, servers) => {
        const inputs = {
            sku: { name: "Standard_B1ms" },
            storage: { storageSizeGB: 32 },
            highAvailability: { mode },
        };
        expect(
            amounts(database, ["azure-native:dbforpostgresql:Server", inputs]).slice(0, 2),
        ).toEqual([
            ["PostgreSQL Standard_B1ms", servers, servers],
            ["PostgreSQL storage, growing by itself", 32 * servers, 32 * servers],
        ]);
    });

    it("counts a share as it is provisioned, and not the account around it", () => {
        expect(
            amounts(
                homes,
                ["azure-native:storage:StorageAccount", { kind: "FileStorage" }],
                ["azure-native:storage:FileShare", { shareQuota: 5000 }],
            ),
        ).toEqual([
            ["Share, premium, as provisioned", 5000, 5000],
            ["Share, snapshots", undefined, undefined],
        ]);
        expect(
            amounts(homes, ["azure-native:storage:StorageAccount", { kind: "StorageV2" }]),
        ).toEqual([["Blobs", undefined, undefined]]);
    });

    it("counts what claims ask for as disks of Azure", () => {
        const spec = { resources: { requests: { storage: "100Gi" } } };
        expect(amounts(homes, ["kubernetes:core/v1:PersistentVolumeClaim", { spec }])).toEqual([
            ["Disk P10 LRS (up to 128 GiB)", 1, 1],
        ]);
    });

    // https://azure.microsoft.com/pricing/details/managed-disks/
    it.each([
        ["Premium_LRS", 4, "Disk P1 LRS (up to 4 GiB)", 3],
        ["Premium_ZRS", 33, "Disk P6 ZRS (up to 64 GiB)", 3],
        ["StandardSSD_LRS", 1024, "Disk E30 LRS (up to 1024 GiB)", 3],
        ["Standard_LRS", 10, "Disk S4 LRS (up to 32 GiB)", 3],
        ["PremiumV2_LRS", 500, "Disks PremiumV2_LRS", 1500],
    ])("bills a disk of %s and %d GiB by the size above", (sku, size, what, amount) => {
        expect(diskUnits(sku, size, { from: 3, to: 3 })).toMatchObject([
            { what, from: amount, to: amount },
        ]);
    });

    it("knows of every type that a rehearsal makes whether it costs something, and of none both", () => {
        const types = Object.keys(azureTypes);
        expect(types.filter((type) => !Object.hasOwn(billed, type) && !isFree(type))).toEqual([]);
        expect(types.filter((type) => Object.hasOwn(billed, type) && isFree(type))).toEqual([]);
    });
});
