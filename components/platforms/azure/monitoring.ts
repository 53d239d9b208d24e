import type { ManagedCluster } from "@pulumi/azure-native/containerservice";
import {
    DataCollectionRule,
    DataCollectionRuleAssociation,
    ScheduledQueryRule,
} from "@pulumi/azure-native/monitor";
import * as core from "@pulumi/kubernetes/core/v1";
import { StorageClass } from "@pulumi/kubernetes/storage/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { Matrix } from "../../model/matrix";
import { ownerOf } from "../../model/matrix";
import type { MailSpec } from "../../model/spec/mail";
import type { PodIdentity } from "../foundation";
import type { AlertReceiver, MonitoringFoundation } from "../monitoring-foundation";
import { dueTopics } from "../topics";
import { passwordFile, settings, toRelay } from "../alert-mail";
import type { Alerts } from "./alerts";
import { clusterWatch } from "./cluster-watch";
import type { Place } from "./place";
import type { DueQuery } from "./pod-queries";
import { podQueries } from "./pod-queries";

export interface MonitoringArgs extends LayerArgs {
    readonly place: Place;
    readonly resourceGroupName: pulumi.Input<string>;
    readonly cluster: ManagedCluster;
    readonly workspaceId: pulumi.Input<string>;
    readonly matrix: Matrix;
    /** How many shares of homes are copied each night. */
    readonly copied: number;
    readonly alerts: Alerts;
    readonly mail: MailSpec;
    readonly smtpPassword: pulumi.Output<string>;
}

/** Monitoring has no identity in the cloud: alerts leave by mail, and logs by the agent of Azure's own. */
const nobody: PodIdentity = {
    accountAnnotations: {},
    podLabels: {},
    podAnnotations: {},
    egress: [],
};

/** What agents leave out of a pod's logs by: see `agentSettings`. */
export const withoutLogs = { "fluentbit.io/exclude": "true" } as const;

/**
 * How the agent of Container insights collects: pods that say so are left out.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/containers/container-insights-data-collection-configmap
 */
const agentSettings = `[log_collection_settings]
[log_collection_settings.stdout]
enabled = true
exclude_namespaces = []
[log_collection_settings.stderr]
enabled = true
exclude_namespaces = []
[log_collection_settings.env_var]
enabled = false
[log_collection_settings.enrich_container_logs]
enabled = false
[log_collection_settings.filter_using_annotations]
enabled = true
[log_collection_settings.schema]
containerlog_schema_version = "v2"
`;

/**
 * The part of the monitoring layer that the pods inside the cluster stand on: the class of their disks, where logs go,
 * how alerts leave, and who notices when they do not.
 */
export class Monitoring extends Layer {
    readonly foundation: MonitoringFoundation;

    readonly #name: string;
    readonly #args: MonitoringArgs;

    constructor(name: string, args: MonitoringArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:Monitoring", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { matrix, mail, smtpPassword } = args;

        const storageClass = "steward-monitoring";
        const disks = this.#disks(storageClass);
        this.#logs();
        for (const query of podQueries(args.copied)) this.#notice(query);
        this.foundation = {
            storageClass,
            watch: clusterWatch,
            receivers: dueTopics(matrix).map(({ role, party, subscriptions }): AlertReceiver => {
                const addresses = subscriptions.map(({ endpoint }) => endpoint);
                return { role, party, settings: settings(mail, addresses) };
            }),
            receiverSecrets: { [passwordFile]: smtpPassword },
            lifeSign: undefined,
            hosts: undefined,
            logs: undefined,
            identity: { ...nobody, egress: [toRelay(mail)] },
            ready: [disks],
        };
        this.registerOutputs();
    }

