import type { Cluster } from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import { serviceCidr } from "../../model/checks/aws";

export interface Taint {
    readonly key: string;
    readonly value: string;
}

export interface NodeConfigArgs {
    /** Such as 1.34. */
    readonly version: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly taints: readonly Taint[];
}

/**
 * What a node reads at its first start: with an image of our choice EKS adds nothing of its own.
 *
 * Labels and taints stand here as well as on the node group: EKS applies the group's half a minute after the
 * node joined, and meanwhile a pod of the hub could land on a user's node
 * (https://github.com/aws/containers-roadmap/issues/1962).
 *
 * @returns MIME, base64.
 * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/
 */
export function nodeUserData(cluster: Cluster, args: NodeConfigArgs): pulumi.Output<string> {
    const config = pulumi.jsonStringify({
        apiVersion: "node.eks.aws/v1alpha1",
        kind: "NodeConfig",
        spec: {
            cluster: {
                name: cluster.name,
                apiServerEndpoint: cluster.endpoint,
                certificateAuthority: cluster.certificateAuthority.data,
                cidr: serviceCidr,
            },
            kubelet: {
                config: kubeletConfig(args),
                flags: [`--node-labels=${pairs(args.labels)}`],
            },
        },
    });
    return config.apply((json) => Buffer.from(mime(json)).toString("base64"));
}

function kubeletConfig({ version, taints }: NodeConfigArgs): Readonly<Record<string, unknown>> {
    const minor = Number(version.split(".")[1]);
    return {
        ...(taints.length === 0
            ? {}
            : { registerWithTaints: taints.map((taint) => ({ ...taint, effect: "NoSchedule" })) }),
        // Of a server that runs out of memory only the greedy process dies, not the user's whole session; the
        // kubelet knows the setting since 1.32.
        ...(minor >= 32 ? { singleProcessOOMKill: true } : {}),
    };
}

const pairs = (labels: Readonly<Record<string, string>>): string =>
    Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(",");

function mime(config: string): string {
    return [
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="//"',
        "",
        "--//",
        "Content-Type: application/node.eks.aws",
        "",
        config,
        "",
        "--//--",
        "",
    ].join("\n");
}
