import type { Requests } from "./core-nodes";
import type { NodeCapacity } from "./node-capacity";

/** GiB of memory to a vCPU, by the family of a size. @see https://learn.microsoft.com/azure/virtual-machines/sizes/overview */
const memoryPerCore: Readonly<Record<string, number>> = { D: 4, E: 8, F: 2 };

/** Thousandths of a core that the kubelet keeps, by vCPUs. */
const keptCores: Readonly<Record<number, number>> = {
    2: 100,
    4: 140,
    8: 180,
    16: 260,
    32: 420,
    64: 740,
};

/** Pods that a machine of ours may run: node-pool.ts. AKS keeps memory for each. */
export const maxPods = 110;

/**
 * What a machine of AKS leaves to pods: its size less what is kept of it, of memory 20 MB for each pod that might run
 * and 50, or a quarter where that is less, and 100 MiB below which pods are evicted.
 *
 * @param vmSize Such as Standard_E4s_v5.
 * @returns undefined for a size that its name does not tell: bursts, constrained cores, low memory, GPUs.
 * @see https://learn.microsoft.com/azure/aks/node-resource-reservations for Kubernetes 1.29 and later
 */
export function aksRoom(vmSize: string): Requests | undefined {
    const [, family = "", count = ""] = /^Standard_([DEF])(\d+)a?d?s_v\d$/.exec(vmSize) ?? [];
    const ratio = memoryPerCore[family];
    const cores = keptCores[Number(count)];
    if (ratio === undefined || cores === undefined) return undefined;
    const mebibytes = 1_024 * (measured[vmSize] ?? Number(count) * ratio);
    return {
        milliCpu: Number(count) * 1_000 - cores,
        mebibytes: Math.floor(mebibytes - Math.min(20 * maxPods + 50, mebibytes / 4) - 100),
    };
}

/**
 * GiB of memory that Kubernetes sees of machines of AKS, the lowest that was seen: less than the data sheet says, by
 * what the kernel and the firmware take. So users' shares are computed of these and of no other; another one joins by
 * `kubectl get node -o jsonpath='{.items[*].status.capacity}'`.
 *
 * @see https://github.com/2i2c-org/infrastructure/blob/main/src/deployer/dev/commands/generate/resource_allocation/instance_capacities.yaml
 */
export const measured: Readonly<Record<string, number>> = {
    Standard_E4s_v3: 31.342,
    Standard_E8s_v3: 62.806,
    Standard_E8s_v5: 62.793,
};

/**
 * What DaemonSets of a node of AKS ask for: the names of nodes, disks, shares, proxy, abuse watch and metrics. What reads
 * logs and what Defender runs have no figures, and have to do with the reserve of `shareOf`.
 *
 * @see https://github.com/2i2c-org/infrastructure/blob/main/src/deployer/dev/commands/generate/resource_allocation/daemonset_requests.yaml
 */
export const aksDaemonSets = { milliCpu: 226, bytes: 300 * 2 ** 20 } as const;

/** The capacity of a machine of AKS, where its memory was measured. */
export function aksCapacityOf(vmSize: string): NodeCapacity | undefined {
    const room = Object.hasOwn(measured, vmSize) ? aksRoom(vmSize) : undefined;
    if (room === undefined) return undefined;
    const [, vcpus = "0"] = /^Standard_[A-Z](\d+)/.exec(vmSize) ?? [];
    return {
        vcpus: Number(vcpus),
        memoryGiB: Number(vcpus) * (memoryPerCore[vmSize.charAt("Standard_".length)] ?? 0),
        allocatable: { milliCpu: room.milliCpu, bytes: room.mebibytes * 2 ** 20 },
        daemonSets: aksDaemonSets,
    };
}
