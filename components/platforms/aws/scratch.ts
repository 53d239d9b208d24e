import * as iam from "@pulumi/aws/iam";
import * as s3 from "@pulumi/aws/s3";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { HubSpec } from "../../model/spec/jupyterhub";
import type { Place } from "./place";
import { podIdentity } from "./pod-identity";

export interface ObjectStorageArgs extends LayerArgs {
    readonly clusterName: string;
    readonly cluster: pulumi.Input<string>;
    readonly place: Place;
    readonly hub: string;
    readonly serviceAccount: string;
    readonly scratch: HubSpec["scratch"];
}

/**
 * The object storage layer on AWS: the cloud identity of one hub's users, and their scratch bucket.
 *
 * All users of a hub share one identity, so the bucket is shared too: its prefixes are a convention, not a
 * boundary. What a user must keep from the others belongs in the home directory.
 */
export class ObjectStorage extends Layer {
    readonly bucket: pulumi.Output<string> | undefined;
    /** What must stand before a user's server starts, or it has no identity. */
    readonly ready: readonly pulumi.Resource[];

    readonly #name: string;

    constructor(name: string, args: ObjectStorageArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:ObjectStorage", name, args, opts);
        this.#name = name;
        const { clusterName, cluster, hub, serviceAccount, place, scratch } = args;

        const identity = podIdentity(
            `${name}-users`,
            {
                clusterName,
                cluster,
                namespace: hub,
                serviceAccount,
                description: `Users of ${hub} in ${clusterName}`,
                tags: this.tags(),
            },
            { parent: this },
        );
        this.ready = identity.ready;
        this.bucket = scratch === undefined ? undefined : this.#scratch(scratch, args);
        if (scratch !== undefined) {
            new iam.RolePolicy(
                `${name}-users`,
                { role: identity.role.name, policy: usesBucket(bucketArn(place, scratch.bucket)) },
                { parent: this },
            );
        }
        this.registerOutputs();
    }

    #scratch(
        { bucket: bucketName, deleteAfterDays }: NonNullable<HubSpec["scratch"]>,
        { place }: ObjectStorageArgs,
    ): pulumi.Output<string> {
        // Not versioned: what is deleted after some days should be gone then, and not billed for longer. Once
        // the bucket is released from its protection it goes with what is in it, days before it would anyway.
        const bucket = new s3.Bucket(
            `${this.#name}-scratch`,
            { bucket: bucketName, forceDestroy: true, tags: this.tags() },
            { parent: this, protect: true },
        );
        const under = { parent: this };
        new s3.BucketOwnershipControls(
            `${this.#name}-scratch`,
            { bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } },
            under,
        );
        const closed = new s3.BucketPublicAccessBlock(
            `${this.#name}-scratch`,
            {
                bucket: bucket.id,
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            },
            under,
        );
        // S3's own key: scratch data lives for days, and a customer key would bill every request of a dask job.
        new s3.BucketServerSideEncryptionConfiguration(
            `${this.#name}-scratch`,
            {
                bucket: bucket.id,
                rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
            },
            under,
        );
        new s3.BucketLifecycleConfiguration(
            `${this.#name}-scratch`,
            {
                bucket: bucket.id,
                rules: [
                    {
                        id: "delete-scratch",
                        status: "Enabled",
                        filter: { prefix: "" },
                        expiration: { days: deleteAfterDays },
                        abortIncompleteMultipartUpload: { daysAfterInitiation: deleteAfterDays },
                    },
                ],
            },
            under,
        );
        new s3.BucketPolicy(
            `${this.#name}-scratch`,
            { bucket: bucket.id, policy: refusesPlainHttp(bucketArn(place, bucketName)) },
            { parent: this, dependsOn: [closed] },
        );
        return bucket.bucket;
    }
}

const bucketArn = ({ partition }: Place, bucket: string): string =>
    `arn:${partition}:s3:::${bucket}`;

function usesBucket(arn: string): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
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
        ],
    });
}

function refusesPlainHttp(arn: string): string {
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
        ],
    });
}
