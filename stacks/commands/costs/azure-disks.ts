import type { Unit } from "./units";

/** Sizes that a disk is billed by, in GiB: the next one that holds it. */
const sizes: readonly (readonly [upTo: number, tier: number])[] = [
    [4, 1],
    [8, 2],
    [16, 3],
    [32, 4],
    [64, 6],
    [128, 10],
    [256, 15],
    [512, 20],
    [1_024, 30],
    [2_048, 40],
    [4_096, 50],
    [8_192, 60],
    [16_384, 70],
    [32_767, 80],
];

/** The letter of a size, by the kind of disk; hard disks have none below 32 GiB. */
const letters: Readonly<Record<string, string>> = { Premium: "P", StandardSSD: "E", Standard: "S" };

/**
 * What managed disks of a kind and a size are billed by: the size above theirs, whatever of it is used; Premium SSD v2
 * alone by the GiB, and by what it may do beyond what is included.
 *
 * @param sku Such as `Premium_LRS`.
 * @see https://azure.microsoft.com/pricing/details/managed-disks/
 */
export function diskUnits(
    sku: string,
    sizeGiB: number,
    count: { readonly from: number; readonly to: number },
): Unit[] {
    const [kind = "", copies = ""] = sku.split("_");
    const letter = letters[kind];
    const least = kind === "Standard" ? 32 : 4;
    const found = sizes.find(([upTo]) => upTo >= Math.max(sizeGiB, least));
    if (letter === undefined || found === undefined) {
        const times = { from: count.from * sizeGiB, to: count.to * sizeGiB };
        const unit = "GiB-month, and IOPS and MB/s above what is included";
        return [{ what: `Disks ${sku}`, ...times, unit }];
    }
    const [upTo, tier] = found;
    const what = `Disk ${letter}${String(tier)} ${copies} (up to ${String(upTo)} GiB)`;
    return [{ what, ...count, unit: kind === "Premium" ? "month" : "month, and operation" }];
}
