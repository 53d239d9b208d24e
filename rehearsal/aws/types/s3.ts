import type { Props } from "../../provider/values";
import { accountId } from "../account";
import type { Admission, AwsType, Reference } from "../aws-type";
import { refuse } from "../aws-type";
import type { Problem } from "../grammar";
import { blocksAt, isGiven, numberAt, textAt, textsAt, shown } from "../look";
import { listOf, statementsOf } from "../policy-document";
import { key } from "./ec2-references";

const bucketType = "aws:s3/bucket:Bucket";
const blockType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const policyType = "aws:s3/bucketPolicy:BucketPolicy";

const bucket = (path = "bucket"): Reference => ({
    path,
    to: [bucketType],
    by: ["id", "bucket"],
    code: "NoSuchBucket",
});
const byBucket = ({ inputs }: { readonly inputs: Props }) => String(textAt(inputs, "bucket"));

/** Zones of the websites' and buckets' names. @see https://docs.aws.amazon.com/general/latest/gr/s3.html */
const hostedZones: Readonly<Record<string, string>> = {
    "us-east-1": "Z3AQBSTGFYJSTF",
    "us-east-2": "Z2O1EMRO9K5GLX",
    "us-west-1": "Z2F56UZL2M1ACD",
    "us-west-2": "Z3BJ6K6RIION7M",
    "eu-west-1": "Z1BKCTXD74EZPE",
    "eu-central-1": "Z21DNDUVLTQW6Q",
};

function isPublic(policy: string): boolean {
    return statementsOf(policy).some(
        ({ Effect: effect, Principal: principal, Condition: when }) => {
            const everyone =
                principal === "*" ||
                (typeof principal === "object" && JSON.stringify(principal).includes('"*"'));
            return effect === "Allow" && everyone && when === undefined;
        },
    );
}

