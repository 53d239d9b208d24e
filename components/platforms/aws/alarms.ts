import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

type Alarm = Omit<
    cloudwatch.MetricAlarmArgs,
    "alarmActions" | "okActions" | "insufficientDataActions" | "tags"
>;

/** An alarm about a layer; whoever answers for that layer gets it. */
export interface DueAlarm {
    readonly noun: string;
    /** The layer that the alarm is about. */
    readonly layer: string;
    readonly hub?: string;
    /** What it means, for whoever is woken by it. */
    readonly meaning: string;
    readonly alarm: Alarm;
    /** What AWS does by itself, beside telling somebody: ARNs of its actions. */
    readonly actions?: readonly string[];
    /** Told as well when what reported stops to. Not before its first report. */
    readonly whenSilent?: true;
}

const minute = 60;

/**
 * Alarms on the disk of one hub's home directories. The metrics carry the instance beside the volume as a
 * dimension, and the disk moves between instances, so the alarm asks by a query and not by dimensions.
 *
 * How full the disk is no metric of AWS knows: that alarm belongs to the monitoring inside the cluster.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/using_cloudwatch_ebs.html
 */
export function homeAlarms(hub: string, volumeId: pulumi.Output<string>): DueAlarm[] {
    const check = (noun: string, metric: string, minutes: number, meaning: string): DueAlarm => ({
        noun: `homes-${hub}-${noun}`,
        layer: "home-storage",
        hub,
        meaning,
        alarm: {
            comparisonOperator: "GreaterThanOrEqualToThreshold",
            threshold: 1, // the check is 0 or 1
            evaluationPeriods: minutes,
            datapointsToAlarm: minutes,
            treatMissingData: "notBreaching", // a disk that is not attached reports nothing
            metricQueries: [
                {
                    id: "check",
                    label: metric,
                    expression: pulumi.interpolate`SELECT MAX(${metric}) FROM "AWS/EBS" WHERE VolumeId = '${volumeId}'`,
                    period: minute,
                    returnData: true,
                },
            ],
        },
    });
    return [
        check("stalled", "VolumeStalledIOCheck", 5, "home directories do not answer"),
        check(
            "iops",
            "VolumeIOPSExceededCheck",
            15,
            "home directories are slow: more operations than provisioned",
        ),
        check(
            "throughput",
            "VolumeThroughputExceededCheck",
            15,
            "home directories are slow: more data than provisioned",
        ),
    ];
}

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html */
export function natAlarm(zone: string, natGatewayId: pulumi.Output<string>): DueAlarm {
    return {
        noun: `nat-${zone}-ports`,
        layer: "network",
        meaning: "the NAT gateway runs out of ports: connections to one destination fail",
        alarm: {
            namespace: "AWS/NATGateway",
            metricName: "ErrorPortAllocation",
            dimensions: { NatGatewayId: natGatewayId },
            statistic: "Sum",
            period: 5 * minute,
            evaluationPeriods: 3,
            comparisonOperator: "GreaterThanThreshold",
            threshold: 0,
            treatMissingData: "notBreaching",
        },
    };
}

/**
 * What EKS reports of a cluster by itself, without an agent, from Kubernetes 1.28 on.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cloudwatch.html
 */
export function clusterAlarms(clusterName: pulumi.Output<string>): DueAlarm[] {
    const metric = (metricName: string, statistic: string, periods: number, threshold: number) => ({
        namespace: "AWS/EKS",
        metricName,
        dimensions: { ClusterName: clusterName },
        statistic,
        period: 5 * minute,
        evaluationPeriods: periods,
        comparisonOperator: "GreaterThanThreshold",
        threshold,
        treatMissingData: "notBreaching",
    });
    return [
        {
            noun: "api-errors",
            layer: "control-plane",
            meaning: "the Kubernetes API fails: more than 100 errors of its own in 5 minutes",
            alarm: metric("apiserver_request_total_5XX", "Sum", 3, 100),
        },
        {
            noun: "api-storage",
            layer: "control-plane",
            meaning:
                "the store of the Kubernetes API passes 6 of its 8 GiB; full, it takes no more writes",
            alarm: metric("apiserver_storage_size_bytes", "Maximum", 1, 6 * 2 ** 30),
        },
        {
            noun: "pending-pods",
            layer: "node-pools",
            meaning:
                "for half an hour pods find no node: a group is at its maximum, or no node starts",
            alarm: metric("scheduler_pending_pods_UNSCHEDULABLE", "Minimum", 6, 0),
        },
    ];
}
