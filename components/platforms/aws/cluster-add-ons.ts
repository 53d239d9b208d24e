import type * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { addOn } from "./add-on";
import type { Place } from "./place";
import { managedPolicy } from "./place";
import { podIdentity } from "./pod-identity";

export interface ClusterAddOnsArgs extends LayerArgs {
    readonly clusterName: string;
    readonly cluster: pulumi.Input<string>;
    readonly place: Place;
    /** Running nodes: an add-on that is a Deployment never becomes active without one. */
    readonly nodes: readonly pulumi.Resource[];
    /** Whether any hub keeps its homes in a file system of EFS. */
    readonly fileSystems: boolean;
}

/** What mounts file systems of EFS on the nodes. */
export interface FileSystemDriver {
    readonly role: iam.Role;
    readonly ready: readonly pulumi.Resource[];
}

/**
 * The part of the control plane layer that needs nodes, and so comes after the node pools: a second component
 * of the same layer, because a component cannot wait for another that waits for it.
 */
export class ClusterAddOns extends Layer {
    /** The role of the EBS driver: each key of a disk lets it in. */
    readonly diskDriverRole: iam.Role;
    /** There where any hub keeps its homes in a file system. */
    readonly fileSystemDriver: FileSystemDriver | undefined;
    /** What must stand before a pod with a volume starts. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: ClusterAddOnsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:ClusterAddOns", name, args, opts);
        const { clusterName, cluster, place, nodes } = args;
        const tags = this.tags();

        const names = addOn(
            name,
            { cluster, addOn: "coredns", tags },
            { parent: this, dependsOn: [...nodes] },
        );
        // Sees a broken kernel, disk or network, which node repair then acts on.
        const monitor = addOn(
            name,
            { cluster, addOn: "eks-node-monitoring-agent", tags },
            { parent: this, dependsOn: [...nodes] },
        );
        const identity = podIdentity(
            `${name}-ebs-csi`,
            {
                clusterName,
                cluster,
                namespace: "kube-system",
                serviceAccount: "ebs-csi-controller-sa",
                description: `Makes and attaches disks for ${clusterName}`,
                // V2 touches only disks tagged ebs.csi.aws.com/cluster: the driver tags those it makes, and we
                // tag the disks of homes. See https://github.com/kubernetes-sigs/aws-ebs-csi-driver/issues/2918
                managedPolicies: [managedPolicy(place, "AmazonEBSCSIDriverPolicyV2")],
                tags,
            },
            { parent: this },
        );
        const driver = addOn(
            name,
            { cluster, addOn: "aws-ebs-csi-driver", tags },
            { parent: this, dependsOn: [...nodes, ...identity.ready] },
        );
        this.diskDriverRole = identity.role;
        this.ready = [names, monitor, driver];
        this.fileSystemDriver = args.fileSystems ? this.#fileSystemDriver(name, args) : undefined;
        this.registerOutputs();
    }

    /**
     * The EFS driver. Its part on the nodes mounts by a role that every file system lets in by its own policy, so
     * the role itself allows nothing. Its controller has none: it would make access points without an owner.
     *
     * The add-on knows an identity for its controller only; the association of the nodes' is ours in any case.
     * @see https://github.com/kubernetes-sigs/aws-efs-csi-driver/issues/1759
     */
    #fileSystemDriver(name: string, args: ClusterAddOnsArgs): FileSystemDriver {
        const { clusterName, cluster, nodes } = args;
        const tags = this.tags();
        const identity = podIdentity(
            `${name}-efs-csi`,
            {
                clusterName,
                cluster,
                namespace: "kube-system",
                serviceAccount: "efs-csi-node-sa",
                description: `Mounts file systems on the nodes of ${clusterName}`,
                tags,
            },
            { parent: this },
        );
        const driver = addOn(
            name,
            { cluster, addOn: "aws-efs-csi-driver", tags },
            { parent: this, dependsOn: [...nodes, ...identity.ready] },
        );
        return { role: identity.role, ready: [driver] };
    }
}
