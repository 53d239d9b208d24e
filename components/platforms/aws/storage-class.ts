import type * as iam from "@pulumi/aws/iam";
import { StorageClass } from "@pulumi/kubernetes/storage/v1";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { backupTag } from "./backup-tag";
import type { Place } from "./place";
import { volumeKey } from "./volume-key";

export interface HubDatabaseArgs extends LayerArgs {
    readonly clusterName: string;
    readonly place: Place;
    readonly hub: string;
    readonly driverRole: iam.Role;
}

/**
 * The hub database layer on AWS: the class that the disk of the hub's database is made from.
 *
 * A class of each hub's own: the tags of a disk stand in its class, and hubs may have different owners.
 */
export class HubDatabase extends Layer {
    /**
     * The name of the class, known before the class is, and free of any dependency on it. Parameters of a class
     * are immutable, so a new owner replaces the class; a claim whose class were an output of it would be taken
     * for changed, and the engine would delete the claim, with the database in it. Wait for `ready` instead.
     */
    readonly storageClass: pulumi.Output<string>;
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: HubDatabaseArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:HubDatabase", name, args, opts);
        const { clusterName, place, hub, driverRole } = args;
        const description = `Database of ${hub} in ${clusterName}`;
        const tags = this.tags({ Name: `${clusterName}-${hub}-database` });
        const { key, grant } = volumeKey(name, { place, description, driverRole, tags }, this);
        const className = `steward-${hub}`;
        const storageClass = new StorageClass(
            `${name}-class`,
            {
                metadata: this.metadata(className),
                provisioner: "ebs.csi.aws.com",
                parameters: {
                    type: "gp3",
                    encrypted: "true",
                    kmsKeyId: key.arn,
                    ...tagSpecifications({ ...tags, ...backupTag }),
                },
                reclaimPolicy: "Retain", // a deleted claim leaves the disk
                volumeBindingMode: "WaitForFirstConsumer", // in the zone of the pod, not just anywhere
                allowVolumeExpansion: true,
            },
            // The name is taken as long as the old class stands. Disks and claims do not mind: nothing but a
            // new claim asks for a class.
            { parent: this, deleteBeforeReplace: true },
        );
        this.storageClass = pulumi.output(className);
        this.ready = [storageClass, grant];
        this.registerOutputs({ storageClass: this.storageClass });
    }
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
