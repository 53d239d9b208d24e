import type * as ec2 from "@pulumi/aws/ec2";
import type { DueAlarm } from "../alarms";
import type { Place } from "../place";

const minute = 60;

/**
 * What AWS sees of a machine from outside. One whose host fails is started on another host; one that does not
 * answer itself is restarted. Whoever answers for its layer is told of both, and of a processor that has been busy
 * for half an hour.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/UsingAlarmActions.html
 */
export function machineAlarms(
    host: string,
    layer: string,
    { id }: ec2.Instance,
    { partition, region }: Place,
): DueAlarm[] {
    const metric = (metricName: string, periods: number, threshold: number, period: number) => ({
        namespace: "AWS/EC2",
        metricName,
        dimensions: { InstanceId: id },
        statistic: metricName === "CPUUtilization" ? "Average" : "Maximum",
        period,
        evaluationPeriods: periods,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        threshold,
        treatMissingData: "missing", // a machine that is stopped reports nothing
    });
    const automate = (action: string) => [`arn:${partition}:automate:${region}:ec2:${action}`];
    return [
        {
            noun: `${host}-host`,
            layer,
            meaning: `the host of ${host} failed; AWS starts it on another one`,
            alarm: metric("StatusCheckFailed_System", 2, 1, minute),
            actions: automate("recover"),
        },
        {
            noun: `${host}-system`,
            layer,
            meaning: `${host} does not answer; AWS restarts it`,
            alarm: metric("StatusCheckFailed_Instance", 5, 1, minute),
            actions: automate("reboot"),
        },
        {
            noun: `${host}-busy`,
            layer,
            meaning: `the processors of ${host} have been busy for half an hour`,
            alarm: metric("CPUUtilization", 6, 90, 5 * minute),
        },
    ];
}
