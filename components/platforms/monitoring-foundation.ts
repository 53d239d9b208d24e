import type * as pulumi from "@pulumi/pulumi";
import type { DueRule } from "../model/alert-rule";
import type { PodIdentity } from "./foundation";

/** The pods that tell owners what is wrong: the workload starts them, the platform gives them an identity. */
export const alertSender = { namespace: "monitoring", serviceAccount: "alertmanager" } as const;

/** Where those pods find the secrets that their settings name as files. */
export const receiverSecretsPath = "/etc/alertmanager-secrets";

/** The pods on every node that carry logs away: the workload starts them, the platform gives them an identity. */
export const logCollector = { namespace: "node-agents", serviceAccount: "fluent-bit" } as const;

/**
 * What a receiver of Alertmanager has beside its name, such as `{ sns_configs: [...] }`; outputs may stand in it.
 * Texts for it are there as the templates `steward.subject`, one line of at most 100 ASCII characters, and
 * `steward.message`.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/#general-receiver-related-settings
 */
export type ReceiverSettings = Readonly<Record<string, unknown>>;

/** The way to one owner. */
export interface AlertReceiver {
    readonly role: string;
    readonly party: string;
    readonly settings: ReceiverSettings;
}

/** An output of Fluent Bit, short of what it matches. https://docs.fluentbit.io/manual/data-pipeline/outputs */
export type LogOutput = Readonly<Record<string, string>>;

/** Machines that somebody racked, and that nobody but the monitoring in the cluster watches. */
export interface WatchedHosts {
    /** The folder on each where its own scripts leave measurements, as text for the exporter. */
    readonly textfiles: string;
    /** How Prometheus asks them. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config */
    readonly scrape: {
        readonly job_name: string;
        readonly static_configs: readonly object[];
        readonly metric_relabel_configs: {
            readonly source_labels: string[];
            readonly regex: string;
            readonly action: string;
        }[];
    };
    readonly rules: readonly DueRule[];
}

/** What is watched of the cluster below the hubs, and what helps: both differ by platform. */
export interface ClusterWatch {
    /**
     * What to do first, by the name of an alert that every platform has. `{{ $labels.x }}` stands for a label of the
     * series: `node`, or `hub` of homes.
     */
    readonly actions: Readonly<
        Record<
            | "NodeNotReady"
            | "NodeUnderPressure"
            | "UsersWaitForMachines"
            | "HomesFilling"
            | "HubDatabaseFilling"
            | "MonitoringDiskFilling",
            string
        >
    >;
    /** Of services that this platform alone runs in the cluster. */
    readonly rules: readonly DueRule[];
}

/** What a platform does for the monitoring inside the cluster. */
export interface MonitoringFoundation {
    /**
     * Name of the class of the disks that measurements lie on, its disks owned and gone with their claims. A plain
     * string: a class made anew must not look like another one to its claims.
     */
    readonly storageClass: string;
    /** One for each owner of anything. */
    readonly receivers: readonly AlertReceiver[];
    readonly watch: ClusterWatch;
    /** Secrets that the settings of receivers name as files, by file: see `receiverSecretsPath`. */
    readonly receiverSecrets: Readonly<Record<string, pulumi.Output<string>>>;
    /**
     * Where a sign of life goes every few minutes: somebody is told when it stays away. Undefined where the platform
     * watches the monitoring by itself.
     */
    readonly lifeSign: ReceiverSettings | undefined;
    /**
     * Where logs go: those of a hub under its name, and all others. Undefined where the platform has collectors of its
     * own on the nodes.
     */
    readonly logs:
        | {
              readonly hubs: Readonly<Record<string, LogOutput>>;
              readonly cluster: LogOutput;
          }
        | undefined;
    /** Undefined where the machines are a cloud's, which watches them and makes them anew. */
    readonly hosts: WatchedHosts | undefined;
    /** By which the pods above reach the cloud. */
    readonly identity: PodIdentity;
    /** What must stand before the pods above start: they are given an identity at their start, or never. */
    readonly ready: readonly pulumi.Resource[];
}
