import * as ec2 from "@pulumi/aws/ec2";
import type * as iam from "@pulumi/aws/iam";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { databaseIdentifier } from "../../model/checks/storage";
import type { HubSpec } from "../../model/spec/jupyterhub";
import type { HubStore } from "../foundation";
import { backupTag } from "./backup-tag";
import type { Place } from "./place";
import { postgres, postgresPort } from "./postgres";
import { diskClass } from "./storage-class";
import { volumeKey } from "./volume-key";

/** Where databases stand: the same for all hubs of a cluster. */
export interface DatabaseSite {
    readonly vpcId: pulumi.Input<string>;
    /** Without a way in from outside, in at least two zones. */
    readonly subnetIds: readonly pulumi.Input<string>[];
    /** The security group of the nodes, which their pods share. */
    readonly nodeGroupId: pulumi.Input<string>;
    /** How long logs are kept, in days. */
    readonly logRetentionDays: number;
}

export interface HubDatabaseArgs extends LayerArgs {
    readonly clusterName: string;
    readonly place: Place;
    readonly hub: string;
    readonly database: HubSpec["database"];
    /** The role of the EBS driver. */
    readonly driverRole: iam.Role;
    readonly site: DatabaseSite;
}

/** Database and user alike. */
const jupyterhub = "jupyterhub";

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
            const { instance, password } = postgres(
                name,
                {
                    ...site,
                    groupIds: [clients(name, site, description, tags, this).id],
                    identifier: databaseIdentifier(clusterName, hub),
                    user: jupyterhub,
                    place,
                    database,
                    description,
                    tags,
                },
                this,
            );
            const { address } = instance;
            const account = { name: jupyterhub, user: jupyterhub, password };
            this.store = { kind: "postgres", address, port: postgresPort, ...account };
            this.ready = [instance];
            this.instance = instance.identifier;
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

/** A security group that lets the nodes and their pods in, and nothing out. */
function clients(
    name: string,
    { vpcId, nodeGroupId }: DatabaseSite,
    description: string,
    tags: Readonly<Record<string, string>>,
    parent: pulumi.Resource,
): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(
        `${name}-clients`,
        { vpcId, description: `${description}: its clients`, tags },
        { parent },
    );
    new vpc.SecurityGroupIngressRule(
        `${name}-clients`,
        {
            securityGroupId: group.id,
            referencedSecurityGroupId: nodeGroupId,
            ipProtocol: "tcp",
            fromPort: postgresPort,
            toPort: postgresPort,
            description: "PostgreSQL from the nodes of the cluster and their pods",
            tags,
        },
        { parent },
    );
    return group;
}
