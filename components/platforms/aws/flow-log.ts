import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsSpec } from "../../model/spec/aws";
import { keyPolicy, sealsLogs } from "./key-policy";
import type { Place } from "./place";

export type FlowLogArgs = AwsSpec["network"]["flowLogs"] & {
    readonly clusterName: string;
    readonly place: Place;
    readonly vpcId: pulumi.Input<string>;
    readonly tags: Readonly<Record<string, string>>;
};

/**
 * Writes down who talked to whom in a VPC, sealed and for as long as the stack file says. The role may write to
 * this log group and to no other, and may not make it anew: a record that is still on its way when the group is
 * deleted would leave one without owner, key and end.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export function flowLog(name: string, args: FlowLogArgs, parent: pulumi.Resource): void {
    const { clusterName, place, vpcId, keepDays, traffic, tags } = args;
    const under = { parent };
    const logGroupName = flowLogGroup(clusterName);
    const key = new kms.Key(
        `${name}-key`,
        {
            description: `Flow log of ${clusterName}`,
            enableKeyRotation: true,
            deletionWindowInDays: 30,
            policy: keyPolicy(place, sealsLogs(place, logGroupName)),
            tags,
        },
        under,
    );
    const logs = new cloudwatch.LogGroup(
        `${name}-logs`,
        { name: logGroupName, retentionInDays: keepDays, kmsKeyId: key.arn, tags },
        under,
    );
    const role = new iam.Role(
        `${name}-role`,
        {
            description: `Writes the flow log of ${clusterName}`,
            assumeRolePolicy: trust(place),
            tags,
        },
        under,
    );
    const policy = new iam.RolePolicy(
        `${name}-writes`,
        { role: role.name, policy: writes(place, logGroupName) },
        under,
    );
    new ec2.FlowLog(
        name,
        {
            vpcId,
            trafficType: traffic === "all" ? "ALL" : "REJECT",
            logDestinationType: "cloud-watch-logs",
            logDestination: logs.arn,
            iamRoleArn: role.arn,
            maxAggregationInterval: 600, // seconds; Nitro machines report every minute anyway
            tags,
        },
        { parent, dependsOn: [policy] },
    );
}

/** The log group of a cluster's flow log; its name stands in the policy of its key. */
export function flowLogGroup(clusterName: string): string {
    return `/aws/vpc/${clusterName}/flow-log`;
}

function trust({ partition, region, accountId }: Place): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: { Service: "vpc-flow-logs.amazonaws.com" },
                Action: "sts:AssumeRole",
                Condition: {
                    StringEquals: { "aws:SourceAccount": accountId },
                    ArnLike: {
                        "aws:SourceArn": `arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/*`,
                    },
                },
            },
        ],
    });
}

function writes({ partition, region, accountId }: Place, logGroup: string): string {
    const groups = `arn:${partition}:logs:${region}:${accountId}:log-group`;
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                Resource: `${groups}:${logGroup}:*`,
            },
            // The service looks for its group among all; a list is all that this lets it read.
            { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: `${groups}:*` },
        ],
    });
}