function checkPolicy({ inputs, cloud }: Admission): void {
    const name = byBucket({ inputs });
    const policy = textAt(inputs, "policy") ?? "";
    const own = `arn:aws:s3:::${name}`;
    for (const { Resource: resource } of statementsOf(policy)) {
        const other = listOf(resource).find(
            (each) => each !== own && !shown(each).startsWith(`${own}/`) && each !== `${own}*`,
        );
        if (other !== undefined)
            refuse("MalformedPolicy", `policy: Policy has invalid resource ${shown(other)}`);
    }
    const block = cloud.find(blockType, name);
    if (block?.outputs["blockPublicPolicy"] === true && isPublic(policy))
        refuse("AccessDenied", `policy: public policies are blocked by the block of ${name}`);
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html */
function* lifecycleProblems(inputs: Props): Generator<Problem> {
    const ids = textsAt(inputs, "rules.id");
    const twice = ids.find((id, at) => ids.indexOf(id) !== at);
    if (twice !== undefined) yield { property: "rules", reason: `the id ${twice} is there twice` };
    const actions = [
        "abortIncompleteMultipartUpload",
        "expiration",
        "noncurrentVersionExpiration",
        "noncurrentVersionTransitions",
        "transitions",
    ];
    for (const rule of blocksAt(inputs, "rules")) {
        const name = shown(rule["id"]);
        if (!actions.some((each) => isGiven(rule, each)))
            yield {
                property: "rules",
                reason: `${name}: At least one action needs to be specified`,
            };
        const expires = numberAt(rule, "expiration.days");
        if (expires !== undefined && expires < 1)
            yield { property: "rules", reason: `${name}: expiration.days ${expires} is below 1` };
        for (const transition of blocksAt(rule, "transitions")) {
            const days = numberAt(transition, "days") ?? 0;
            const to = textAt(transition, "storageClass") ?? "";
            if (to.endsWith("_IA") && days < 30) {
                const reason = `${name}: 'Days' must be at least 30 for ${to}, not ${days}`;
                yield { property: "rules", reason };
            }
            if (expires !== undefined && expires <= days) {
                const reason = `${name}: expiration after ${expires} days is not after ${to}`;
                yield { property: "rules", reason };
            }
        }
    }
}

/** Buckets of S3 and what hangs on them. @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export const s3Types: Readonly<Record<string, AwsType>> = {
    [bucketType]: {
        autoname: {
            property: "bucket",
            maxLength: 63,
            prefixProperty: "bucketPrefix",
            lowerCase: true,
        },
        defaults: { forceDestroy: false, requestPayer: "BucketOwner", objectLockEnabled: false },
        unique: [{ by: ["bucket"], code: "BucketAlreadyExists", within: "account" }],
        id: ({ inputs }) => textAt(inputs, "bucket") ?? "",
        made: ({ id, region }) => ({
            arn: `arn:aws:s3:::${id}`,
            bucketDomainName: `${id}.s3.amazonaws.com`,
            bucketRegion: region,
            bucketRegionalDomainName: `${id}.s3.${region}.amazonaws.com`,
            hostedZoneId: hostedZones[region] ?? "",
            websiteDomain: "",
            websiteEndpoint: "",
        }),
        release({ id, outputs }) {
            const objects = numberAt(outputs, "objects") ?? 0;
            if (objects === 0 || outputs["forceDestroy"] === true) return;
            refuse(
                "BucketNotEmpty",
                `The bucket ${id} you tried to delete is not empty: ${objects} objects; move them, ` +
                    `or set forceDestroy`,
            );
        },
    },
    [policyType]: {
        documents: [{ path: "policy", kind: "resource", maxLength: 20480 }],
        references: [bucket()],
        admit: checkPolicy,
        id: byBucket,
    },
    "aws:s3/bucketVersioning:BucketVersioning": {
        references: [bucket()],
        admit({ inputs, old }) {
            const path = "versioningConfiguration.status";
            const before = old === undefined ? undefined : textAt(old.outputs, path);
            if (before !== "Enabled" || textAt(inputs, path) !== "Disabled") return;
            refuse("IllegalVersioningConfigurationException", `${path}: Suspended, not Disabled`);
        },
        id: byBucket,
    },
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
        references: [bucket()],
        defaults: { transitionDefaultMinimumObjectSize: "all_storage_classes_128K" },
        inputProblems: lifecycleProblems,
        id: byBucket,
    },
    [blockType]: {
        references: [bucket()],
        defaults: {
            blockPublicAcls: false,
            blockPublicPolicy: false,
            ignorePublicAcls: false,
            restrictPublicBuckets: false,
        },
        id: byBucket,
    },
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
        references: [
            bucket(),
            key("rules.applyServerSideEncryptionByDefault.kmsMasterKeyId", "KMS.NotFoundException"),
        ],
        *inputProblems(inputs) {
            for (const each of blocksAt(inputs, "rules.applyServerSideEncryptionByDefault")) {
                const how = textAt(each, "sseAlgorithm");
                if (how === undefined) continue;
                if (!["AES256", "aws:kms", "aws:kms:dsse"].includes(how)) {
                    const reason = `${how} is none of AES256, aws:kms, aws:kms:dsse`;
                    yield { property: "rules.sseAlgorithm", reason };
                }
                if (how === "AES256" && isGiven(each, "kmsMasterKeyId"))
                    yield { property: "rules.kmsMasterKeyId", reason: "takes aws:kms" };
            }
        },
        id: byBucket,
    },
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
        references: [bucket()],
        id: byBucket,
    },
    "aws:s3/bucketLogging:BucketLogging": {
        required: ["bucket", "targetBucket", "targetPrefix"],
        immutable: ["bucket", "expectedBucketOwner"],
        references: [
            bucket(),
            { ...bucket("targetBucket"), code: "InvalidTargetBucketForLogging" },
        ],
        id: byBucket,
        *inputProblems(inputs) {
            const owner = textAt(inputs, "expectedBucketOwner");
            if (owner !== undefined && owner !== accountId)
                yield { property: "expectedBucketOwner", reason: `${owner} does not own it` };
        },
    },
};
