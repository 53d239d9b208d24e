import type { S3Client } from "@aws-sdk/client-s3";
import { bucketsOf } from "../../../../components/model/checks/storage";
import { bucketName, bucketPurposes } from "../../../../components/model/commcare/bucket-names";
import type { AwsClusterSpec, AwsCommcareSpec, OnlyAws } from "../../../../components/model/spec";
import { forTarget } from "../aws-client";
import { nameOf } from "../aws-error";
import type { CloudCheck, Finding } from "../check";
import { isOurs, standing, tagMap } from "../standing";

const id = "existing-buckets";
/** A name, and what to do where it is taken. */
type Named = readonly [name: string, rename: string];

const ofHubs = ({ workload }: AwsClusterSpec): Named[] =>
    workload.jupyterhub.hubs
        .flatMap(bucketsOf)
        .map(([key, name]) => [name, `choose another name in steward:jupyterhub.hubs, ${key}`]);

const ofMachines = ({ name, platform }: AwsCommcareSpec): Named[] =>
    bucketPurposes.map((purpose) => [
        bucketName(name, purpose, platform.aws.accountId),
        "choose another steward:cluster.name, or empty that bucket and delete it",
    ]);

export const existingBucketsCheck: CloudCheck = existingBuckets(ofHubs);
export const machineBucketsCheck: CloudCheck<AwsCommcareSpec> = existingBuckets(ofMachines);

/** The names of buckets are unique in all of AWS: somebody may have taken one. */
function existingBuckets<Spec extends OnlyAws>(named: (spec: Spec) => Named[]): CloudCheck<Spec> {
    return {
        id,
        title: "Bucket names",
        needs: "region",
        async run(target) {
            const buckets = named(target.spec);
            if (buckets.length === 0)
                return [{ id, status: "ok", message: "the stack needs no bucket" }];
            const sdk = await import("@aws-sdk/client-s3");
            const client = new sdk.S3Client({ ...forTarget(target), followRegionRedirects: true });
            const owner = target.caller.accountId;
            return Promise.all(buckets.map((bucket) => look(client, bucket, owner, target.spec)));
        },
    };
}

async function look(
    client: S3Client,
    [Bucket, rename]: Named,
    ExpectedBucketOwner: string,
    { name, region }: OnlyAws,
): Promise<Finding> {
    const sdk = await import("@aws-sdk/client-s3");
    const finding = { id: `${id}.${Bucket}` };
    const input = { Bucket, ExpectedBucketOwner };
    try {
        const { BucketRegion = region } = await client.send(new sdk.HeadBucketCommand(input));
        if (BucketRegion !== region) {
            const message = `bucket ${Bucket} stands already, in ${BucketRegion}`;
            return { ...finding, status: "lacking", message, fix: rename };
        }
    } catch (error) {
        switch (statusOf(error)) {
            case 404:
                return { ...finding, status: "ok", message: `no bucket is called ${Bucket}` };
            case 403: {
                const message = `bucket ${Bucket} is somebody else's, or closed to this caller`;
                return { ...finding, status: "lacking", message, fix: rename };
            }
            default:
                throw error;
        }
    }
    const tags = await client.send(new sdk.GetBucketTaggingCommand(input)).then(
        ({ TagSet }) => tagMap(TagSet),
        (error: unknown) => {
            if (nameOf(error) !== "NoSuchTagSet") throw error;
            return {};
        },
    );
    return standing(finding.id, `bucket ${Bucket}`, isOurs(tags, name), rename);
}

/** HEAD has no body, hence no error code: the status is all there is. */
function statusOf(error: unknown): number | undefined {
    if (typeof error !== "object" || error === null || !("$metadata" in error)) return undefined;
    return (error.$metadata as { httpStatusCode?: number }).httpStatusCode;
}
