import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as kms from "@pulumi/aws/kms";
import * as rds from "@pulumi/aws/rds";
import type * as pulumi from "@pulumi/pulumi";
import type { RdsSpec } from "../../model/spec/jupyterhub-database";
import { randomKey } from "../../random-key";
import { backupTag } from "./backup-tag";
import { dataKey } from "./data-key";
import { finalSnapshotName } from "./final-snapshot";
import { sealsLogs } from "./key-policy";
import type { Place } from "./place";

export interface PostgresArgs {
    readonly place: Place;
    /** Unique in the account and region. */
    readonly identifier: string;
    readonly database: Omit<RdsSpec, "kind">;
    /** Database and first user alike. */
    readonly user: string;
    /** Without a way in from outside, in at least two zones. */
    readonly subnetIds: readonly pulumi.Input<string>[];
    /** The security groups that let its clients in. */
    readonly groupIds: readonly pulumi.Input<string>[];
    /** How long logs are kept, in days. */
    readonly logRetentionDays: number;
    /** Of PostgreSQL, beside those that are set in any case. */
    readonly parameters?: Readonly<Record<string, string>>;
    /** Whether what the database is busy with is recorded, for seven days. */
    readonly insights?: boolean;
    readonly description: string;
    /** The owner's, with a name. */
    readonly tags: Readonly<Record<string, string>>;
}

export const postgresPort = 5432;
const logs = ["postgresql", "upgrade"] as const;

/**
 * A PostgreSQL instance: in subnets of its own network, open to its clients alone, under a key of its own,
 * protected twice, and never deleted without a last snapshot.
 *
 * The password is one of ours, secret in the state, and not AWS's in Secrets Manager: that one is changed every
 * week, and clients read their database's password once, when they start. See docs/adr/0012-what-a-hub-keeps.md.
 */
export function postgres(
    name: string,
    args: PostgresArgs,
    parent: pulumi.Resource,
): { instance: rds.Instance; password: pulumi.Output<string> } {
    const { place, identifier, database, user, description, tags } = args;
    const logGroups = logs.map((log) => [log, `/aws/rds/instance/${identifier}/${log}`] as const);
    const further = logGroups.map(([log, group]) => ({
        ...sealsLogs(place, group),
        Sid: `SealsLogs${log}`,
    }));
    const key = dataKey(name, { place, description, tags, further }, parent);
    const password = randomKey(`${name}-password`, parent);
    const subnets = new rds.SubnetGroup(
        `${name}-subnets`,
        { description, subnetIds: [...args.subnetIds], tags },
        { parent },
    );
    const instance = new rds.Instance(
        `${name}-instance`,
        {
            identifier,
            ...engineOf(args, key),
            ...storageOf(database, key),
            dbName: user,
            username: user,
            password,
            port: postgresPort,
            publiclyAccessible: false,
            dbSubnetGroupName: subnets.name,
            vpcSecurityGroupIds: [...args.groupIds],
            parameterGroupName: parameters(name, args, parent).name,
            caCertIdentifier: "rds-ca-rsa2048-g1",
            ...upkeep(database),
            deletionProtection: database.deletionProtection,
            skipFinalSnapshot: false,
            finalSnapshotIdentifier: finalSnapshotName(name, identifier, parent),
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
    return { instance, password };
}

function engineOf({ database, insights = false }: PostgresArgs, key: kms.Key) {
    const { version, instanceClass, multiAz } = database;
    return {
        engine: "postgres",
        engineVersion: version,
        instanceClass,
        multiAz,
        // A minor version that is named stays; of a major one alone, the newest comes by itself.
        autoMinorVersionUpgrade: !version.includes("."),
        // Another major version comes by a line in the stack file, and with a snapshot before it.
        allowMajorVersionUpgrade: true,
        performanceInsightsEnabled: insights,
        ...(insights
            ? { performanceInsightsKmsKeyId: key.arn, performanceInsightsRetentionPeriod: 7 }
            : {}),
        monitoringInterval: 0,
    };
}

function storageOf({ sizeGiB, maxSizeGiB }: PostgresArgs["database"], key: kms.Key) {
    return {
        storageType: "gp3",
        allocatedStorage: sizeGiB,
        maxAllocatedStorage: maxSizeGiB,
        storageEncrypted: true,
        kmsKeyId: key.arn,
    };
}

/** What waits for the maintenance window: everything but what the stack file's owner does by hand. */
function upkeep({ keepDays, backupWindow, maintenanceWindow }: PostgresArgs["database"]) {
    return {
        backupRetentionPeriod: keepDays,
        backupWindow,
        maintenanceWindow,
        applyImmediately: false,
    };
}

function parameters(
    name: string,
    { database: { version }, parameters: further = {}, description, tags }: PostgresArgs,
    parent: pulumi.Resource,
): rds.ParameterGroup {
    return new rds.ParameterGroup(
        // A group of another family is another group: the instance leaves the old one before it goes.
        `${name}-parameters`,
        {
            family: `postgres${version.split(".")[0] ?? version}`,
            description,
            parameters: [
                // The default since 15, written down: without it a client may ask for plain text.
                { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
                ...Object.entries(further).map(([key, value]) => {
                    return { name: key, value, applyMethod: "pending-reboot" };
                }),
            ],
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
