import { ScheduledQueryRule } from "@pulumi/azure-native/monitor";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { machineLayer } from "../../../model/commcare/machine-layer";
import type { MachinePlan } from "../../../model/commcare/plan";
import type { Where } from "./where";

export interface DiskAlarmsArgs extends LayerArgs {
    readonly clusterName: string;
    readonly where: Where;
    readonly plan: MachinePlan;
    readonly workspaceId: pulumi.Input<string>;
    /** The action group of whoever answers for a layer. */
    readonly groupOf: (layer: string) => pulumi.Input<string>;
}

/** Disks of some machines, of which one owner is told. */
export interface DueDisks {
    readonly noun: string;
    readonly layer: string;
    /** Names of machines. */
    readonly hosts: readonly string[];
    readonly mounts: "/" | "/opt/data";
}

/**
 * Who is told of which disk: of the root disk whoever answers for the operating system, of the disk of data whoever
 * answers for what the machine runs.
 */
export function dueDisks({ machines }: Pick<MachinePlan, "machines">): DueDisks[] {
    const root: DueDisks = {
        noun: "disks-root",
        layer: "operating-system",
        hosts: machines.map(({ name }) => name),
        mounts: "/",
    };
    const withData = machines.filter(({ dataGiB }) => dataGiB !== null);
    const layers = [...new Set(withData.map(machineLayer))].sort();
    return [
        root,
        ...layers.map((layer): DueDisks => {
            const hosts = withData.filter((each) => machineLayer(each) === layer);
            const names = hosts.map(({ name }) => name);
            return { noun: `disks-${layer}`, layer, hosts: names, mounts: "/opt/data" };
        }),
    ];
}

/** Percent of a disk that may be used. */
const full = 80;

/**
 * Disks that fill: told before they are full, machine by machine. How full a disk is knows its machine alone, so this
 * asks what the agents wrote down; a machine that writes nothing is missed by the alarm on whether it is there.
 */
export class DiskAlarms extends Layer {
    constructor(name: string, args: DiskAlarmsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:DiskAlarms", name, args, opts);
        const { clusterName, where, plan, workspaceId, groupOf } = args;
        for (const due of dueDisks(plan)) {
            new ScheduledQueryRule(
                `${name}-${due.noun}`,
                {
                    ...where,
                    ruleName: `${clusterName}-${due.noun}`,
                    displayName: `${clusterName}-${due.noun}`,
                    description: `${clusterName}: a disk is more than ${String(full)} % full; full, what writes to it stops`,
                    kind: "LogAlert",
                    enabled: true,
                    severity: 1,
                    scopes: [workspaceId],
                    evaluationFrequency: "PT15M",
                    windowSize: "PT15M",
                    autoMitigate: true,
                    // The table is made by the first agent that writes to it.
                    skipQueryValidation: true,
                    criteria: {
                        allOf: [
                            {
                                query: diskQuery(clusterName, due),
                                metricMeasureColumn: "CounterValue",
                                timeAggregation: "Average",
                                operator: "GreaterThan",
                                threshold: full,
                                dimensions: ["Machine", "InstanceName", "CounterName"].map(
                                    (dimension) => ({
                                        name: dimension,
                                        operator: "Include",
                                        values: ["*"],
                                    }),
                                ),
                                failingPeriods: {
                                    numberOfEvaluationPeriods: 1,
                                    minFailingPeriodsToAlert: 1,
                                },
                            },
                        ],
                    },
                    actions: { actionGroups: [groupOf(due.layer)] },
                    tags: this.tags(),
                },
                { parent: this },
            );
        }
        this.registerOutputs();
    }
}

/** By the machine's id: commcare-cloud gives machines another hostname than Azure knows. */
export function diskQuery(clusterName: string, { hosts, mounts }: DueDisks): string {
    const names = hosts.map((host) => `"${clusterName}-${host}"`).join(", ");
    const which = mounts === "/" ? 'InstanceName == "/"' : 'InstanceName startswith "/opt/data"';
    return [
        "Perf",
        '| where ObjectName == "Logical Disk"',
        '| where CounterName in ("% Used Space", "% Used Inodes")',
        `| where ${which}`,
        '| extend Machine = tostring(split(_ResourceId, "/")[-1])',
        `| where Machine in~ (${names})`,
    ].join("\n");
}
