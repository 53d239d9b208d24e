import { z } from "zod";
import { zone } from "./azure-network";
import { says, wholeNumber } from "./shared";

/** @see https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions */
export const vmSize = z
    .string()
    .regex(
        /^Standard_[A-Z]+\d+(-\d+)?[a-z]*(_[A-Za-z0-9]+)*$/,
        says("is not a VM size", "write one such as Standard_E8s_v5"),
    );

/** AKS takes up to 1,000 nodes in a pool: https://learn.microsoft.com/azure/aks/quotas-skus-regions */
const max = wholeNumber(1, 1_000, "nodes").describe("Per node pool; none run while nobody works");

const disk = { diskGiB: wholeNumber(30, 2_048, "GiB").describe("Disk of the system, GiB") };

const zones = z
    .array(zone)
    .min(1)
    .optional()
    .describe("Zones that one pool spans; without them all of the network's");

const pool = { vmSizes: z.array(vmSize).min(1), zones, max, ...disk };

/** The machines of a cluster. All but `core` are described once and made anew for each hub that uses them. */
export const nodesSchema = z.strictObject({
    core: z.strictObject({
        vmSize,
        zone: zone.describe("Where the hubs' disks lie"),
        min: wholeNumber(1, 20, "nodes").default(1),
        max: wholeNumber(1, 20, "nodes").default(3),
        ...disk,
    }),
    user: z.strictObject(pool).describe("One node pool per hub and size"),
    gpu: z.strictObject(pool).optional().describe("One node pool per hub and size; NVIDIA's GPUs"),
    dask: z
        .strictObject(pool)
        .optional()
        .describe("Spot machines for Dask's workers: Azure may take one back within 30 seconds"),
    build: z
        .strictObject(pool)
        .optional()
        .describe("Where hubs' environments are built: one node pool per hub and size"),
    encryptionAtHost: z
        .boolean()
        .default(true)
        .describe(
            "Caches and temporary disks sealed as well; the subscription has to have registered Microsoft.Compute/EncryptionAtHost",
        ),
});

export type AzureNodesSpec = z.infer<typeof nodesSchema>;
