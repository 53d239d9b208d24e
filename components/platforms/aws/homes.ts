import * as ebs from "@pulumi/aws/ebs";
import type * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { HubSpec } from "../../model/spec/jupyterhub";
import { backupTag } from "./backup-tag";
import type { Place } from "./place";
import { volumeKey } from "./volume-key";

export interface HomeStorageArgs extends LayerArgs {
    readonly clusterName: string;
    readonly place: Place;
    readonly hub: string;
    readonly homes: HubSpec["homes"];
    /** The zone of the core nodes: a disk is attached only within its zone. */
    readonly zone: string;
    readonly driverRole: iam.Role;
}

/** The home storage layer on AWS: the disk of all home directories of one hub. */
export class HomeStorage extends Layer {
    readonly volumeId: pulumi.Output<string>;
    /** What must stand before the disk can be attached. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: HomeStorageArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:HomeStorage", name, args, opts);
        const { clusterName, place, hub, homes, zone, driverRole } = args;
        const tags = this.tags({ Name: `${clusterName}-${hub}-homes` });

        const description = `Home directories of ${hub} in ${clusterName}`;
        const { key, grant } = volumeKey(name, { place, description, driverRole, tags }, this);
        const volume = new ebs.Volume(
            `${name}-homes`,
            {
                availabilityZone: zone,
                type: "gp3",
                size: homes.sizeGiB,
                iops: homes.iops ?? 3000,
                throughput: homes.throughputMiBps ?? 125,
                encrypted: true,
                kmsKeyId: key.arn,
                finalSnapshot: true, // also a deletion that was asked for leaves a last copy
                // The second tag lets the EBS driver attach a disk that it did not make.
                tags: { ...tags, ...backupTag, "ebs.csi.aws.com/cluster": "true" },
            },
            { parent: this, protect: true },
        );
        this.volumeId = volume.id;
        this.ready = [grant];
        this.registerOutputs({ volumeId: this.volumeId });
    }
}
