import type * as pulumi from "@pulumi/pulumi";
import type { Provider } from "@pulumi/kubernetes/provider";
import type { Cluster } from "../cluster";
import type { ClusterSpec } from "../model/spec";

/** What a platform keeps for one hub. */
export interface HubFoundation {
    /** The disk of all home directories, to be exported inside the cluster. */
    readonly homes: { readonly driver: "ebs"; readonly volumeId: pulumi.Output<string> };
    /** Name of the scratch bucket, where the hub has one. */
    readonly scratchBucket?: pulumi.Output<string>;
    /** The service account of users' pods, which the platform has tied to the hub's cloud identity. */
    readonly serviceAccount: string;
    /**
     * Name of the storage class for what the hub claims, its database first: encrypted, kept on deletion, its
     * disks owned. One for each hub, because the owner of its disks stands in the class.
     */
    readonly storageClass: pulumi.Output<string>;
}

/** What a workload that runs on Kubernetes builds on. */
export interface Foundation {
    readonly kubernetes: Provider;
    /** What must stand before a pod can run: add-ons and node groups. */
    readonly ready: readonly pulumi.Resource[];
    readonly hubs: Readonly<Record<string, HubFoundation>>;
    /** What is worth printing after a deploy. */
    readonly outputs: Readonly<Record<string, pulumi.Input<unknown>>>;
}

/** Builds everything below the workload, as layers of the cluster. */
export type BuildFoundation = (spec: ClusterSpec, cluster: Cluster) => Promise<Foundation>;
