import type * as pulumi from "@pulumi/pulumi";
import type { Machine } from "../../../model/commcare/plan";
import type { DueAlarm } from "../alarms";

/**
 * What Azure sees of a machine from outside. One whose host fails is started on another host by Azure; whoever answers
 * for its layer is told, and of a processor that has been busy for half an hour.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/monitor-vm-reference#metrics
 */
export function machineAlarms(
    { name: host, dataGiB }: Pick<Machine, "name" | "dataGiB">,
    layer: string,
    scope: pulumi.Input<string>,
): DueAlarm[] {
    const of = { scope, namespace: "Microsoft.Compute/virtualMachines" } as const;
    return [
        {
            noun: `${host}-down`,
            layer,
            meaning: `${host} is not there; Azure starts it on another host where its own failed`,
            when: {
                ...of,
                metric: "VmAvailabilityMetric",
                aggregation: "Average",
                operator: "LessThan",
                threshold: 1,
                window: "PT5M",
            },
        },
        {
            noun: `${host}-busy`,
            layer,
            meaning: `the processors of ${host} have been busy for half an hour`,
            when: {
                ...of,
                metric: "Percentage CPU",
                aggregation: "Average",
                operator: "GreaterThan",
                threshold: 90,
                window: "PT30M",
            },
        },
        ...(dataGiB === null ? [] : [slowDisk(host, layer, of)]),
    ];
}

function slowDisk(host: string, layer: string, of: Pick<DueAlarm["when"], "scope" | "namespace">) {
    return {
        noun: `${host}-disk-slow`,
        layer,
        meaning: `${host} waits for its disk of data: it does as much as its size allows`,
        when: {
            ...of,
            metric: "Data Disk IOPS Consumed Percentage",
            aggregation: "Average",
            operator: "GreaterThan",
            threshold: 95,
            window: "PT30M",
        },
    } satisfies DueAlarm;
}
