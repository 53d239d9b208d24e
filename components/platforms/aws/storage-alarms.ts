import type * as pulumi from "@pulumi/pulumi";
import type { DueAlarm } from "./alarms";

const minute = 60;
const gibibyte = 2 ** 30;

/** @see https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html */
export function fileSystemAlarms(hub: string, fileSystemId: pulumi.Output<string>): DueAlarm[] {
    return [
        {
            noun: `homes-${hub}-io-limit`,
            layer: "home-storage",
            hub,
            meaning: "home directories are slow: the file system is at its limit of operations",
            alarm: {
                namespace: "AWS/EFS",
                metricName: "PercentIOLimit",
                dimensions: { FileSystemId: fileSystemId },
                statistic: "Average",
                period: minute,
                evaluationPeriods: 15,
                comparisonOperator: "GreaterThanThreshold",
                threshold: 95,
                treatMissingData: "notBreaching", // nothing is reported while nobody works
            },
        },
    ];
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html */
export function databaseAlarms(hub: string, instance: pulumi.Output<string>): DueAlarm[] {
    const due = (
        noun: string,
        meaning: string,
        metricName: string,
        comparisonOperator: string,
        threshold: number,
        periods: number,
    ): DueAlarm => ({
        noun: `database-${hub}-${noun}`,
        layer: "hub-database",
        hub,
        meaning,
        alarm: {
            namespace: "AWS/RDS",
            metricName,
            dimensions: { DBInstanceIdentifier: instance },
            statistic: "Average",
            period: 5 * minute,
            evaluationPeriods: periods,
            comparisonOperator,
            threshold,
            treatMissingData: "breaching", // an instance that runs reports every minute
        },
    });
    return [
        due(
            "storage",
            "the hub's database has less than 2 GiB left, and may not be allowed to grow",
            "FreeStorageSpace",
            "LessThanThreshold",
            2 * gibibyte,
            2,
        ),
        due(
            "processor",
            "the hub's database is busy: nobody signs in or starts a server quickly",
            "CPUUtilization",
            "GreaterThanThreshold",
            90,
            6,
        ),
    ];
}
