import * as apps from "@pulumi/kubernetes/apps/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../layer";
import { Layer } from "../layer";

export interface GpuPluginArgs extends LayerArgs {
    /** Whose driver is on the machines. */
    readonly platform: "aws" | "azure";
    /** The label of nodes that have a GPU, whatever its value. */
    readonly label: string;
    /** What must stand before its pods can run. */
    readonly ready: readonly pulumi.Resource[];
}

const selector = { "app.kubernetes.io/name": "nvidia-device-plugin" };

const sockets = "/var/lib/kubelet/device-plugins";

/**
 * The part of the node pools layer that tells Kubernetes of the GPUs of a node: the cloud puts
 * the driver on the machine, and not NVIDIA's plugin.
 *
 * One object of ours and not NVIDIA's chart: that is this one, and beside it the discovery of what kind of GPU a
 * node has, which the machines' own label says already.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-k8s-device-plugin.html
 * @see https://learn.microsoft.com/azure/aks/use-nvidia-gpu
 * @see https://github.com/NVIDIA/k8s-device-plugin
 */
export class GpuPlugin extends Layer {
    constructor(name: string, args: GpuPluginArgs, opts: pulumi.ComponentResourceOptions) {
        super(`steward:${args.platform}:GpuPlugin`, name, args, opts);
        const metadata = this.metadata("nvidia-device-plugin", "kube-system");
        new apps.DaemonSet(
            `${name}-gpu-plugin`,
            {
                metadata,
                spec: {
                    selector: { matchLabels: selector },
                    template: {
                        metadata: {
                            labels: this.labels(selector),
                            annotations: metadata.annotations,
                        },
                        spec: {
                            priorityClassName: "system-node-critical",
                            automountServiceAccountToken: false,
                            affinity: onNodesWith(args.label),
                            tolerations: [{ operator: "Exists", effect: "NoSchedule" }],
                            containers: [container],
                            volumes: [
                                { name: "sockets", hostPath: { path: sockets, type: "Directory" } },
                            ],
                        },
                    },
                },
            },
            { parent: this, dependsOn: [...args.ready] },
        );
        this.registerOutputs();
    }
}

const onNodesWith = (key: string) => ({
    nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key, operator: "Exists" }] }],
        },
    },
});

const container = {
    name: "plugin",
    image: "nvcr.io/nvidia/k8s-device-plugin:v0.20.0",
    // Root inside its container: only root writes where the kubelet looks for plugins.
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "256Mi" } },
    volumeMounts: [{ name: "sockets", mountPath: sockets }],
};
