import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { Matrix } from "../../model/matrix";
import type { LogOutput, MonitoringFoundation, ReceiverSettings } from "../monitoring-foundation";
import { alertSender, logCollector } from "../monitoring-foundation";
import { agentIdentity } from "./agent-identity";
import type { Alerts } from "./alerts";
import { clusterWatch } from "./cluster-watch";
import { attachesDisks, keyPolicy, sealsLogs } from "./key-policy";
import { lifeSignTopic } from "./life-sign";
import type { Place } from "./place";
import { podIdentity } from "./pod-identity";
import { diskClass } from "./storage-class";
import { dueTopics } from "../topics";

export interface MonitoringArgs extends LayerArgs {
    readonly clusterName: string;
    /** The output of the cluster, so that the associations wait for it. */
    readonly cluster: pulumi.Input<string>;
    readonly place: Place;
    readonly matrix: Matrix;
    /** The topics of the owners. */
    readonly alerts: Alerts;
    /** The role of the EBS driver. */
    readonly driverRole: iam.Role;
    readonly hubs: readonly string[];
    readonly logDays: number;
}

/**
 * The part of the monitoring layer that the pods inside the cluster stand on: the class of their disks, a log
 * group for each hub, and who may write to these and to the owners' topics.
 */
export class Monitoring extends Layer {
    readonly foundation: MonitoringFoundation;

    readonly #name: string;
    readonly #args: MonitoringArgs;

    constructor(name: string, args: MonitoringArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:Monitoring", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { place, matrix, alerts, hubs } = args;

        const key = this.#key();
        const disks = this.#disks(key);
        const lifeSign = this.#lifeSign();
        const topics = [...Object.values(alerts.topicArns()), lifeSign.arn];
        this.foundation = {
            storageClass: disks.storageClass,
            watch: clusterWatch,
            receivers: dueTopics(matrix).map(({ role, party }) => ({
                role,
                party,
                settings: settings(place, alerts.topicOf({ role, party }).arn),
            })),
            receiverSecrets: {},
            lifeSign: settings(place, lifeSign.arn),
            hosts: undefined,
            logs: {
                hubs: Object.fromEntries(hubs.map((hub) => [hub, this.#logs(`hub/${hub}`, key)])),
                cluster: this.#logs("cluster", key),
            },
            identity: agentIdentity,
            ready: [...disks.ready, ...this.#sender(topics), ...this.#collector()],
        };
        this.registerOutputs();
    }

    /** Not protected, as the keys of data are: what it seals grows again, or is gone with its days. */
    #key(): kms.Key {
        const { clusterName, place } = this.#args;
        return new kms.Key(
            `${this.#name}-store-key`,
            {
                description: `Measurements and logs of ${clusterName}`,
                enableKeyRotation: true,
                deletionWindowInDays: 30,
                policy: keyPolicy(place, sealsLogs(place, logGroup(clusterName, "*"))),
                tags: this.tags({ Name: `${clusterName}-monitoring` }),
            },
            { parent: this },
        );
    }

    #disks(key: kms.Key): { storageClass: string; ready: pulumi.Resource[] } {
        const { clusterName, driverRole } = this.#args;
        const storageClass = "steward-monitoring";
        const grant = new iam.RolePolicy(
            `${this.#name}-driver`,
            { role: driverRole.name, policy: key.arn.apply(attachesDisks) },
            { parent: this },
        );
        const made = diskClass(
            `${this.#name}-class`,
            {
                metadata: this.metadata(storageClass),
                keyArn: key.arn,
                tags: this.tags({ Name: `${clusterName}-monitoring` }),
                reclaimPolicy: "Delete", // what was measured is nobody's data
            },
            this,
        );
        return { storageClass, ready: [made, grant] };
    }

    #lifeSign(): sns.Topic {
        const { clusterName, alerts } = this.#args;
        return new sns.Topic(
            `${this.#name}-life-sign`,
            {
                name: lifeSignTopic(clusterName),
                kmsMasterKeyId: alerts.keyArn,
                tags: this.tags(),
            },
            { parent: this },
        );
    }

    #logs(what: string, key: kms.Key): LogOutput {
        const { clusterName, place, logDays } = this.#args;
        const name = logGroup(clusterName, what);
        new cloudwatch.LogGroup(
            `${this.#name}-logs-${what.replace("/", "-")}`,
            { name, retentionInDays: logDays, kmsKeyId: key.arn, tags: this.tags() },
            { parent: this },
        );
        return {
            name: "cloudwatch_logs",
            region: place.region,
            log_group_name: name,
            log_stream_prefix: "from.",
            auto_create_group: "off", // one that it made would have no owner, no key and no end
        };
    }

    #sender(topics: readonly pulumi.Output<string>[]): pulumi.Resource[] {
        const { alerts, clusterName } = this.#args;
        const what = `Tells owners what is wrong in ${clusterName}`;
        return this.#identity("alerts", alertSender, what, publishesTo(topics, alerts.keyArn));
    }

    #collector(): pulumi.Resource[] {
        const { clusterName, place } = this.#args;
        const what = `Carries the logs of ${clusterName} away`;
        return this.#identity("logs", logCollector, what, writesLogs(place, clusterName));
    }

    #identity(
        noun: string,
        pods: { readonly namespace: string; readonly serviceAccount: string },
        description: string,
        may: pulumi.Input<string>,
    ): pulumi.Resource[] {
        const { clusterName, cluster } = this.#args;
        const name = `${this.#name}-${noun}`;
        const { role, ready } = podIdentity(
            name,
            { clusterName, cluster, ...pods, description, tags: this.tags() },
            { parent: this },
        );
        const policy = new iam.RolePolicy(
            `${name}-writes`,
            { role: role.name, policy: may },
            { parent: this },
        );
        return [...ready, policy];
    }
}

/** The log group of one hub, `hub/<name>`, or of the rest of the cluster; its name stands in the policy of its key. */
export function logGroup(clusterName: string, what: string): string {
    return `/steward/${clusterName}/${what}`;
}

/** @see https://prometheus.io/docs/alerting/latest/configuration/#sns_config */
function settings({ region }: Place, topicArn: pulumi.Output<string>): ReceiverSettings {
    return {
        sns_configs: [
            {
                topic_arn: topicArn,
                sigv4: { region }, // and no credentials: the identity of the pod
                subject: '{{ template "steward.subject" . }}',
                message: '{{ template "steward.message" . }}',
                send_resolved: true,
            },
        ],
    };
}

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html for what a sealed topic asks of whoever publishes */
function publishesTo(
    topics: readonly pulumi.Output<string>[],
    keyArn: pulumi.Output<string>,
): pulumi.Output<string> {
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            { Effect: "Allow", Action: "sns:Publish", Resource: topics },
            { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: keyArn },
        ],
    });
}

/** Streams in the groups that stand here, and no group of its own. */
function writesLogs({ partition, region, accountId }: Place, clusterName: string): string {
    const groups = `arn:${partition}:logs:${region}:${accountId}:log-group`;
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
                Resource: `${groups}:${logGroup(clusterName, "*")}:*`,
            },
        ],
    });
}
