import * as core from "@pulumi/kubernetes/core/v1";
import { StorageClass } from "@pulumi/kubernetes/storage/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { hubsFolder } from "../../../model/k3s-backups";
import type { Matrix } from "../../../model/matrix";
import type { HubSpec } from "../../../model/spec/jupyterhub";
import type { K3sVmsSpec } from "../../../model/spec/vms";
import { passwordFile, settings, toRelay } from "../../alert-mail";
import type { AlertReceiver, MonitoringFoundation } from "../../monitoring-foundation";
import { alertSender, receiverSecretsPath } from "../../monitoring-foundation";
import { onNode } from "../../local-volume";
import { dueTopics } from "../../topics";
import type { Done, RemoteHost } from "../remote-host";
import { allOf } from "../remote-host";
import { clusterWatch } from "./cluster-watch";
import { nobody } from "./nobody";
import { watchedHosts } from "./watched-hosts";
import { directory } from "./volumes";

export interface MonitoringArgs extends LayerArgs {
    readonly matrix: Matrix;
    readonly vms: K3sVmsSpec;
    readonly hubs: readonly HubSpec[];
    readonly smtpPassword: pulumi.Output<string>;
    /** Where a sign of life goes, if anywhere: whoever has this address can pretend one. */
    readonly heartbeatUrl: pulumi.Output<string> | undefined;
    /** GiB of what is measured. */
    readonly volumeGiB: number;
    /** Where measurements lie. */
    readonly host: RemoteHost;
    readonly after: readonly Done[];
}

/** The file of the address that a sign of life goes to, where Alertmanager finds it. */
const heartbeatFile = "heartbeat-url";

/** @see https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
const beats = { url_file: `${receiverSecretsPath}/${heartbeatFile}`, send_resolved: false };

/** The claims of the monitoring, with who writes there: the charts run both as nobody. */
const owner = "65534:65534";

/**
 * The part of the monitoring layer that the pods inside the cluster stand on: where measurements lie, and how alerts
 * leave. Logs stay on the nodes.
 */
export class Monitoring extends Layer {
    readonly foundation: MonitoringFoundation;

    constructor(name: string, args: MonitoringArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:ClusterMonitoring", name, args, opts);
        const { matrix, vms, hubs, smtpPassword, heartbeatUrl, volumeGiB, host, after } = args;
        const { mail } = vms.k3s;
        const storageClass = "steward-monitoring";
        const classed = new StorageClass(
            `${name}-class`,
            {
                metadata: this.metadata(storageClass),
                // Nothing makes a volume by itself here: there are two, below.
                provisioner: "kubernetes.io/no-provisioner",
                volumeBindingMode: "Immediate",
            },
            { parent: this, deleteBeforeReplace: true },
        );
        const volumes = (["prometheus", "alertmanager"] as const).map((claim) => {
            const path = `${hubsFolder}/monitoring/${claim}`;
            directory(
                `${name}-${host.name}-${claim}`,
                host,
                { path, owner },
                { parent: this, dependsOn: allOf(after) },
            );
            return new core.PersistentVolume(
                `${name}-${claim}-volume`,
                {
                    metadata: this.metadata(`monitoring-${claim}`),
                    spec: {
                        accessModes: ["ReadWriteOnce"],
                        storageClassName: storageClass,
                        capacity: {
                            storage: claim === "prometheus" ? `${String(volumeGiB)}Gi` : "1Gi",
                        },
                        persistentVolumeReclaimPolicy: "Retain",
                        claimRef: { namespace: alertSender.namespace, name: claim },
                        ...onNode({ node: host.name, path }),
                    },
                },
                { parent: this, dependsOn: [classed] },
            );
        });
        this.foundation = {
            storageClass,
            watch: clusterWatch,
            receivers: dueTopics(matrix).map(({ role, party, subscriptions }): AlertReceiver => {
                const addresses = subscriptions.map(({ endpoint }) => endpoint);
                return { role, party, settings: settings(mail, addresses) };
            }),
            receiverSecrets: {
                [passwordFile]: smtpPassword,
                ...(heartbeatUrl !== undefined && { [heartbeatFile]: heartbeatUrl }),
            },
            lifeSign: heartbeatUrl && { webhook_configs: [beats] },
            logs: undefined,
            hosts: watchedHosts(vms, hubs),
            identity: { ...nobody, egress: [toRelay(mail)] },
            ready: volumes,
        };
        this.registerOutputs();
    }
}
