import type { Value } from "../../provider/values";

/**
 * Sizes and speeds of EBS volumes: GiB, operations a second, MiB a second.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
 */
interface Limits {
    readonly size: readonly [number, number];
    readonly iops?: readonly [number, number];
    readonly iopsPerGiB?: number;
    readonly throughput?: readonly [number, number];
    /** MiB a second that each operation a second carries. */
    readonly throughputPerIops?: number;
}

const limits: Readonly<Record<string, Limits>> = {
    gp2: { size: [1, 16384] },
    gp3: {
        size: [1, 65536],
        iops: [3000, 80000],
        iopsPerGiB: 500,
        throughput: [125, 2000],
        throughputPerIops: 0.25,
    },
    io1: { size: [4, 16384], iops: [100, 64000], iopsPerGiB: 50 },
    io2: { size: [4, 65536], iops: [100, 256000], iopsPerGiB: 1000 },
    st1: { size: [125, 16384] },
    sc1: { size: [125, 16384] },
    standard: { size: [1, 1024] },
};

export interface VolumeArguments {
    readonly size: Value | undefined;
    readonly type: Value | undefined;
    readonly iops: Value | undefined;
    readonly throughput: Value | undefined;
}

function outside(value: number, range: readonly [number, number]): boolean {
    return !Number.isInteger(value) || value < range[0] || value > range[1];
}

function given(value: Value | undefined): number | undefined {
    return typeof value === "number" || typeof value === "string" ? Number(value) : undefined;
}

/** What EBS refuses about a volume's size and speed, or undefined. Unknown values pass. */
export function volumeProblem({
    size: sizeValue,
    type: typeValue,
    iops: iopsValue,
    throughput: throughputValue,
}: VolumeArguments): string | undefined {
    const type = typeof typeValue === "string" ? typeValue : "gp2";
    const limit = limits[type];
    if (limit === undefined || typeof typeValue === "symbol") return undefined;
    const size = given(sizeValue);
    const iops = given(iopsValue);
    const throughput = given(throughputValue);
    if (size !== undefined && outside(size, limit.size))
        return `size ${size} GiB: ${type} takes ${limit.size.join(" to ")} GiB`;
    if (iops !== undefined && limit.iops === undefined) return `${type} takes no iops`;
    if (iops !== undefined && limit.iops !== undefined && outside(iops, limit.iops))
        return `iops ${iops}: ${type} takes ${limit.iops.join(" to ")}`;
    return ratioProblem(type, limit, { size, iops, throughput });
}

function ratioProblem(
    type: string,
    limit: Limits,
    { size, iops, throughput }: Partial<Record<"size" | "iops" | "throughput", number | undefined>>,
): string | undefined {
    const { iopsPerGiB, throughput: range, throughputPerIops, iops: speed } = limit;
    const most = size === undefined || iopsPerGiB === undefined ? undefined : size * iopsPerGiB;
    if (iops !== undefined && most !== undefined && iops > Math.max(most, speed?.[0] ?? 0))
        return `iops ${iops}: ${type} takes at most ${String(iopsPerGiB)} for each GiB`;
    if (throughput === undefined) return undefined;
    if (range === undefined) return `${type} takes no throughput`;
    if (outside(throughput, range))
        return `throughput ${throughput} MiB/s: ${type} takes ${range.join(" to ")}`;
    const carried = (iops ?? speed?.[0] ?? 0) * (throughputPerIops ?? Infinity);
    if (throughput > carried)
        return `throughput ${throughput} MiB/s: ${type} takes ${String(throughputPerIops)} for each of the iops`;
    return undefined;
}
