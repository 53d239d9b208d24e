import type * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { HubSpec } from "../../model/spec/jupyterhub";
import type { HubStore } from "../foundation";
import { backupTag } from "./backup-tag";
import type { Place } from "./place";
import type { DatabaseSite } from "./postgres";
import { postgres } from "./postgres";
import { diskClass } from "./storage-class";
import { volumeKey } from "./volume-key";

export interface HubDatabaseArgs extends LayerArgs {
    readonly clusterName: string;
    readonly place: Place;
    readonly hub: string;
    readonly database: HubSpec["database"];
    /** The role of the EBS driver. */
    readonly driverRole: iam.Role;
    readonly site: DatabaseSite;
}

/**
 * The hub database layer on AWS: the class that the disk of the hub's database is made from, or a PostgreSQL
 * instance. One component for both, so that a hub that moves from one to the other keeps its key.
 */
export class HubDatabase extends Layer {
    /**
     * The name of the class, known before the class is, and free of any dependency on it. Parameters of a class
     * are immutable, so a new owner replaces the class; a claim whose class were an output of it would be taken
     * for changed, and the engine would delete the claim, with the database in it. Wait for `ready` instead.
     */
    readonly store: HubStore;
    /** What must stand before the hub starts. */
    readonly ready: readonly pulumi.Resource[];
    /** The instance in CloudWatch, where the hub has one. */
    readonly instance: pulumi.Output<string> | undefined;

    constructor(name: string, args: HubDatabaseArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:HubDatabase", name, args, opts);
        const { clusterName, place, hub, database, driverRole, site } = args;
        const description = `Database of ${hub} in ${clusterName}`;
        const tags = this.tags({ Name: `${clusterName}-${hub}-database` });
        if (database.kind === "rds") {
            const made = postgres(
                name,
                { ...site, clusterName, place, hub, database, description, tags },
                this,
            );
            this.store = made.store;
            this.ready = [made.instance];
            this.instance = made.instance.identifier;
        } else {
            const { key, grant } = volumeKey(name, { place, description, driverRole, tags }, this);
            const className = `steward-${hub}`;
            const metadata = this.metadata(className);
            const made = diskClass(
                `${name}-class`,
                {
                    metadata,
                    keyArn: key.arn,
                    tags: { ...tags, ...backupTag },
                    reclaimPolicy: "Retain",
                },
                this,
            );
            this.store = { kind: "claim", storageClass: pulumi.output(className) };
            this.ready = [made, grant];
            this.instance = undefined;
        }
        this.registerOutputs();
    }
}
