import type { Requests } from "./core-nodes";

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
    const mebibytes = Number(count) * ratio * 1_024;
    return {
        milliCpu: Number(count) * 1_000 - cores,
        mebibytes: mebibytes - Math.min(20 * maxPods + 50, mebibytes / 4) - 100,
    };
}
