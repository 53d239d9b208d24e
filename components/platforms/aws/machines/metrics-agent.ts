import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { ownerKeys } from "../../../model/tags";
import { dataMount, metricsNamespace } from "./metrics";

export interface MetricsAgentArgs extends LayerArgs {
    readonly clusterName: string;
}

const folder = "/opt/aws/amazon-cloudwatch-agent";

/**
 * What AWS cannot see of a machine from outside: how full its disks and its memory are. CloudWatch's agent tells,
 * put on every machine by Systems Manager as soon as it answers, and put right again every day.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Agent-on-EC2-Instance.html
 */
export class MetricsAgent extends Layer {
    /** Of the document that installs it, by which events name what failed. */
    readonly document: pulumi.Output<string>;

    constructor(name: string, args: MetricsAgentArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:MetricsAgent", name, args, opts);
        const { clusterName } = args;
        const document = new ssm.Document(
            `${name}-agent`,
            {
                name: `${clusterName}-metrics-agent`,
                documentType: "Command",
                documentFormat: "JSON",
                targetType: "/AWS::EC2::Instance",
                content: JSON.stringify(installation(clusterName)),
                tags: this.tags(),
            },
            { parent: this },
        );
        new ssm.Association(
            `${name}-agent`,
            {
                name: document.name,
                // Another version of the document changes the association, and a changed one is applied at once.
                documentVersion: document.latestVersion,
                associationName: `${clusterName}-metrics-agent`,
                scheduleExpression: "rate(1 day)",
                targets: [{ key: `tag:${ownerKeys.cluster}`, values: [clusterName] }],
                tags: this.tags(),
            },
            { parent: this },
        );
        this.document = document.name;
        this.registerOutputs();
    }
}

/**
 * Installs the agent, which is no work where its newest version is there, and starts it with its settings.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html
 */
function installation(clusterName: string): object {
    const settings = `${folder}/etc/steward.json`;
    return {
        schemaVersion: "2.2",
        description: `Says how full disks and memory of ${clusterName} are`,
        mainSteps: [
            {
                action: "aws:configurePackage",
                name: "install",
                inputs: { name: "AmazonCloudWatchAgent", action: "Install" },
            },
            {
                action: "aws:runShellScript",
                name: "start",
                inputs: {
                    timeoutSeconds: "300",
                    runCommand: [
                        "set -e",
                        `cat > ${settings} <<'END'`,
                        JSON.stringify(agentSettings(clusterName)),
                        "END",
                        `${folder}/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:${settings}`,
                    ],
                },
            },
        ],
    };
}

/**
 * The agent's settings. An alarm finds a metric only by all of its dimensions: the instance alone for memory, and for
 * a disk the instance and where it is mounted, summed up over the device and the kind of file system, which differ.
 * With `append_dimensions` of the instance the agent leaves the name of the host out.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-Configuration-File-Details.html
 */
export function agentSettings(clusterName: string): object {
    return {
        agent: { metrics_collection_interval: 60, run_as_user: "cwagent" },
        metrics: {
            namespace: metricsNamespace(clusterName),
            append_dimensions: { InstanceId: "${aws:InstanceId}" },
            aggregation_dimensions: [["InstanceId", "path"]],
            metrics_collected: {
                disk: {
                    resources: ["/", dataMount],
                    measurement: ["used_percent"],
                    drop_device: true,
                },
                mem: { measurement: ["used_percent"] },
            },
        },
    };
}
