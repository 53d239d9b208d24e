import * as compute from "@pulumi/azure-native/compute";
import * as monitor from "@pulumi/azure-native/monitor";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { MadeMachine } from "./machine";
import type { Where } from "./where";

export interface OperatingSystemArgs extends LayerArgs {
    readonly clusterName: string;
    readonly where: Where;
    /** By the names of the plan. */
    readonly machines: Readonly<Record<string, MadeMachine>>;
    /** Where machines lie: an extension is a part of its machine. */
    readonly groupOf: (host: string) => pulumi.Input<string>;
    readonly workspaceId: pulumi.Input<string>;
}

/** What is measured on each machine, each minute. Mounts are told apart by their paths. */
const counters = [
    "Logical Disk(*)\\% Used Space",
    "Logical Disk(*)\\% Used Inodes",
    "Memory(*)\\% Used Memory",
    "Memory(*)\\% Used Swap Space",
];

/**
 * What is on each machine before any service is: the agent that says how full disks and memory are, and what is
 * measured and taken down.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/agents/azure-monitor-agent-overview
 */
export class OperatingSystem extends Layer {
    constructor(name: string, args: OperatingSystemArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:OperatingSystem", name, args, opts);
        const { clusterName, where, machines, groupOf, workspaceId } = args;
        const rule = new monitor.DataCollectionRule(
            `${name}-measures`,
            {
                ...where,
                dataCollectionRuleName: `${clusterName}-machines`,
                kind: "Linux",
                description: `What machines of ${clusterName} report of themselves`,
                dataSources: {
                    performanceCounters: [
                        {
                            name: "measures",
                            streams: ["Microsoft-Perf"],
                            samplingFrequencyInSeconds: 60,
                            counterSpecifiers: counters,
                        },
                    ],
                    syslog: [
                        {
                            name: "security",
                            streams: ["Microsoft-Syslog"],
                            facilityNames: ["auth", "authpriv", "kern"],
                            logLevels: ["Warning", "Error", "Critical", "Alert", "Emergency"],
                        },
                    ],
                },
                destinations: {
                    logAnalytics: [{ name: "workspace", workspaceResourceId: workspaceId }],
                },
                dataFlows: [
                    {
                        streams: ["Microsoft-Perf", "Microsoft-Syslog"],
                        destinations: ["workspace"],
                    },
                ],
                tags: this.tags(),
            },
            { parent: this },
        );
        for (const [host, { machine }] of Object.entries(machines)) {
            const agent = new compute.VirtualMachineExtension(
                `${name}-${host}-agent`,
                {
                    resourceGroupName: groupOf(host),
                    location: where.location,
                    vmName: machine.name,
                    vmExtensionName: "AzureMonitorLinuxAgent",
                    publisher: "Microsoft.Azure.Monitor",
                    type: "AzureMonitorLinuxAgent",
                    typeHandlerVersion: "1.0",
                    autoUpgradeMinorVersion: true,
                    enableAutomaticUpgrade: true,
                    tags: this.tags(),
                },
                { parent: this },
            );
            new monitor.DataCollectionRuleAssociation(
                `${name}-${host}-measures`,
                {
                    resourceUri: machine.id,
                    associationName: "machines",
                    dataCollectionRuleId: rule.id,
                },
                { parent: this, dependsOn: [agent] },
            );
        }
        this.registerOutputs();
    }
}
