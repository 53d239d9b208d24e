import type { AzureCommcareSpec } from "../../../model/spec";
import { globalName } from "../names";

/** What of a cluster has a name that is unique in Azure: plain strings, since commcare-cloud's files hold them. */
export interface AzureNames {
    /** Servers of PostgreSQL, by their names in the plan. */
    readonly databases: Readonly<Record<string, string>>;
    /** Of Azure Managed Redis. */
    readonly broker: string;
    /** The storage account of the shared directory. */
    readonly shared: string;
}

/** The share in it. */
export const shareName = "shared";

export function namesOf({ name, platform, workload }: AzureCommcareSpec): AzureNames {
    const { subscriptionId } = platform.azure;
    const named = (what: string) => ({ subscriptionId, clusterName: name, what });
    return {
        databases: Object.fromEntries(
            workload.plan.postgresql.map((each) => [
                each.name,
                globalName("database", named(each.name)),
            ]),
        ),
        broker: globalName("redis", named("broker")),
        shared: globalName("storageAccount", named("shared")),
    };
}

/**
 * Where Azure Managed Redis answers: its certificate names this address and no alias of ours.
 *
 * @see https://learn.microsoft.com/azure/redis/private-link
 */
export const redisHost = (cluster: string, region: string): string =>
    `${cluster}.${region}.redis.azure.net`;

/** @see https://learn.microsoft.com/azure/storage/files/storage-files-how-to-mount-nfs-shares */
export const filesHost = (account: string): string => `${account}.file.core.windows.net`;

/**
 * Where the disk of data is found: a link that Azure's agent keeps; sdb and sdc change places at a restart.
 *
 * @see https://learn.microsoft.com/troubleshoot/azure/virtual-machines/linux/troubleshoot-device-names-problems
 */
export const dataDevice = "/dev/disk/azure/scsi1/lun0";

/** What of the cluster the account with the copy of the shared directory is for, in its name. */
export const copiesAccount = "copies";
