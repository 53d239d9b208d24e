/**
 * The private zone that names inside a cluster are in: `.internal` is kept free for private use.
 *
 * @see https://www.icann.org/en/board-activities-and-meetings/materials/approved-resolutions-special-meeting-of-the-icann-board-29-07-2024-en
 */
export function internalDomain(cluster: string): string {
    return `${cluster}.internal`;
}

/** The name of a machine, a balancer or a data service of the cloud inside its cluster. */
export function internalName(cluster: string, name: string): string {
    return `${name}.${internalDomain(cluster)}`;
}

/** What a machine calls itself once commcare-cloud has installed it: telling clusters apart, as logs do. */
export const hostName = (cluster: string, machine: string): string => `${machine}-${cluster}`;

/**
 * What commcare-cloud calls the directory that machines share, below /opt where it lies and below /mnt elsewhere.
 *
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/ansible/group_vars/all.yml `shared_dir_name`
 */
export const sharedName = (cluster: string): string =>
    cluster === "production" ? "shared" : `shared_${cluster}`;

/** Names of what is no machine: records of the private zone point them at the cloud's services. */
export const dataNames = {
    redis: "redis",
    redisBroker: "broker",
    sharedDirectory: "shared-efs",
} as const;
