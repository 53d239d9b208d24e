import type { DueAlarm } from "./alarms";

/** The topic that Alertmanager writes a sign of life to. Nobody reads it: it is counted. */
export function lifeSignTopic(clusterName: string): string {
    return `${clusterName}-life-sign`;
}

/**
 * The dead man's watch: no sign of life for half an hour. It stands outside the cluster and passes the whole way of
 * an alert, from Prometheus by Alertmanager and its identity to SNS. At the first deploy it fires until the
 * monitoring runs, and so is tried once.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
 */
export function lifeSignAlarm(clusterName: string): DueAlarm {
    return {
        noun: "life-sign",
        layer: "monitoring-alerts",
        meaning: "the monitoring inside the cluster is silent: no alert of it would arrive",
        alarm: {
            namespace: "AWS/SNS",
            metricName: "NumberOfMessagesPublished",
            dimensions: { TopicName: lifeSignTopic(clusterName) },
            statistic: "Sum",
            period: 600,
            evaluationPeriods: 3,
            comparisonOperator: "LessThanThreshold",
            threshold: 1,
            treatMissingData: "breaching", // silence is what it is for
        },
    };
}
