import type { Size, Sizes } from "./machine-size";
import { own } from "./machine-size";

/** Sizes of a series by its vCPUs; the largest of series E has less memory than its name promises. */
const vcpus = [2, 4, 8, 16, 32, 48, 64, 96];

/**
 * Series of the fifth generation on x86-64, by GiB of memory to a vCPU: without a temporary disk, which would be one
 * more that nothing encrypts, and with disks on SCSI, whose paths Ubuntu 22.04 has names for. From the sixth on
 * disks are NVMe and have other names.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/dsv5-series
 * @see https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/dlsv5-series
 * @see https://learn.microsoft.com/azure/virtual-machines/sizes/memory-optimized/esv5-series
 */
const series: Readonly<Record<string, number>> = { Dls: 2, Ds: 4, Das: 4, Es: 8, Eas: 8 };

/**
 * What a size of a virtual machine has.
 *
 * @param name Such as Standard_D4s_v5.
 * @returns undefined for a size that is unknown, or no machine for CommCare: other processors, GPUs, NVMe, and those
 * that cannot hold Premium SSD.
 */
export function azureSize(name: string): Size | undefined {
    const [, letter = "", count = "", rest = ""] =
        /^Standard_([DE])(\d+)(ls|s|as)_v5$/.exec(name) ?? [];
    const ratio = own(series, `${letter}${rest}`);
    const cores = Number(count);
    if (ratio === undefined || !vcpus.includes(cores)) return undefined;
    return { vcpus: cores, memoryGiB: letter === "E" && cores === 96 ? 672 : cores * ratio };
}

/**
 * The size for what sizing asks.
 *
 * @throws RangeError for another ratio than 2, 4 or 8 GiB for each vCPU, or more than there is.
 */
export function azureTypeOf(size: Size): string {
    const found = Object.keys(series)
        .filter((each) => !each.includes("a"))
        .map((each) => `Standard_${each.charAt(0)}${String(size.vcpus)}${each.slice(1)}_v5`)
        .find((name) => azureSize(name)?.memoryGiB === size.memoryGiB);
    if (found === undefined) {
        throw new RangeError(
            `no virtual machine has ${String(size.vcpus)} vCPUs and ${String(size.memoryGiB)} GiB`,
        );
    }
    return found;
}

/** A compute size of PostgreSQL's flexible servers; only burstable ones take no standby in another zone. */
interface ServerSize extends Size {
    readonly tier: "Burstable" | "GeneralPurpose" | "MemoryOptimized";
}

/** @see https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-compute */
const burstable: Readonly<Record<string, ServerSize>> = {
    Standard_B2s: { vcpus: 2, memoryGiB: 4, tier: "Burstable" },
    Standard_B2ms: { vcpus: 2, memoryGiB: 8, tier: "Burstable" },
    Standard_B4ms: { vcpus: 4, memoryGiB: 16, tier: "Burstable" },
};

/** What a compute size of a flexible server has, such as Standard_D4ds_v5; undefined for one that is unknown. */
export function flexibleSize(name: string): ServerSize | undefined {
    const small = own(burstable, name);
    if (small !== undefined) return small;
    const [, letter = "", count = ""] = /^Standard_([DE])(\d+)a?ds_v5$/.exec(name) ?? [];
    const size = azureSize(`Standard_${letter}${count}s_v5`);
    if (size === undefined) return undefined;
    return { ...size, tier: letter === "D" ? "GeneralPurpose" : "MemoryOptimized" };
}

/**
 * The compute size of a flexible server that has so much.
 *
 * @throws RangeError for more than there is.
 */
export function flexibleTypeOf(size: Size): string {
    const type = azureTypeOf({ ...size, memoryGiB: Math.max(size.memoryGiB, size.vcpus * 4) });
    return type.replace("s_v5", "ds_v5");
}

/**
 * The least disk of a flexible server with so much room: Premium SSD doubles, 32 to 32,768 GiB.
 *
 * @see https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-storage
 */
export function flexibleDiskGiB(wanted: number): number {
    return Math.min(32_768, Math.max(32, 2 ** Math.ceil(Math.log2(wanted))));
}

/** Memory of Azure Managed Redis; a fifth of it is kept for what is not data. */
const redisSkus: Readonly<Record<string, Size>> = {
    Balanced_B0: { vcpus: 2, memoryGiB: 0.4 },
    Balanced_B1: { vcpus: 2, memoryGiB: 0.8 },
    Balanced_B3: { vcpus: 2, memoryGiB: 2.4 },
    Balanced_B5: { vcpus: 2, memoryGiB: 4.8 },
    Balanced_B10: { vcpus: 4, memoryGiB: 9.6 },
    Balanced_B20: { vcpus: 8, memoryGiB: 19.2 },
};

/**
 * What a size of Azure Managed Redis leaves to data. Larger ones than 25 GB have shards in any case, and celery asks
 * for tasks by commands over several keys, which shards refuse.
 *
 * @see https://learn.microsoft.com/azure/redis/architecture#cluster-policies
 */
export function redisSize(sku: string): Size | undefined {
    return own(redisSkus, sku);
}

/** The smallest size with so much memory for data. */
export function redisSkuOf({ memoryGiB }: Pick<Size, "memoryGiB">): string {
    const found = Object.entries(redisSkus).find(([, size]) => size.memoryGiB >= memoryGiB);
    return found?.[0] ?? "Balanced_B20";
}

/** What a plan for Azure is made of. */
export const azureSizes: Sizes = {
    machine: {
        sizeOf: azureSize,
        noun: "size of a machine that Steward knows for CommCare, which takes x86-64 and disks on SCSI only",
        examples: "Standard_D2ls_v5, Standard_D4s_v5, Standard_D8as_v5 or Standard_E4s_v5",
    },
    database: {
        sizeOf: flexibleSize,
        noun: "compute size of a flexible server that Steward knows",
        examples: "Standard_D2ds_v5, Standard_D4ds_v5 or Standard_E8ds_v5",
    },
    cache: {
        sizeOf: redisSize,
        noun: "size of Azure Managed Redis that Steward knows",
        examples: "Balanced_B3 or Balanced_B10",
    },
};
