import type { MachineKind } from "../../model/machines";
import {
    buildTaint,
    daskPurposeLabel,
    hubLabel,
    hubPurposeLabel,
    purposeTag,
    sharedPurpose,
} from "../../model/machines";
import type { AzureNodesSpec } from "../../model/spec/azure-nodes";
import type { HubSpec } from "../../model/spec/jupyterhub";
import { poolName } from "./names";

/** A node pool that is due. */
export interface Pool {
    /** In names of the engine: `core`, `prod-user-e8s-v5`. */
    readonly noun: string;
    /** In Azure, where it has twelve characters. */
    readonly name: string;
    readonly purpose: MachineKind | typeof sharedPurpose;
    /** Whose machines they are; all hubs' without. */
    readonly hub?: string;
    readonly vmSize: string;
    readonly zones: readonly string[];
    readonly spot: boolean;
    readonly min: number;
    readonly max: number;
    readonly diskGiB: number;
    /** Beside the owner's. */
    readonly labels: Readonly<Record<string, string>>;
    readonly taints: readonly string[];
}

type Hub = Pick<HubSpec, "name" | "machines">;

/** AKS lets a `/` stand in a taint of ours; the charts tolerate both spellings. */
const dedicated = (domain: string, value: string): readonly string[] => [
    `${domain}/dedicated=${value}:NoSchedule`,
    `${domain}_dedicated=${value}:NoSchedule`,
];

const userTaints = dedicated("hub.jupyter.org", "user");
const daskTaints = dedicated("k8s.dask.org", "worker");

/** Kubernetes itself lets those pods through that ask for a GPU. */
const gpuTaint = "nvidia.com/gpu=present:NoSchedule";

/** Azure writes it on spot machines in any case; what is not said is a difference at every preview. */
const spotTaint = "kubernetes.azure.com/scalesetpriority=spot:NoSchedule";

/** By this label the autoscaler waits for a new node's GPU. */
export const gpuLabel = "accelerator";

/** Labels of nodes for users' servers, which are what a Dask cluster is scheduled from. */
const forUsers = { [hubPurposeLabel]: "user", [daskPurposeLabel]: "scheduler" };

const slugOf = (vmSize: string) =>
    vmSize
        .replace(/^Standard_/, "")
        .replace(/_/g, "-")
        .toLowerCase();

/**
 * All machines of a cluster: what the hubs share, then each hub's own.
 *
 * @param zones Of the network: where a pool goes that names none.
 */
export function poolsOf(
    nodes: AzureNodesSpec,
    hubs: readonly Hub[],
    zones: readonly string[],
): Pool[] {
    return [
        corePool(nodes.core),
        ...hubs.flatMap(({ name, machines }) =>
            machines.flatMap((kind) => poolsFor(kind, nodes, name, zones)),
        ),
    ];
}

/** In one zone: the disks of the hubs lie there. */
function corePool({ vmSize, zone, min, max, diskGiB }: AzureNodesSpec["core"]): Pool {
    return {
        noun: sharedPurpose,
        name: sharedPurpose,
        purpose: sharedPurpose,
        vmSize,
        zones: [zone],
        spot: false,
        min,
        max,
        diskGiB,
        labels: { [hubPurposeLabel]: "core", [daskPurposeLabel]: "core" },
        taints: [],
    };
}

/** All zones in one pool: what a server mounts is in none of them. */
function poolsFor(
    kind: MachineKind,
    nodes: AzureNodesSpec,
    hub: string,
    zones: readonly string[],
): Pool[] {
    const wanted = nodes[kind];
    if (wanted === undefined) return [];
    const spot = kind === "dask";
    return wanted.vmSizes.map((vmSize): Pool => {
        const noun = `${hub}-${kind}-${slugOf(vmSize)}`;
        const of = {
            user: { labels: forUsers, taints: userTaints },
            gpu: {
                labels: { ...forUsers, [gpuLabel]: "nvidia" },
                taints: [...userTaints, gpuTaint],
            },
            dask: {
                labels: { [daskPurposeLabel]: "worker" },
                taints: [...daskTaints, spotTaint],
            },
            // No label of the charts', so that no pod of theirs comes.
            build: {
                labels: { [buildTaint.key]: buildTaint.value },
                taints: [`${buildTaint.key}=${buildTaint.value}:NoSchedule`],
            },
        }[kind];
        return {
            noun,
            name: poolName(noun),
            purpose: kind,
            hub,
            vmSize,
            zones: wanted.zones ?? zones,
            spot,
            min: 0,
            max: wanted.max,
            diskGiB: wanted.diskGiB,
            labels: { ...of.labels, [hubLabel]: hub },
            taints: of.taints,
        };
    });
}

/** What a machine's tags say beside its owner: its purpose, and whose it is. */
export function tagsOf({ purpose, hub }: Pool): Record<string, string> {
    return { [purposeTag]: purpose, ...(hub === undefined ? {} : { hub }) };
}
