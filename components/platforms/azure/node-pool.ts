import type { AgentPoolArgs } from "@pulumi/azure-native/containerservice";
import type * as pulumi from "@pulumi/pulumi";
import { maxPods } from "../../model/aks-room";
import type { Pool } from "./pools";
import { tagsOf } from "./pools";

export interface PoolSite {
    readonly subnetId: pulumi.Input<string>;
    readonly encryptionAtHost: boolean;
    /** The owner's. */
    readonly labels: Readonly<Record<string, string>>;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * What all pools have alike. AKS keeps 20 MiB of a machine's memory for each pod that might run: users' servers are
 * few and large, so it is told of fewer than it takes.
 *
 * @see https://learn.microsoft.com/azure/aks/node-resource-reservations
 */
function machines(pool: Pool, { subnetId, encryptionAtHost, labels, tags }: PoolSite) {
    return {
        type: "VirtualMachineScaleSets",
        vmSize: pool.vmSize,
        enableAutoScaling: true,
        minCount: pool.min,
        maxCount: pool.max,
        maxPods,
        osType: "Linux",
        osSKU: systemOf(pool),
        osDiskType: "Managed",
        osDiskSizeGB: pool.diskGiB,
        kubeletDiskType: "OS",
        availabilityZones: [...pool.zones],
        enableNodePublicIP: false,
        enableEncryptionAtHost: encryptionAtHost,
        vnetSubnetID: subnetId,
        nodeLabels: { ...pool.labels, ...labels },
        nodeTaints: [...pool.taints],
        // A pool's tags go to its scale set, and from there to machines and disks.
        tags: { ...tags, ...tagsOf(pool) },
    };
}

/**
 * Builds need user namespaces, which AppArmor of Ubuntu 24.04 gives to nobody without privilege; Ubuntu of AKS is that
 * from Kubernetes 1.35 on. Azure Linux has no AppArmor.
 *
 * @see https://github.com/moby/buildkit/blob/v0.32.2/docs/rootless.md#distribution-specific-hint
 * @see https://learn.microsoft.com/azure/aks/upgrade-os-version
 */
const systemOf = ({ purpose }: Pool) => (purpose === "build" ? "AzureLinux" : "Ubuntu");

/** Users that still run when a machine is replaced have half an hour to end. */
const upgradeSettings = { maxSurge: "33%", drainTimeoutInMinutes: 30 };

/**
 * The pool that a cluster is made with. How many machines run is the autoscaler's to say: a count would be sent with every
 * later change of the cluster, and bring it back to that of the first day.
 */
export function systemPool(pool: Pool, site: PoolSite) {
    return { name: pool.name, mode: "System", ...machines(pool, site), upgradeSettings };
}

/**
 * A pool beside it, of the control plane's release. The pool that the cluster is made with can name none: AKS takes one
 * there only where all pools stand in that list.
 *
 * @param version Release of Kubernetes, such as 1.35; Azure takes its newest patch, and later ones by its own schedule.
 * @see https://learn.microsoft.com/azure/aks/manage-node-pools#upgrade-a-single-node-pool
 */
export function userPool(
    pool: Pool,
    site: PoolSite,
    version: string,
): Omit<AgentPoolArgs, "resourceGroupName" | "resourceName"> {
    const spot = {
        scaleSetPriority: "Spot",
        scaleSetEvictionPolicy: "Delete",
        spotMaxPrice: -1, // as much as the ordinary price
    };
    return {
        agentPoolName: pool.name,
        mode: "User",
        count: pool.min, // which AKS demands here
        orchestratorVersion: version,
        ...machines(pool, site),
        ...(pool.spot ? spot : { upgradeSettings }), // spot machines are not kept while others come
        ...(pool.purpose === "gpu" ? { gpuProfile: { driver: "Install" } } : {}),
    };
}
