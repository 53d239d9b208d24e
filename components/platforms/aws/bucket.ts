import * as s3 from "@pulumi/aws/s3";
import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "./key-policy";
import type { Place } from "./place";

export interface BucketArgs {
    readonly place: Place;
    /** Unique in all of AWS. */
    readonly bucket: string;
    readonly tags: Readonly<Record<string, string>>;
    /** The key that seals it; without one it is S3's own. */
    readonly keyArn?: pulumi.Input<string>;
    readonly versioned: boolean;
    readonly lifecycle: readonly LifecycleRule[];
    /** Whether what is in it goes with it, once it is released from its protection. */
    readonly forceDestroy: boolean;
    /** Who may do what besides those whom their own policies let. */
    readonly admits?: readonly Statement[];
    /** The bucket that tells who read and wrote what. */
    readonly logsTo?: s3.Bucket | undefined;
}

/** One rule of a lifecycle, for all objects. */
export interface LifecycleRule {
    readonly id: string;
    readonly expiration?: { readonly days: number };
    readonly noncurrentVersionExpiration?: { readonly noncurrentDays: number };
    readonly abortIncompleteMultipartUpload?: { readonly daysAfterInitiation: number };
}

export const bucketArn = ({ partition }: Place, bucket: string): string =>
    `arn:${partition}:s3:::${bucket}`;

/** A bucket that is owned, protected, sealed, closed to the public and to plain HTTP, and forgets as it is told. */
export function closedBucket(name: string, args: BucketArgs, parent: pulumi.Resource): s3.Bucket {
    const { place, keyArn, versioned, lifecycle, forceDestroy, admits = [], logsTo, tags } = args;
    const bucket = new s3.Bucket(
        name,
        { bucket: args.bucket, forceDestroy, tags },
        { parent, protect: true },
    );
    const under = { parent };
    new s3.BucketOwnershipControls(
        name,
        { bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } },
        under,
    );
    const closed = new s3.BucketPublicAccessBlock(
        name,
        {
            bucket: bucket.id,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        },
        under,
    );
    new s3.BucketServerSideEncryptionConfiguration(
        name,
        { bucket: bucket.id, rules: [sealing(keyArn)] },
        under,
    );
    const versions = versioned
        ? [
              new s3.BucketVersioning(
                  name,
                  { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
                  under,
              ),
          ]
        : [];
    new s3.BucketLifecycleConfiguration(
        name,
        {
            bucket: bucket.id,
            rules: lifecycle.map((rule) => ({
                ...rule,
                status: "Enabled",
                filter: { prefix: "" },
            })),
        },
        { parent, dependsOn: versions },
    );
    new s3.BucketPolicy(
        name,
        { bucket: bucket.id, policy: policyOf(bucketArn(place, args.bucket), admits) },
        { parent, dependsOn: [closed] },
    );
    if (logsTo !== undefined) {
        new s3.BucketLogging(
            name,
            { bucket: bucket.id, targetBucket: logsTo.id, targetPrefix: `${args.bucket}/` },
            under,
        );
    }
    return bucket;
}

/** A customer key with a key per bucket, which asks KMS a hundredth as often. */
function sealing(keyArn: pulumi.Input<string> | undefined) {
    return keyArn === undefined
        ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
        : {
              applyServerSideEncryptionByDefault: {
                  sseAlgorithm: "aws:kms",
                  kmsMasterKeyId: keyArn,
              },
              bucketKeyEnabled: true,
          };
}

function policyOf(arn: string, admits: readonly Statement[]): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "RefusesPlainHttp",
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: [arn, `${arn}/*`],
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
            ...admits,
        ],
    });
}
