import { Database, Server } from "@pulumi/azure-native/dbforpostgresql";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { globalName } from "./names";
import type { Place } from "./place";

export interface FlexibleServerArgs {
    readonly place: Place;
    readonly resourceGroupName: pulumi.Input<string>;
    /** What of the cluster it is of, in its name. */
    readonly what: string;
    /** PostgreSQL's major version. */
    readonly version: string;
    /** Such as Standard_B1ms. */
    readonly vmSize: string;
    readonly sizeGiB: number;
    readonly zone: string;
    /** Where a second server stands by; none without. */
    readonly standbyZone: string | undefined;
    /** Days of backups to any second. */
    readonly keepDays: number;
    /** The first user. */
    readonly user: string;
    readonly tags: Readonly<Record<string, string>>;
}

export const postgresPort = 5432;

const tiers: Readonly<Record<string, string>> = {
    B: "Burstable",
    D: "GeneralPurpose",
    E: "MemoryOptimized",
};

/**
 * A PostgreSQL server that answers in the network alone, by an endpoint that whoever makes it adds. TLS is demanded, as
 * the service does by itself; the password is one of ours, see docs/adr/0012-what-a-hub-keeps.md.
 *
 * @see https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private-link
 */
export function flexibleServer(
    name: string,
    args: FlexibleServerArgs,
    parent: pulumi.Resource,
): { server: Server; password: pulumi.Output<string> } {
    const { place, resourceGroupName, vmSize, standbyZone, tags } = args;
    const password = strongPassword(`${name}-password`, parent);
    const server = new Server(
        `${name}-server`,
        {
            resourceGroupName,
            location: place.location,
            serverName: globalName("database", { ...place, what: args.what }),
            version: args.version,
            sku: {
                name: vmSize,
                tier: tiers[vmSize.charAt("Standard_".length)] ?? "GeneralPurpose",
            },
            administratorLogin: args.user,
            administratorLoginPassword: password,
            authConfig: { activeDirectoryAuth: "Disabled", passwordAuth: "Enabled" },
            storage: { storageSizeGB: args.sizeGiB, autoGrow: "Enabled" },
            backup: { backupRetentionDays: args.keepDays, geoRedundantBackup: "Disabled" },
            ...(standbyZone === undefined
                ? {}
                : {
                      highAvailability: {
                          mode: "ZoneRedundant",
                          standbyAvailabilityZone: standbyZone,
                      },
                  }),
            availabilityZone: args.zone,
            network: { publicNetworkAccess: "Disabled" },
            maintenanceWindow: {
                customWindow: "Enabled",
                dayOfWeek: 2, // Tuesday
                startHour: 9,
                startMinute: 0,
            },
            tags,
        },
        {
            parent,
            protect: true,
            // After a failover it stands in the other zone; and the disk grows by itself.
            ignoreChanges: [
                "availabilityZone",
                "highAvailability.standbyAvailabilityZone",
                "storage.storageSizeGB",
            ],
        },
    );
    return { server, password };
}

/** Azure wants three kinds of characters: small letters, capitals and digits, which no connection has to escape. */
function strongPassword(name: string, parent: pulumi.Resource): pulumi.Output<string> {
    const { result } = new RandomPassword(
        name,
        { length: 40, minLower: 4, minUpper: 4, minNumeric: 4, special: false },
        { parent },
    );
    return pulumi.secret(result);
}

/** One database of a server. */
export function database(
    name: string,
    {
        resourceGroupName,
        server,
        called,
    }: {
        readonly resourceGroupName: pulumi.Input<string>;
        readonly server: Server;
        readonly called: string;
    },
    parent: pulumi.Resource,
): Database {
    return new Database(
        `${name}-database`,
        {
            resourceGroupName,
            serverName: server.name,
            databaseName: called,
            charset: "UTF8",
            collation: "en_US.utf8",
        },
        { parent, protect: true },
    );
}
