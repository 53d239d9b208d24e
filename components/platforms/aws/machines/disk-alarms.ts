import type * as ec2 from "@pulumi/aws/ec2";
import { machineLayer } from "../../../model/commcare/machine-layer";
import type { Machine } from "../../../model/commcare/plan";
import type { DueAlarm } from "../alarms";
import { dataMount, metricsNamespace } from "./metrics";

const minute = 60;

/** Percent. Disks are planned to get three quarters full; Elasticsearch stops to take shards at 85. */
const full = 80;

/**
 * What a machine's own agent says: how full its disks and its memory are. Who is told of a disk answers for what
 * fills it: of a disk of data its service, of the root disk beside one the operating system.
 *
 * Silence is no good news. Every machine has a root disk, so one that says nothing of it is called full: its agent has
 * stopped, or never came (and for some minutes after its first start it has not come yet). A disk of data is not
 * mounted before commcare-cloud has been there; once it has been seen, its disappearance is told as well.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function diskAlarms(
    clusterName: string,
    machine: Machine,
    { id }: ec2.Instance,
): DueAlarm[] {
    const { name, dataGiB } = machine;
    const layer = machineLayer(machine);
    const above = (metricName: string, path: string | undefined, percent: number) => ({
        namespace: metricsNamespace(clusterName),
        metricName,
        dimensions: { InstanceId: id, ...(path === undefined ? {} : { path }) },
        statistic: "Maximum",
        period: 5 * minute,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        threshold: percent,
    });
    const mounted = "disk_used_percent";
    return [
        {
            noun: `${name}-root-full`,
            layer: dataGiB === null ? layer : "operating-system",
            meaning: `the root disk of ${name} is ${full} % full, or ${name} does not say how full it is`,
            alarm: {
                ...above(mounted, "/", full),
                evaluationPeriods: 3,
                treatMissingData: "breaching",
            },
        },
        ...(dataGiB === null
            ? []
            : [
                  {
                      noun: `${name}-data-full`,
                      layer,
                      meaning: `${dataMount} of ${name} is ${full} % full, or was mounted and is not any more`,
                      alarm: {
                          ...above(mounted, dataMount, full),
                          evaluationPeriods: 3,
                          treatMissingData: "missing",
                      },
                      whenSilent: true as const,
                  },
              ]),
        {
            noun: `${name}-memory`,
            layer,
            meaning: `${name} has had less than 5 % of its memory left for half an hour`,
            alarm: {
                ...above("mem_used_percent", undefined, 95),
                statistic: "Average",
                evaluationPeriods: 6,
                treatMissingData: "missing", // the root disk tells of silence
            },
        },
    ];
}
