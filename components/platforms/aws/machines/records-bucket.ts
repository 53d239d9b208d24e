import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { bucketName } from "../../../model/commcare/bucket-names";
import { bucketArn, closedBucket } from "../bucket";
import type { Statement } from "../key-policy";
import type { Place } from "../place";

export interface RecordsBucketArgs extends LayerArgs {
    readonly clusterName: string;
    readonly place: Place;
}

/** Days that records are kept: a year, and the month in which somebody asks for it. */
const keepDays = 400;

/**
 * The bucket that takes what services of the cloud write down: the trail, AWS Config, the load balancer. Wait for
 * the whole component: a service tries whether it may write as soon as it is told where.
 */
export class RecordsBucket extends Layer {
    readonly bucket: pulumi.Output<string>;

    constructor(name: string, args: RecordsBucketArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:RecordsBucket", name, args, opts);
        const { clusterName, place } = args;
        const bucket = bucketName(clusterName, "records", place.accountId);
        this.bucket = closedBucket(
            `${name}-records`,
            {
                place,
                bucket,
                tags: this.tags({ Name: `${clusterName}-records` }),
                // S3's own key: the load balancer writes to no other.
                versioned: true,
                // Released, it goes with what is in it: its writers fill it until they are deleted themselves.
                forceDestroy: true,
                lifecycle: [
                    {
                        id: "delete-records",
                        expiration: { days: keepDays },
                        noncurrentVersionExpiration: { noncurrentDays: 30 },
                        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
                    },
                ],
                admits: writers(place, bucketArn(place, bucket)),
            },
            this,
        ).bucket;
        this.registerOutputs({ bucket: this.bucket });
    }
}

/**
 * Who may write to the bucket, each below its own prefix and for this account alone.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 * @see https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
function writers({ accountId }: Place, arn: string): Statement[] {
    const ofAccount = { StringEquals: { "aws:SourceAccount": accountId } };
    const services = [
        ["CloudTrail", "cloudtrail.amazonaws.com", "trail"],
        ["Config", "config.amazonaws.com", "config"],
    ] as const;
    return [
        ...services.flatMap(([sid, service, prefix]) => [
            {
                Sid: `Looks${sid}`,
                Effect: "Allow",
                Principal: { Service: service },
                Action: ["s3:GetBucketAcl", "s3:ListBucket"],
                Resource: arn,
                Condition: ofAccount,
            },
            {
                Sid: `Writes${sid}`,
                Effect: "Allow",
                Principal: { Service: service },
                Action: "s3:PutObject",
                Resource: `${arn}/${prefix}/AWSLogs/${accountId}/*`,
                Condition: ofAccount,
            },
        ]),
        {
            Sid: "WritesBalancer",
            Effect: "Allow",
            Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: `${arn}/site/AWSLogs/${accountId}/*`,
        },
    ];
}
