import { sizeOf } from "./instance-types";
import { aksRoom } from "./aks-room";
import { capacityOf, daemonSets } from "./node-capacity";
import type { HubSpec } from "./spec/jupyterhub";

/** What pods ask for: thousandths of a core, and MiB. */
export interface Requests {
    readonly milliCpu: number;
    readonly mebibytes: number;
}

/** Requests of the pods that run on core nodes, each as often as it runs. A test holds them to a rehearsed state. */
export const coreRequests = {
    /** Autoscaler, gateway, certificates and monitoring. */
    shared: { milliCpu: 510, mebibytes: 2_520 },
    /** Hub, proxy and two schedulers. */
    hub: { milliCpu: 360, mebibytes: 1_664 },
    /** The NFS server of a hub's homes, with what enforces quotas and measures. */
    homes: { milliCpu: 220, mebibytes: 576 },
    /** The Dask gateway's controller, API and proxy. */
    dask: { milliCpu: 150, mebibytes: 384 },
    /** BinderHub; builds have machines of their own. */
    builds: { milliCpu: 100, mebibytes: 256 },
} as const satisfies Record<string, Requests>;

/**
 * CoreDNS and the controller of the EBS driver, two pods each, as EKS makes them: in no state.
 *
 * @see https://github.com/coredns/deployment/blob/master/kubernetes/coredns.yaml.sed
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/charts/aws-ebs-csi-driver/values.yaml
 */
const ofAddOns: Requests = { milliCpu: 320, mebibytes: 620 };

/** As much of a hub as decides what it brings. */
interface Hub {
    readonly homes: Pick<HubSpec["homes"], "storage">;
    readonly daskGateway?: HubSpec["daskGateway"];
    readonly builds?: HubSpec["builds"];
}

/** What the core nodes of a cluster with these hubs have to hold, without EKS's add-ons. */
export function coreDemand(hubs: readonly Hub[]): Requests {
    const parts = hubs.flatMap(({ homes, daskGateway, builds }): Requests[] => [
        coreRequests.hub,
        ...(homes.storage === "nfs" ? [coreRequests.homes] : []),
        ...(daskGateway === undefined ? [] : [coreRequests.dask]),
        ...(builds === undefined ? [] : [coreRequests.builds]),
    ]);
    return sum([coreRequests.shared, ...parts]);
}

function sum(all: readonly Requests[]): Requests {
    return {
        milliCpu: all.reduce((total, each) => total + each.milliCpu, 0),
        mebibytes: all.reduce((total, each) => total + each.mebibytes, 0),
    };
}

/** The fewest core nodes of a type on which those pods can run, and what they and one node come to. */
export interface CoreNodes {
    readonly nodes: number;
    readonly asked: Requests;
    readonly perNode: Requests;
}

/**
 * How many core nodes it takes at the least: pods do not divide, so it may be one more.
 *
 * @returns undefined for a type whose size its name does not say.
 */
export function coreNodesFor(instanceType: string, hubs: readonly Hub[]): CoreNodes | undefined {
    const perNode = roomOf(instanceType);
    if (perNode === undefined) return undefined;
    return fewest(perNode, sum([coreDemand(hubs), ofAddOns]));
}

function fewest(perNode: Requests, asked: Requests): CoreNodes {
    const nodes = Math.ceil(
        Math.max(asked.milliCpu / perNode.milliCpu, asked.mebibytes / perNode.mebibytes),
    );
    return { nodes, asked, perNode };
}

/** The autoscaler of EKS, a part of `shared`; that of AKS runs at Microsoft's, and on hosts there is none. */
const autoscaler: Requests = { milliCpu: 100, mebibytes: 600 };

/**
 * The same on AKS: what is kept of a machine is documented, what AKS itself runs on it is not, so it takes no fewer
 * than this and perhaps one more.
 *
 * @returns undefined for a size that its name does not tell.
 */
export function coreNodesOnAks(vmSize: string, hubs: readonly Hub[]): CoreNodes | undefined {
    const perNode = aksRoom(vmSize);
    if (perNode === undefined) return undefined;
    const { milliCpu, mebibytes } = coreDemand(hubs);
    return fewest(perNode, {
        milliCpu: milliCpu - autoscaler.milliCpu,
        mebibytes: mebibytes - autoscaler.mebibytes,
    });
}

/** What k3s itself takes of an agent. @see https://docs.k3s.io/installation/requirements#hardware */
export const agentOfK3s: Requests = { milliCpu: 1_000, mebibytes: 512 };

/** What a server of k3s needs to run all hubs, with what k3s takes of it: users' servers come on top. */
export function serverOfK3s(hubs: readonly Hub[]): Requests {
    const { milliCpu, mebibytes } = coreDemand(hubs);
    return {
        milliCpu: 2_000 + milliCpu - autoscaler.milliCpu,
        mebibytes: 2_048 + mebibytes - autoscaler.mebibytes,
    };
}

/** Of a vCPU, GiB by the first letter of a family: see `sizeOf`. */
const memoryPerCore: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/**
 * What a node leaves to pods beside its DaemonSets: as measured, else by the data sheet less what the kubelet keeps
 * of cores and at the least of memory.
 *
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go
 */
function roomOf(instanceType: string): Requests | undefined {
    const measured = capacityOf(instanceType)?.allocatable;
    const { milliCpu, bytes } = measured ?? byName(instanceType) ?? {};
    if (milliCpu === undefined || bytes === undefined) return undefined;
    return {
        milliCpu: milliCpu - daemonSets.milliCpu,
        mebibytes: (bytes - daemonSets.bytes) / 2 ** 20,
    };
}

function byName(instanceType: string) {
    const [, letter = "", times, size] =
        /^([cmr])\.(\d*)(x?large)$/.exec(sizeOf(instanceType)) ?? [];
    if (size === undefined) return undefined;
    const vcpus = size === "large" ? 2 : 4 * (times === "" ? 1 : Number(times));
    // 6 % of the first core, 1 % of the second, 0.5 % of two, 0.25 % of the rest.
    const kept = 70 + 5 * Math.min(2, vcpus - 2) + 2.5 * Math.max(0, vcpus - 4);
    const gibibytes = vcpus * (memoryPerCore[letter] ?? 0);
    return { milliCpu: vcpus * 1_000 - kept, bytes: gibibytes * 2 ** 30 - 255 * 2 ** 20 };
}
