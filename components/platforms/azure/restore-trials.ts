import { ask, inTurn, scheduled } from "./workflows";

/** Early on Sundays, hours after the copies of the night. */
const sundays = (hourUtc: number) =>
    ({ every: "Week", on: "Sunday", hourUtc: (hourUtc + 4) % 24 }) as const;

export interface DiskTrial {
    /** The id of the disk under protection in its vault. */
    readonly instanceId: string;
    /** The id of the resource group that is for trials and nothing else. */
    readonly groupId: string;
    readonly location: string;
    /** Of the disk that is restored and deleted again. */
    readonly name: string;
}

const backups = "api-version=2025-01-01";

/**
 * The newest copy of a disk is restored as another disk, looked at, and deleted.
 *
 * @see https://learn.microsoft.com/rest/api/dataprotection/backup-instances/trigger-restore
 * @see https://learn.microsoft.com/azure/logic-apps/workflow-definition-language-functions-reference#sort
 */
export function diskTrial(
    hourUtc: number,
    { instanceId, groupId, location, name }: DiskTrial,
): object {
    const disk = `${groupId}/providers/Microsoft.Compute/disks/${name}`;
    // `sort` takes the name of a property, and no path to one.
    const flat = {
        from: "@body('copies')?['value']",
        select: { name: "@item()?['name']", at: "@item()?['properties']?['recoveryPointTime']" },
    };
    const newest = "@{last(sort(body('flat'), 'at'))?['name']}";
    const target = {
        objectType: "Datasource",
        resourceID: disk,
        resourceUri: disk,
        resourceName: name,
        resourceLocation: location,
        resourceType: "Microsoft.Compute/disks",
        datasourceType: "Microsoft.Compute/disks",
    };
    return scheduled(
        sundays(hourUtc),
        inTurn([
            ["copies", ask("GET", `${instanceId}/recoveryPoints?${backups}`)],
            ["flat", { type: "Select", inputs: flat }],
            [
                "restore",
                ask("POST", `${instanceId}/restore?${backups}`, {
                    body: {
                        objectType: "AzureBackupRecoveryPointBasedRestoreRequest",
                        sourceDataStoreType: "OperationalStore",
                        recoveryPointId: newest,
                        restoreTargetInfo: {
                            objectType: "RestoreTargetInfo",
                            recoveryOption: "FailIfExists",
                            restoreLocation: location,
                            datasourceInfo: target,
                        },
                    },
                }),
            ],
            ["look", ask("GET", `${disk}?api-version=2024-03-02`)],
            ["delete", ask("DELETE", `${disk}?api-version=2024-03-02`)],
        ]),
    );
}

export interface DatabaseTrial {
    /** The id of the flexible server. */
    readonly serverId: string;
    readonly groupId: string;
    readonly location: string;
    readonly name: string;
}

/**
 * A flexible server as it was an hour ago is restored as another one, closed to everybody, and deleted.
 *
 * @see https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-backup-restore
 */
export function databaseTrial(
    hourUtc: number,
    { serverId, groupId, location, name }: DatabaseTrial,
): object {
    const server = `${groupId}/providers/Microsoft.DBforPostgreSQL/flexibleServers/${name}`;
    const version = "api-version=2025-08-01";
    return scheduled(
        sundays(hourUtc),
        inTurn([
            [
                "restore",
                ask("PUT", `${server}?${version}`, {
                    body: {
                        location,
                        properties: {
                            createMode: "PointInTimeRestore",
                            sourceServerResourceId: serverId,
                            pointInTimeUTC: "@{addHours(utcNow(), -1)}",
                            network: { publicNetworkAccess: "Disabled" },
                        },
                    },
                }),
            ],
            ["look", ask("GET", `${server}/databases?${version}`)],
            ["delete", ask("DELETE", `${server}?${version}`)],
        ]),
    );
}
