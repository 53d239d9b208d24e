/**
 * What a cluster keeps in buckets: attachments of forms, snapshots of the search index, copies that databases make of
 * themselves, released code on its way to the machines, and records of who did what.
 */
export const bucketPurposes = ["blobs", "search", "backups", "releases", "records"] as const;

export type BucketPurpose = (typeof bucketPurposes)[number];

/**
 * The name of a bucket: known before the first deploy, since commcare-cloud's files hold it. The account makes it
 * unique in all of AWS, the cluster's name in the account.
 *
 * @param cluster At most 40 characters, so that the name has at most 62 of the 63 that S3 takes.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function bucketName(cluster: string, purpose: BucketPurpose, accountId: string): string {
    return `${cluster}-${purpose}-${accountId}`;
}
