import * as iam from "@pulumi/aws/iam";
import type * as kms from "@pulumi/aws/kms";
import type * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { HubSpec } from "../../model/spec/jupyterhub";
import { bucketArn, closedBucket } from "./bucket";
import { dataKey } from "./data-key";
import type { Statement } from "./key-policy";
import type { Place } from "./place";
import { podIdentity } from "./pod-identity";
import { grantsKeys, readsBucket, writesBucket } from "./user-policy";

/** Buckets that users may read, whose key another layer keeps. */
export interface ReadableData {
    readonly bucket: string;
    readonly keyArn: pulumi.Input<string>;
}

export interface ObjectStorageArgs extends LayerArgs {
    readonly clusterName: string;
    readonly cluster: pulumi.Input<string>;
    readonly place: Place;
    readonly hub: HubSpec;
    readonly serviceAccount: string;
    /** Who read and wrote what goes there. */
    readonly logsTo: s3.Bucket | undefined;
    readonly datasets: readonly ReadableData[];
}

/**
 * The object storage layer on AWS: the cloud identity of one hub's users, and their buckets.
 *
 * All users of a hub share one identity, so the buckets are shared too: their prefixes are a convention, not a
 * boundary. What a user must keep from the others belongs in the home directory.
 */
export class ObjectStorage extends Layer {
    /** What must stand before a user's server starts, or it has no identity. */
    readonly ready: readonly pulumi.Resource[];

    readonly #name: string;

    constructor(name: string, args: ObjectStorageArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:ObjectStorage", name, args, opts);
        this.#name = name;
        const { clusterName, cluster, hub, serviceAccount, place } = args;

        const identity = podIdentity(
            `${name}-users`,
            {
                clusterName,
                cluster,
                namespace: hub.name,
                serviceAccount,
                description: `Users of ${hub.name} in ${clusterName}`,
                tags: this.tags(),
            },
            { parent: this },
        );
        this.ready = identity.ready;
        if (hub.scratch !== undefined) this.#scratch(hub.scratch, place);
        const persistent = hub.persistent && this.#persistent(hub.persistent, args);

        const policy = userPolicy(args, persistent?.key);
        if (policy !== undefined) {
            new iam.RolePolicy(
                `${name}-users`,
                { role: identity.role.name, policy },
                { parent: this },
            );
        }
        this.registerOutputs();
    }

    #scratch(
        { bucket, deleteAfterDays: days }: NonNullable<HubSpec["scratch"]>,
        place: Place,
    ): s3.Bucket {
        const name = `${this.#name}-scratch`;
        return closedBucket(
            name,
            {
                place,
                bucket,
                // S3's own key: scratch data lives for days, and a customer key would bill every request of a
                // dask job. Not versioned: what is deleted after some days should be gone then, and not billed
                // for longer. Once the bucket is released from its protection it goes with what is in it, days
                // before it would anyway.
                versioned: false,
                forceDestroy: true,
                lifecycle: [
                    {
                        id: "delete-scratch",
                        expiration: { days },
                        abortIncompleteMultipartUpload: { daysAfterInitiation: days },
                    },
                ],
                tags: this.tags(),
            },
            this,
        );
    }

    #persistent(
        { bucket, deleteAfterDays, keepVersionsDays }: NonNullable<HubSpec["persistent"]>,
        { clusterName, place, hub, logsTo }: ObjectStorageArgs,
    ): { bucket: s3.Bucket; key: kms.Key } {
        const description = `Kept objects of ${hub.name} in ${clusterName}`;
        const tags = this.tags({ Name: `${clusterName}-${hub.name}-persistent` });
        const key = dataKey(this.#name, { place, description, tags }, this);
        const made = closedBucket(
            `${this.#name}-persistent`,
            {
                place,
                bucket,
                keyArn: key.arn,
                versioned: true,
                forceDestroy: false,
                lifecycle: [
                    {
                        id: "delete-versions",
                        ...(deleteAfterDays === undefined
                            ? {}
                            : { expiration: { days: deleteAfterDays } }),
                        noncurrentVersionExpiration: { noncurrentDays: keepVersionsDays },
                        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
                    },
                ],
                logsTo,
                tags,
            },
            this,
        );
        return { bucket: made, key };
    }
}

/** What users may do in the cloud, or undefined where it is nothing. */
function userPolicy(
    { place, hub, datasets }: ObjectStorageArgs,
    key: kms.Key | undefined,
): pulumi.Input<string> | undefined {
    const { scratch, persistent, cloudPermissions } = hub;
    const statements: Statement[] = [
        ...[scratch, persistent].flatMap((own) =>
            own === undefined ? [] : writesBucket(bucketArn(place, own.bucket)),
        ),
        ...[...cloudPermissions.readBuckets, ...datasets.map(({ bucket }) => bucket)].flatMap(
            (bucket) => readsBucket(bucketArn(place, bucket)),
        ),
        ...cloudPermissions.statements.map(({ actions, resources }) => ({
            Effect: "Allow",
            Action: actions,
            Resource: resources,
        })),
    ];
    const keys = { write: key === undefined ? [] : [key.arn], read: datasets.map((d) => d.keyArn) };
    if (keys.write.length + keys.read.length === 0) {
        return statements.length === 0 ? undefined : document(statements);
    }
    return pulumi
        .all([pulumi.all(keys.write), pulumi.all([...new Set(keys.read)])])
        .apply(([write, read]) => document([...statements, ...grantsKeys(write, read)]));
}

const document = (statements: readonly Statement[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
