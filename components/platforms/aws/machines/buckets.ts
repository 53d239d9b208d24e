import { createHash } from "node:crypto";
import type { Place } from "../place";

/**
 * What a cluster keeps in buckets: attachments of forms, copies that databases make of themselves, released code
 * on its way to the machines, and records of who did what.
 */
export const bucketPurposes = ["blobs", "backups", "releases", "records"] as const;

export type BucketPurpose = (typeof bucketPurposes)[number];

/**
 * The name of a bucket: known before the first deploy, since commcare-cloud's files hold it, and unique in all of
 * AWS by eight digits that follow from account and region.
 *
 * @param cluster At most 40 characters, so that the name has at most 59 of the 63 that S3 takes.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function bucketName(
    { accountId, region }: Pick<Place, "accountId" | "region">,
    cluster: string,
    purpose: BucketPurpose,
): string {
    const digits = createHash("sha256").update(`${accountId} ${region}`).digest("hex").slice(0, 8);
    return `${cluster}-${purpose}-${digits}`;
}
