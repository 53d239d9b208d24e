import { gpusOf } from "../../model/instance-types";
import type { MachineKind } from "../../model/machines";
import {
    buildTaint,
    daskPurposeLabel,
    hubLabel,
    hubPurposeLabel,
    sharedPurpose,
} from "../../model/machines";
import type { NodesSpec } from "../../model/spec/aws-nodes";
import type { HubSpec } from "../../model/spec/jupyterhub";
import type { Taint } from "./node-user-data";

/** Machines that start from one launch template. */
export interface Pool {
    /** In names: `core`, `prod-user-r5-xlarge`. */
    readonly noun: string;
    readonly purpose: MachineKind | typeof sharedPurpose;
    /** Whose machines they are; all hubs' without. */
    readonly hub?: string;
    readonly instanceTypes: readonly string[];
    readonly spot: boolean;
    /** How many GPUs one machine has. */
    readonly gpus: number;
    /** Beside the owner's. */
    readonly labels: Readonly<Record<string, string>>;
    readonly taints: readonly Taint[];
    readonly disk: Disk;
    readonly groups: readonly PoolGroup[];
}

export interface Disk {
    readonly volumeGiB: number;
    readonly iops?: number | undefined;
    readonly throughputMiBps?: number | undefined;
}

/** One node group of a pool. */
export interface PoolGroup {
    /** In names: the pool's, and the zone where each has a group of its own. */
    readonly noun: string;
    readonly zones: readonly string[];
    readonly min: number;
    readonly max: number;
}

type Hub = Pick<HubSpec, "name" | "machines">;

/** Both spellings: the charts tolerate both, because some clouds allow no `/` in a taint. */
const dedicated = (domain: string, value: string): readonly Taint[] => [
    { key: `${domain}/dedicated`, value },
    { key: `${domain}_dedicated`, value },
];

const userTaints = dedicated("hub.jupyter.org", "user");
const daskTaints = dedicated("k8s.dask.org", "worker");

/** Kubernetes itself lets those pods through that ask for a GPU. */
const gpuTaint: Taint = { key: "nvidia.com/gpu", value: "present" };

/** Labels of nodes for users' servers, which are what a Dask cluster is scheduled from. */
const forUsers = { [hubPurposeLabel]: "user", [daskPurposeLabel]: "scheduler" };

/** By this label the autoscaler waits for a new node's GPU, which its plugin reports a little after the node. */
export const gpuLabel = "k8s.amazonaws.com/accelerator";

const slugOf = (instanceType: string) => instanceType.replace(".", "-");

/**
 * All machines of a cluster: what the hubs share, then each hub's own.
 *
 * @param zones Of the network: where a pool goes that names none.
 */
export function poolsOf(nodes: NodesSpec, hubs: readonly Hub[], zones: readonly string[]): Pool[] {
    const makers = { user: userPools, gpu: gpuPools, dask: daskPools, build: buildPools } as const;
    return [
        corePool(nodes.core),
        ...hubs.flatMap((hub) =>
            hub.machines.flatMap((kind) => makers[kind](nodes, hub.name, zones)),
        ),
    ];
}

function corePool(core: NodesSpec["core"]): Pool {
    return {
        noun: sharedPurpose,
        purpose: sharedPurpose,
        instanceTypes: [core.instanceType],
        spot: false,
        gpus: 0,
        labels: { [hubPurposeLabel]: "core", [daskPurposeLabel]: "core" },
        taints: [],
        disk: core,
        groups: [{ noun: sharedPurpose, zones: [core.zone], min: core.min, max: core.max }],
    };
}

/** One zone a group: the autoscaler cannot choose where in a larger one a machine starts. */
function userPools({ user }: NodesSpec, hub: string): Pool[] {
    return user.instanceTypes.map((type) => {
        const noun = `${hub}-user-${slugOf(type)}`;
        return {
            noun,
            purpose: "user",
            hub,
            instanceTypes: [type],
            spot: false,
            gpus: 0,
            labels: { ...forUsers, [hubLabel]: hub },
            taints: userTaints,
            disk: user,
            groups: user.zones.map((zone) => ({
                noun: `${noun}-${zone}`,
                zones: [zone],
                min: 0,
                max: user.max,
            })),
        };
    });
}

/** All zones in one group: GPUs are scarce, and where there is one matters more than where it is. */
function gpuPools({ gpu }: NodesSpec, hub: string, zones: readonly string[]): Pool[] {
    if (gpu === undefined) return [];
    return gpu.instanceTypes.map((type) => {
        const noun = `${hub}-gpu-${slugOf(type)}`;
        const { label = "nvidia", count = 1 } = gpusOf(type) ?? {};
        return {
            noun,
            purpose: "gpu",
            hub,
            instanceTypes: [type],
            spot: false,
            gpus: count,
            labels: { ...forUsers, [hubLabel]: hub, [gpuLabel]: label },
            taints: [...userTaints, gpuTaint],
            disk: gpu,
            groups: [{ noun, zones: gpu.zones ?? zones, min: 0, max: gpu.max }],
        };
    });
}

/** Workers can be lost and computed again; one group of many types finds spare machines soonest. */
function daskPools({ dask }: NodesSpec, hub: string, zones: readonly string[]): Pool[] {
    if (dask === undefined) return [];
    const noun = `${hub}-dask`;
    return [
        {
            noun,
            purpose: "dask",
            hub,
            instanceTypes: dask.instanceTypes,
            spot: true,
            gpus: 0,
            labels: { [daskPurposeLabel]: "worker", [hubLabel]: hub },
            taints: daskTaints,
            disk: dask,
            groups: [{ noun, zones: dask.zones ?? zones, min: 0, max: dask.max }],
        },
    ];
}

/** On demand: a build that loses its machine starts anew. No label of the charts', so that no pod of theirs comes. */
function buildPools({ build }: NodesSpec, hub: string, zones: readonly string[]): Pool[] {
    if (build === undefined) return [];
    const noun = `${hub}-build`;
    return [
        {
            noun,
            purpose: "build",
            hub,
            instanceTypes: build.instanceTypes,
            spot: false,
            gpus: 0,
            labels: { [hubLabel]: hub, [buildTaint.key]: buildTaint.value },
            taints: [buildTaint],
            disk: build,
            groups: [{ noun, zones: build.zones ?? zones, min: 0, max: build.max }],
        },
    ];
}
