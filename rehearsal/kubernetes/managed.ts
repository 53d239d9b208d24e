import type { Cloud } from "../provider/stand-in";

/** A StorageClass that a cluster has before anybody makes one. */
export interface FirstClass {
    readonly name: string;
    readonly isDefault: boolean;
    readonly grows: boolean;
}

const eksType = "aws:eks/cluster:Cluster";
const aksType = "azure-native:containerservice:ManagedCluster";
const isOf = (cloud: Cloud, type: string): boolean => cloud.all(type).length > 0;

/** EKS brings it, but since Kubernetes 1.30 no longer as the default, and it does not let claims grow. */
const ofEks: readonly FirstClass[] = [{ name: "gp2", isDefault: false, grows: false }];

/** @see https://learn.microsoft.com/azure/aks/concepts-storage#storage-classes */
const ofAks: readonly FirstClass[] = [
    "default",
    "managed",
    "managed-csi",
    "managed-csi-premium",
    "managed-premium",
    "azurefile",
    "azurefile-csi",
    "azurefile-csi-premium",
    "azurefile-premium",
].map((name) => ({ name, isDefault: name === "default", grows: true }));

/** The classes that the account's managed cluster has from the start. */
export function firstClasses(cloud: Cloud): readonly FirstClass[] {
    return [...(isOf(cloud, eksType) ? ofEks : []), ...(isOf(cloud, aksType) ? ofAks : [])];
}

const snapshots = [
    "snapshot.storage.k8s.io/v1/VolumeSnapshot",
    "snapshot.storage.k8s.io/v1/VolumeSnapshotClass",
    "snapshot.storage.k8s.io/v1/VolumeSnapshotContent",
];

/**
 * Custom kinds that an add-on of EKS brings along, by the add-on's name.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 */
const addonKinds: Readonly<Record<string, readonly string[]>> = {
    "snapshot-controller": snapshots,
    "vpc-cni": [
        "crd.k8s.amazonaws.com/v1alpha1/ENIConfig",
        "networking.k8s.aws/v1alpha1/PolicyEndpoint",
    ],
};

/** What AKS has by itself, with Cilium's dataplane. @see https://learn.microsoft.com/azure/aks/csi-storage-drivers */
const aksKinds = [
    ...snapshots,
    "cilium.io/v2/CiliumNetworkPolicy",
    "cilium.io/v2/CiliumClusterwideNetworkPolicy",
];

/** Custom kinds without a namespace, of those above. */
export const clusterScopedOfManaged: ReadonlySet<string> = new Set([
    "VolumeSnapshotClass",
    "VolumeSnapshotContent",
    "ENIConfig",
    "CiliumClusterwideNetworkPolicy",
]);

/** Whether the managed cluster, or an add-on of it, brings the custom kind along: `group/version/kind`. */
export function isBrought(kind: string, cloud: Cloud): boolean {
    if (isOf(cloud, aksType) && aksKinds.includes(kind)) return true;
    const addons = cloud.all("aws:eks/addon:Addon").map(({ inputs }) => inputs["addonName"]);
    return addons.some((addon) => typeof addon === "string" && addonKinds[addon]?.includes(kind));
}
