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
import { contactKind } from "../../model/contact";
import type { Matrix } from "../../model/matrix";
import type { MailSpec } from "../../model/spec/azure-watch";
import type { PodIdentity } from "../foundation";
import type {
    AlertReceiver,
    MonitoringFoundation,
    ReceiverSettings,
} from "../monitoring-foundation";
import { receiverSecretsPath } from "../monitoring-foundation";
import { dueTopics } from "../topics";
import type { Alerts } from "./alerts";
import type { Place } from "./place";

export interface MonitoringArgs extends LayerArgs {
    readonly place: Place;
    readonly resourceGroupName: pulumi.Input<string>;
    readonly cluster: ManagedCluster;
    readonly workspaceId: pulumi.Input<string>;
    readonly matrix: Matrix;
    readonly alerts: Alerts;
    readonly mail: MailSpec;
    readonly smtpPassword: pulumi.Output<string>;
}

/** The file of the relay's password, where Alertmanager finds it. */
const passwordFile = "smtp-password";

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
        this.#lifeSign();
        this.foundation = {
            storageClass,
            receivers: dueTopics(matrix).map(({ role, party, subscriptions }): AlertReceiver => {
                const addresses = subscriptions.map(({ endpoint }) => endpoint);
                return { role, party, settings: settings(mail, addresses) };
            }),
            receiverSecrets: { [passwordFile]: smtpPassword },
            lifeSign: undefined,
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

    /** Who watches inside the cluster is watched from outside it. */
    #lifeSign(): void {
        const { place, resourceGroupName, workspaceId, alerts } = this.#args;
        const { location, clusterName } = place;
        const pods =
            'ControllerName startswith "prometheus-server" or ControllerName startswith "prometheus-alertmanager"';
        new ScheduledQueryRule(
            `${this.#name}-life-sign`,
            {
                resourceGroupName,
                location,
                ruleName: `${clusterName}-monitoring-silent`,
                displayName: `${clusterName}: the monitoring is silent`,
                description: `${clusterName}: Prometheus or Alertmanager does not run; no alert of a hub would reach anybody.`,
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
                            query: `KubePodInventory | where Namespace == "monitoring" and PodStatus == "Running" | where ${pods} | summarize Running = dcount(ControllerName)`,
                            timeAggregation: "Minimum",
                            metricMeasureColumn: "Running",
                            operator: "LessThan",
                            threshold: 2,
                            failingPeriods: {
                                numberOfEvaluationPeriods: 2,
                                minFailingPeriodsToAlert: 2,
                            },
                        },
                    ],
                },
                autoMitigate: true,
                actions: { actionGroups: [alerts.groupOf(this.owner).id] },
                tags: this.tags(),
            },
            { parent: this },
        );
    }
}

/** @see https://prometheus.io/docs/alerting/latest/configuration/#email_config */
export function settings(
    { host, port, from, username }: MailSpec,
    addresses: readonly string[],
): ReceiverSettings {
    const mails = addresses.filter((each) => contactKind(each) === "email");
    const hooks = addresses.filter((each) => contactKind(each) !== "email");
    return {
        ...(mails.length === 0
            ? {}
            : {
                  email_configs: mails.map((to) => ({
                      to,
                      from,
                      smarthost: `${host}:${String(port)}`,
                      require_tls: true,
                      auth_username: username,
                      auth_password_file: `${receiverSecretsPath}/${passwordFile}`,
                      headers: { Subject: '{{ template "steward.subject" . }}' },
                      html: "",
                      text: '{{ template "steward.message" . }}',
                      send_resolved: true,
                  })),
              }),
        ...(hooks.length === 0
            ? {}
            : { webhook_configs: hooks.map((url) => ({ url, send_resolved: true })) }),
    };
}

const toRelay = ({ port }: MailSpec) => ({
    to: [{ ipBlock: { cidr: "0.0.0.0/0" } }],
    ports: [{ port, protocol: "TCP" }],
});
