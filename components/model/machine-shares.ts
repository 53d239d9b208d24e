import type { NodeCapacity } from "./node-capacity";

const gib = 2 ** 30;

/** What one user gets of a machine: cores, and bytes that are both guarantee and limit. */
export interface Share {
    readonly bytes: number;
    readonly cpuGuarantee: number;
    readonly cpuLimit: number;
}

/**
 * The share of a machine for each of `sharedBy` users, by the proportional-memory rule: what its DaemonSets and
 * a reserve leave, divided by the number of users. The reserve, for DaemonSets to come, is 2 % or, on a large
 * machine, 2 GiB and one core. Memory is never promised twice; a core that nobody uses is anybody's.
 *
 * @param sharedBy Users to a machine, a whole number of at least 1.
 * @see https://github.com/2i2c-org/infrastructure/blob/main/src/deployer/dev/commands/generate/resource_allocation/generate_choices.py
 */
export function shareOf({ allocatable, daemonSets }: NodeCapacity, sharedBy: number): Share {
    const available = {
        bytes: allocatable.bytes - daemonSets.bytes,
        milliCpu: allocatable.milliCpu - daemonSets.milliCpu,
    };
    const bytes = available.bytes - Math.min(available.bytes * 0.02, 2 * gib);
    const milliCpu = available.milliCpu - Math.min(available.milliCpu * 0.02, 1_000);
    return {
        bytes: Math.floor(bytes / sharedBy),
        cpuGuarantee: milliCpu / sharedBy / 1_000,
        cpuLimit: milliCpu / 1_000,
    };
}

/**
 * How users read a share: `4 GB`, `~0.5`. The unit is 2^30 bytes, by the name that users know it under.
 */
export function wordShare({ bytes, cpuGuarantee, cpuLimit }: Share) {
    const small = bytes < gib;
    const cores = (count: number) => `~${count.toFixed(count < 2 ? 1 : 0)}`;
    return {
        memory: small ? `${(bytes / 2 ** 20).toFixed(0)} MB` : `${(bytes / gib).toFixed(0)} GB`,
        cpus: cores(cpuGuarantee),
        wholeCpus: `~${cpuLimit.toFixed(0)}`,
    };
}
