import * as postgresql from "@pulumi/azure-native/dbforpostgresql";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { flexibleDiskGiB, flexibleSize, flexibleTypeOf } from "../../../model/commcare/azure-types";
import type { ManagedPostgresql } from "../../../model/commcare/plan";
import type { Where } from "./where";

export interface PostgresArgs {
    readonly where: Where;
    /** Unique in Azure. */
    readonly serverName: string;
    readonly database: ManagedPostgresql;
    /** In the order of the stack file. */
    readonly zones: readonly string[];
    readonly user: string;
    /** The key that seals it, without a version, and who may use it. */
    readonly key: {
        readonly uri: pulumi.Input<string>;
        readonly identityId: pulumi.Input<string>;
        readonly ready: pulumi.Resource;
    };
    /** Days that points in time can be restored, 7 to 35. */
    readonly keepDays: number;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * What commcare-cloud creates in HQ's databases; a flexible server refuses whatever is not on its list.
 *
 * @see https://github.com/dimagi/commcare-cloud/tree/master/src/commcare_cloud/ansible/roles/postgresql_base
 */
const extensions = [
    "CUBE",
    "EARTHDISTANCE",
    "FUZZYSTRMATCH",
    "HSTORE",
    "PG_STAT_STATEMENTS",
    "PG_TRGM",
    "POSTGRES_FDW",
];

const parameters: Readonly<Record<string, string>> = {
    "azure.extensions": extensions.join(","),
    "pg_qs.query_capture_mode": "top",
    log_min_duration_statement: "1000", // milliseconds, as commcare-cloud has it
};

/**
 * PostgreSQL of a flexible server: reached through a private endpoint alone, by TLS; sealed with the cluster's key;
 * its standby in another zone. It takes more connections than the plan has, whatever its size.
 *
 * @see https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private-link
 */
export function postgres(name: string, args: PostgresArgs, parent: pulumi.Resource) {
    const { where, serverName, database, zones, key } = args;
    const type = database.instanceClass ?? flexibleTypeOf(database);
    const password = rootPassword(`${name}-root`, parent);
    const [zone, other] = zones;
    const server = new postgresql.Server(
        name,
        {
            ...where,
            serverName,
            version: database.version.split(".")[0] ?? database.version,
            sku: { name: type, tier: flexibleSize(type)?.tier ?? "GeneralPurpose" },
            administratorLogin: args.user,
            administratorLoginPassword: password,
            authConfig: { passwordAuth: "Enabled", activeDirectoryAuth: "Disabled" },
            ...(zone === undefined ? {} : { availabilityZone: zone }),
            highAvailability: database.standby
                ? { mode: "ZoneRedundant", ...(other && { standbyAvailabilityZone: other }) }
                : { mode: "Disabled" },
            storage: {
                storageSizeGB: flexibleDiskGiB(database.diskGiB),
                autoGrow: "Enabled",
                type: "Premium_LRS",
            },
            backup: { backupRetentionDays: args.keepDays, geoRedundantBackup: "Disabled" },
            maintenanceWindow: {
                customWindow: "Enabled",
                dayOfWeek: 0, // Sunday
                startHour: 0,
                startMinute: 30,
            },
            network: { publicNetworkAccess: "Disabled" },
            identity: {
                type: "UserAssigned",
                userAssignedIdentities: pulumi.output(key.identityId).apply((id) => ({ [id]: {} })),
            },
            dataEncryption: {
                type: "AzureKeyVault",
                primaryKeyURI: key.uri,
                primaryUserAssignedIdentityId: key.identityId,
            },
            createMode: "Default",
            tags: { ...args.tags },
        },
        // After a failover the server is in the other zone, and nothing is to bring it back.
        {
            parent,
            protect: true,
            dependsOn: [key.ready],
            ignoreChanges: [
                "availabilityZone",
                "highAvailability.standbyAvailabilityZone",
                "storage.storageSizeGB",
            ],
        },
    );
    let before: pulumi.Resource = server;
    for (const [parameter, value] of Object.entries(parameters)) {
        // One after the other: a server takes one change at a time.
        before = new postgresql.Configuration(
            `${name}-${parameter.replaceAll(/[._]/g, "-")}`,
            {
                resourceGroupName: where.resourceGroupName,
                serverName: server.name,
                configurationName: parameter,
                source: "user-override",
                value,
            },
            { parent, dependsOn: [before] },
        );
    }
    return { server, password, ready: before };
}

/** Of three kinds of characters, which a flexible server demands, and none that a URL would have to hide. */
function rootPassword(name: string, parent: pulumi.Resource): pulumi.Output<string> {
    const kinds = { minLower: 1, minUpper: 1, minNumeric: 1, special: false };
    return pulumi.secret(new RandomPassword(name, { length: 48, ...kinds }, { parent }).result);
}
