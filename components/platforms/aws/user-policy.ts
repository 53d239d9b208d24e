import type { Statement } from "./key-policy";

/** Reads, writes and deletes what is in a bucket; its settings stay the operators'. */
export function writesBucket(arn: string): readonly Statement[] {
    return [
        {
            Effect: "Allow",
            Action: ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:GetBucketLocation"],
            Resource: arn,
        },
        {
            Effect: "Allow",
            Action: [
                "s3:GetObject",
                "s3:PutObject",
                "s3:DeleteObject",
                "s3:AbortMultipartUpload",
                "s3:ListMultipartUploadParts",
            ],
            Resource: `${arn}/*`,
        },
    ];
}

/** Reads what is in a bucket, whose owner may be another account and must let this one in. */
export function readsBucket(arn: string): readonly Statement[] {
    return [
        { Effect: "Allow", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: arn },
        { Effect: "Allow", Action: ["s3:GetObject"], Resource: `${arn}/*` },
    ];
}

/**
 * Opens and seals what S3 keeps under customer keys.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function grantsKeys(write: readonly string[], read: readonly string[]): Statement[] {
    const statements = [
        { Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: write },
        { Action: ["kms:Decrypt"], Resource: read },
    ];
    return statements
        .filter(({ Resource }) => Resource.length > 0)
        .map((statement) => ({ Effect: "Allow", ...statement }));
}
