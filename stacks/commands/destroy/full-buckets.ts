import type { Problem } from "../../../components/model/problem";
import type { StateResource } from "../../../policies/report/state";
import { inRegion } from "../doctor/aws-client";
import { nameOf } from "../doctor/aws-error";
import type { Caller } from "../doctor/check";
import { wordEc2 } from "./look";
import type { Whereabouts } from "./whereabouts";

/**
 * Buckets that S3 would refuse to delete when half of the cluster is gone: they hold something, and the stack lets
 * nothing go with them. Released data is not emptied for anybody: of a bucket there is no last copy.
 *
 * @returns a problem for each, and for one that could not be looked into; none for one that is gone. Never rejects.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html
 */
export async function fullBuckets(
    resources: readonly StateResource[],
    { region }: Pick<Whereabouts, "region">,
    { credentials }: Pick<Caller, "credentials">,
): Promise<Problem[]> {
    const ids = resources
        .filter(({ type, inputs }) => type === bucketType && inputs["forceDestroy"] !== true)
        .flatMap(({ id }) => id ?? []);
    if (ids.length === 0) return [];
    const sdk = await import("@aws-sdk/client-s3");
    const client = new sdk.S3Client({ ...inRegion(region), credentials });
    const problems: Problem[] = [];
    for (const Bucket of ids) {
        const path = `bucket ${Bucket}`;
        try {
            const { Versions = [], DeleteMarkers = [] } = await client.send(
                new sdk.ListObjectVersionsCommand({ Bucket, MaxKeys: 1 }),
            );
            if (Versions.length + DeleteMarkers.length === 0) continue;
            const message = "holds objects, which S3 deletes with no bucket; nothing was deleted";
            const fix =
                "keep what is wanted elsewhere, empty it, old versions too, and run this again";
            problems.push({ path, message, fix });
        } catch (error) {
            if (nameOf(error) !== "NoSuchBucket") problems.push(wordEc2(error, path));
        }
    }
    return problems;
}

const bucketType = "aws:s3/bucket:Bucket";
