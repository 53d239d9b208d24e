import * as ebs from "@pulumi/aws/ebs";
import type * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { HomesSpec, NfsHomes } from "../../model/spec/jupyterhub-homes";
import type { HubHomes } from "../foundation";
import { backupTag } from "./backup-tag";
import type { FileSystemSite } from "./file-system";
import { fileSystem } from "./file-system";
import type { Place } from "./place";
import { volumeKey } from "./volume-key";

export interface HomeStorageArgs extends LayerArgs {
    readonly clusterName: string;
    readonly place: Place;
    readonly hub: string;
    /** Not `none`: a hub that keeps no homes has no such layer on AWS. Nor a share of Azure. */
    readonly homes: Extract<HomesSpec, { storage: "nfs" | "efs" }>;
    /** The zone of the core nodes: a disk is attached only within its zone. */
    readonly zone: string;
    /** The role of the EBS driver. */
    readonly driverRole: iam.Role;
    /** Where a file system is mounted from and by whom; there where any hub has one. */
    readonly fileSystems: FileSystemSite | undefined;
}

/** The home storage layer on AWS: the disk, or the file system, of all home directories of one hub. */
export class HomeStorage extends Layer {
    readonly homes: HubHomes;
    /** The id of the disk or of the file system. */
    readonly kept: pulumi.Output<string>;
    /** What must stand before the homes can be mounted. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: HomeStorageArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:HomeStorage", name, args, opts);
        const { clusterName, place, hub, homes, fileSystems } = args;
        const tags = this.tags({ Name: `${clusterName}-${hub}-homes` });

        const description = `Home directories of ${hub} in ${clusterName}`;
        if (homes.storage === "nfs") {
            const { volume, grant } = this.#disk(name, args, homes, { description, tags });
            this.kept = volume.id;
            this.homes = { driver: "disk", disk: { eks: { enabled: true, volumeId: volume.id } } };
            this.ready = [grant];
        } else {
            if (fileSystems === undefined) {
                throw new Error(`the cluster has no driver for the file system of ${hub}`);
            }
            const { coldAfterDays } = homes;
            const made = fileSystem(
                name,
                { ...fileSystems, place, description, coldAfterDays, tags },
                this,
            );
            this.kept = made.system.id;
            this.homes = {
                driver: "file-system",
                suffix: "efs",
                // By TLS, and by the identity of the driver on the node: the file system lets in no other.
                mountOptions: ["tls", "iam"],
                csi: {
                    driver: "efs.csi.aws.com",
                    volumeHandle: pulumi.interpolate`${made.system.id}::${made.accessPoint.id}`,
                    volumeAttributes: { encryptInTransit: "true" },
                },
            };
            this.ready = made.ready;
        }
        this.registerOutputs();
    }

    #disk(
        name: string,
        { place, zone, driverRole }: HomeStorageArgs,
        { sizeGiB, iops = 3000, throughputMiBps = 125 }: NfsHomes,
        { description, tags }: { description: string; tags: Record<string, string> },
    ) {
        const { key, grant } = volumeKey(name, { place, description, driverRole, tags }, this);
        const volume = new ebs.Volume(
            `${name}-homes`,
            {
                availabilityZone: zone,
                type: "gp3",
                size: sizeGiB,
                iops,
                throughput: throughputMiBps,
                encrypted: true,
                kmsKeyId: key.arn,
                finalSnapshot: true, // also a deletion that was asked for leaves a last copy
                // The second tag lets the EBS driver attach a disk that it did not make.
                tags: { ...tags, ...backupTag, "ebs.csi.aws.com/cluster": "true" },
            },
            { parent: this, protect: true },
        );
        return { volume, grant };
    }
}
