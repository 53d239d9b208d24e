import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import type * as kms from "@pulumi/aws/kms";
import * as rds from "@pulumi/aws/rds";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import { databaseIdentifier } from "../../model/check-storage";
import type { RdsSpec } from "../../model/spec/storage";
import { randomKey } from "../../random-key";
import type { HubStore } from "../foundation";
import { backupTag } from "./backup-tag";
import { dataKey } from "./data-key";
import { sealsLogs } from "./key-policy";
import type { Place } from "./place";

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

interface PostgresArgs extends DatabaseSite {
    readonly clusterName: string;
    readonly place: Place;
    readonly hub: string;
    readonly database: RdsSpec;
    readonly description: string;
    /** The owner's, with a name. */
    readonly tags: Readonly<Record<string, string>>;
}

const port = 5432;
/** Database and user alike. */
const jupyterhub = "jupyterhub";
const logs = ["postgresql", "upgrade"] as const;

/**
 * A PostgreSQL instance for one hub: in private subnets, open to the nodes' pods alone, under a key of the hub,
 * protected twice, and never deleted without a last snapshot.
 *
 * The password is one of ours, secret in the state, and not AWS's in Secrets Manager: that one is changed every
 * week, and a hub reads its database's password once, when it starts. See docs/adr/0012-what-a-hub-keeps.md.
 */
export function postgres(
    name: string,
    args: PostgresArgs,
    parent: pulumi.Resource,
): { store: HubStore; instance: rds.Instance } {
    const { clusterName, place, hub, database, description, tags } = args;
    const identifier = databaseIdentifier(clusterName, hub);
    const logGroups = logs.map((log) => [log, `/aws/rds/instance/${identifier}/${log}`] as const);
    const further = logGroups.map(([log, group]) => ({
        ...sealsLogs(place, group),
        Sid: `SealsLogs${log}`,
    }));
    const key = dataKey(name, { place, description, tags, further }, parent);
    const password = randomKey(`${name}-password`, parent);
    const instance = new rds.Instance(
        `${name}-instance`,
        {
            identifier,
            ...engineOf(database),
            ...storageOf(database, key),
            dbName: jupyterhub,
            username: jupyterhub,
            password,
            port,
            ...placement(name, args, parent),
            parameterGroupName: parameters(name, database, description, tags, parent).name,
            caCertIdentifier: "rds-ca-rsa2048-g1",
            ...upkeep(database),
            deletionProtection: database.deletionProtection,
            skipFinalSnapshot: false,
            finalSnapshotIdentifier: `${identifier}-final`,
            deleteAutomatedBackups: false,
            copyTagsToSnapshot: true,
            enabledCloudwatchLogsExports: [...logs],
            tags: { ...tags, ...backupTag },
        },
        {
            parent,
            protect: true,
            // Before the instance: one that RDS makes has no owner, no key, and keeps its logs for ever.
            dependsOn: logGroups.map(([log, group]) =>
                logGroup(`${name}-${log}`, group, key, args, parent),
            ),
        },
    );
    return {
        store: {
            kind: "postgres",
            address: instance.address,
            port,
            name: jupyterhub,
            user: jupyterhub,
            password,
        },
        instance,
    };
}

function engineOf({ version, instanceClass, multiAz }: RdsSpec) {
    return {
        engine: "postgres",
        engineVersion: version,
        instanceClass,
        multiAz,
        autoMinorVersionUpgrade: true,
        // Another major version comes by a line in the stack file, and with a snapshot before it.
        allowMajorVersionUpgrade: true,
        // A hub asks its database a few times a second: nothing to find out that its log would not say.
        performanceInsightsEnabled: false,
        monitoringInterval: 0,
    };
}

function storageOf({ sizeGiB, maxSizeGiB }: RdsSpec, key: kms.Key) {
    return {
        storageType: "gp3",
        allocatedStorage: sizeGiB,
        maxAllocatedStorage: maxSizeGiB,
        storageEncrypted: true,
        kmsKeyId: key.arn,
    };
}

/** What waits for the maintenance window: everything but what the stack file's owner does by hand. */
function upkeep({ keepDays, backupWindow, maintenanceWindow }: RdsSpec) {
    return {
        backupRetentionPeriod: keepDays,
        backupWindow,
        maintenanceWindow,
        applyImmediately: false,
    };
}

/** Private subnets, and a security group that lets the nodes and their pods in, and nothing out. */
function placement(
    name: string,
    { vpcId, subnetIds, nodeGroupId, description, tags }: PostgresArgs,
    parent: pulumi.Resource,
) {
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
            fromPort: port,
            toPort: port,
            description: "PostgreSQL from the nodes of the cluster and their pods",
            tags,
        },
        { parent },
    );
    const subnets = new rds.SubnetGroup(
        `${name}-subnets`,
        { description, subnetIds: [...subnetIds], tags },
        { parent },
    );
    return {
        publiclyAccessible: false,
        dbSubnetGroupName: subnets.name,
        vpcSecurityGroupIds: [group.id],
    };
}

function parameters(
    name: string,
    { version }: RdsSpec,
    description: string,
    tags: Readonly<Record<string, string>>,
    parent: pulumi.Resource,
): rds.ParameterGroup {
    return new rds.ParameterGroup(
        // A group of another family is another group: the instance leaves the old one before it goes.
        `${name}-parameters`,
        {
            family: `postgres${version}`,
            description,
            // The default since 15, written down: without it a client may ask for plain text.
            parameters: [{ name: "rds.force_ssl", value: "1", applyMethod: "immediate" }],
            tags,
        },
        { parent },
    );
}

function logGroup(
    name: string,
    group: string,
    key: kms.Key,
    { logRetentionDays, tags }: PostgresArgs,
    parent: pulumi.Resource,
): cloudwatch.LogGroup {
    return new cloudwatch.LogGroup(
        name,
        { name: group, retentionInDays: logRetentionDays, kmsKeyId: key.arn, tags },
        { parent },
    );
}
