import type * as s3 from "@pulumi/aws/s3";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { DatasetSpec } from "../../model/spec/jupyterhub-buckets";
import { bucketArn, closedBucket } from "./bucket";
import { dataKey } from "./data-key";
import type { Statement } from "./key-policy";
import type { ReadableData } from "./object-storage";
import type { Place } from "./place";
import { writesBucket } from "./user-policy";

export interface DatasetsArgs extends LayerArgs {
    readonly clusterName: string;
    readonly place: Place;
    readonly hub: string;
    /** At least one. */
    readonly datasets: readonly DatasetSpec[];
    readonly logsTo: s3.Bucket | undefined;
}

/**
 * The datasets layer on AWS: buckets of data that somebody prepares and all users of a hub read. Whoever answers
 * for the data answers for its key; what was deleted or overwritten can be had back for some days.
 */
export class Datasets extends Layer {
    readonly data: readonly ReadableData[];

    constructor(name: string, args: DatasetsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:Datasets", name, args, opts);
        const { clusterName, place, hub, datasets, logsTo } = args;

        const description = `Datasets of ${hub} in ${clusterName}`;
        const tags = this.tags({ Name: `${clusterName}-${hub}-datasets` });
        const editors = [...new Set(datasets.flatMap((dataset) => dataset.editors))];
        const further = editors.length === 0 ? [] : [sealsForEditors(place, editors)];
        const key = dataKey(name, { place, description, tags, further }, this);
        this.data = datasets.map((dataset) => {
            closedBucket(
                `${name}-${dataset.bucket}`,
                {
                    place,
                    bucket: dataset.bucket,
                    keyArn: key.arn,
                    versioned: true,
                    forceDestroy: false,
                    lifecycle: [
                        {
                            id: "delete-versions",
                            noncurrentVersionExpiration: {
                                noncurrentDays: dataset.keepVersionsDays,
                            },
                            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
                        },
                    ],
                    admits: editsBucket(place, dataset),
                    logsTo,
                    tags: this.tags(),
                },
                this,
            );
            return { bucket: dataset.bucket, keyArn: key.arn };
        });
        this.registerOutputs();
    }
}

function editsBucket(place: Place, { bucket, editors }: DatasetSpec): readonly Statement[] {
    if (editors.length === 0) return [];
    return writesBucket(bucketArn(place, bucket)).map((statement, at) => ({
        Sid: ["ListsByEditors", "EditsByEditors"][at],
        ...statement,
        Principal: { AWS: editors },
    }));
}

/** Lets editors seal what they bring, through S3 alone. */
function sealsForEditors({ region }: Place, editors: readonly string[]): Statement {
    return {
        Sid: "SealsForEditors",
        Effect: "Allow",
        Principal: { AWS: editors },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: "*",
        Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
    };
}
