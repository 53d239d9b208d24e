import type { Taint } from "./node-user-data";

interface Disk {
    readonly volumeGiB: number;
    readonly iops?: number | undefined;
    readonly throughputMiBps?: number | undefined;
}

/** Nodes of one kind, whatever zone they stand in. */
export interface Pool {
    /** `core` or `user`: what the hub's chart looks for. */
    readonly purpose: "core" | "user";
    readonly instanceType: string;
    readonly taints: readonly Taint[];
    readonly disk: Disk;
}

/** Both spellings: the chart tolerates both, because some clouds allow no `/` in a taint. */
export const userTaints: readonly Taint[] = [
    { key: "hub.jupyter.org/dedicated", value: "user" },
    { key: "hub.jupyter.org_dedicated", value: "user" },
];

/**
 * Tags by which the autoscaler knows what a node of the pool would be like. It reads them while a scaling group is
 * empty, and would otherwise never start its first node.
 *
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
export function nodeTemplateTags({ purpose, disk, taints }: Pool): Record<string, string> {
    const template = "k8s.io/cluster-autoscaler/node-template";
    return {
        [`${template}/label/hub.jupyter.org/node-purpose`]: purpose,
        [`${template}/resources/ephemeral-storage`]: `${String(disk.volumeGiB)}Gi`,
        ...Object.fromEntries(
            taints.map(({ key, value }) => [`${template}/taint/${key}`, `${value}:NoSchedule`]),
        ),
    };
}