    #disks(called: string): StorageClass {
        const tags = Object.entries(this.tags()).map(([key, value]) => `${key}=${value}`);
        return new StorageClass(
            `${this.#name}-class`,
            {
                metadata: this.metadata(called),
                provisioner: "disk.csi.azure.com",
                // One text for all tags: https://learn.microsoft.com/azure/aks/use-tags
                parameters: { skuName: "Premium_LRS", tags: tags.join(",") },
                reclaimPolicy: "Delete", // what was measured is nobody's data
                volumeBindingMode: "WaitForFirstConsumer", // in the zone of the pod, not just anywhere
                allowVolumeExpansion: true,
            },
            // The name is taken as long as the old class stands.
            { parent: this, deleteBeforeReplace: true },
        );
    }

    /** @see https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable */
    #logs(): void {
        const { place, resourceGroupName, cluster, workspaceId } = this.#args;
        const streams = [
            "Microsoft-ContainerLogV2",
            "Microsoft-KubeEvents",
            "Microsoft-KubePodInventory",
        ];
        const rule = new DataCollectionRule(
            `${this.#name}-collection`,
            {
                resourceGroupName,
                location: place.location,
                dataCollectionRuleName: `${place.clusterName}-containers`,
                kind: "Linux",
                description: `Logs of the containers of ${place.clusterName}`,
                dataSources: {
                    extensions: [
                        {
                            name: "ContainerInsightsExtension",
                            extensionName: "ContainerInsights",
                            streams,
                            extensionSettings: {
                                dataCollectionSettings: {
                                    interval: "5m",
                                    namespaceFilteringMode: "Off",
                                    enableContainerLogV2: true,
                                },
                            },
                        },
                    ],
                },
                destinations: {
                    logAnalytics: [{ name: "workspace", workspaceResourceId: workspaceId }],
                },
                dataFlows: [{ streams, destinations: ["workspace"] }],
                tags: this.tags(),
            },
            { parent: this },
        );
        new DataCollectionRuleAssociation(
            `${this.#name}-collection`,
            {
                resourceUri: cluster.id,
                associationName: "ContainerInsightsExtension",
                dataCollectionRuleId: rule.id,
            },
            { parent: this },
        );
        new core.ConfigMap(
            `${this.#name}-agent`,
            {
                metadata: this.metadata("container-azm-ms-agentconfig", "kube-system"),
                data: {
                    "schema-version": "v1",
                    "config-version": "steward",
                    "log-data-collection-settings": agentSettings,
                },
            },
            { parent: this },
        );
    }

    /** What nothing measures, and the logs of the cluster say. It goes to whom the layer belongs. */
    #notice({ noun, layer, meaning, query, operator, threshold }: DueQuery): void {
        const { place, resourceGroupName, workspaceId, alerts, matrix } = this.#args;
        const { location, clusterName } = place;
        const owner = ownerOf(matrix, layer);
        if (owner === undefined) throw new Error(`nobody answers for ${layer}`);
        new ScheduledQueryRule(
            `${this.#name}-${noun}`,
            {
                resourceGroupName,
                location,
                ruleName: `${clusterName}-${noun}`,
                displayName: `${clusterName}: ${noun}`,
                description: `${clusterName}: ${meaning}. ${layer} belongs to the ${owner.role}, ${owner.party} (${owner.contact}).`,
                kind: "LogAlert",
                enabled: true,
                severity: 1,
                scopes: [workspaceId],
                evaluationFrequency: "PT5M",
                windowSize: "PT15M",
                // The table comes with the first pod that is counted.
                skipQueryValidation: true,
                criteria: {
                    allOf: [
                        {
                            query: `KubePodInventory | ${query} | summarize Pods = dcount(ControllerName)`,
                            timeAggregation: "Maximum",
                            metricMeasureColumn: "Pods",
                            operator,
                            threshold,
                            failingPeriods: {
                                numberOfEvaluationPeriods: 2,
                                minFailingPeriodsToAlert: 2,
                            },
                        },
                    ],
                },
                autoMitigate: true,
                actions: { actionGroups: [alerts.groupOf(owner).id] },
                tags: this.tags(),
            },
            { parent: this },
        );
    }
}
