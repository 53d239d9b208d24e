import type * as s3 from "@pulumi/aws/s3";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { HubSpec } from "../../model/spec/jupyterhub";
import { bucketArn, closedBucket } from "./bucket";
import type { Place } from "./place";

export interface AccessLogsArgs extends LayerArgs {
    readonly place: Place;
    readonly accessLogs: NonNullable<HubSpec["accessLogs"]>;
}

/**
 * The part of the object storage layer in which S3 writes down who read and wrote what: a component of its own,
 * because the datasets are logged there and the users' identity reads them. Under S3's own key: the service that
 * delivers the lines knows no other unless it is let use it, and they hold names, no data.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export class AccessLogs extends Layer {
    readonly bucket: s3.Bucket;

    constructor(name: string, args: AccessLogsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:AccessLogs", name, args, opts);
        const { place, accessLogs } = args;
        const { bucket, deleteAfterDays: days } = accessLogs;
        this.bucket = closedBucket(
            `${name}-logs`,
            {
                place,
                bucket,
                versioned: false,
                forceDestroy: true,
                lifecycle: [
                    {
                        id: "delete-logs",
                        expiration: { days },
                        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
                    },
                ],
                admits: [
                    {
                        Sid: "TakesLogs",
                        Effect: "Allow",
                        Principal: { Service: "logging.s3.amazonaws.com" },
                        Action: "s3:PutObject",
                        Resource: `${bucketArn(place, bucket)}/*`,
                        Condition: { StringEquals: { "aws:SourceAccount": place.accountId } },
                    },
                ],
                tags: this.tags(),
            },
            this,
        );
        this.registerOutputs();
    }
}
