import { StorageClass } from "@pulumi/kubernetes/storage/v1";
import type { meta } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";

export interface DiskClassArgs {
    readonly metadata: meta.v1.ObjectMeta;
    readonly keyArn: pulumi.Input<string>;
    /** Of the disks: the owner's, with a name. */
    readonly tags: Readonly<Record<string, string>>;
    /** Whether a deleted claim leaves the disk. */
    readonly reclaimPolicy: "Retain" | "Delete";
}

/**
 * A class that disks of one owner are made from: the tags of a disk stand in its class, so that each owner needs
 * one of their own.
 */
export function diskClass(
    name: string,
    { metadata, keyArn, tags, reclaimPolicy }: DiskClassArgs,
    parent: pulumi.Resource,
): StorageClass {
    return new StorageClass(
        name,
        {
            metadata,
            provisioner: "ebs.csi.aws.com",
            parameters: {
                type: "gp3",
                encrypted: "true",
                kmsKeyId: keyArn,
                ...tagSpecifications(tags),
            },
            reclaimPolicy,
            volumeBindingMode: "WaitForFirstConsumer", // in the zone of the pod, not just anywhere
            allowVolumeExpansion: true,
        },
        // The name is taken as long as the old class stands. Disks and claims do not mind: nothing but a
        // new claim asks for a class.
        { parent, deleteBeforeReplace: true },
    );
}

/**
 * Tags as the EBS driver takes them: `tagSpecification_1: "key=value"`, and so on.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/tagging.md
 */
export function tagSpecifications(tags: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(
        Object.entries(tags).map(([key, value], at) => [
            `tagSpecification_${String(at + 1)}`,
            `${key}=${value}`,
        ]),
    );
}
