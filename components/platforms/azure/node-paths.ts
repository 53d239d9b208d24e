import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { alertSender } from "../monitoring-foundation";

export interface NodePathsArgs extends LayerArgs {
    /** What must stand before the objects are understood. */
    readonly ready: readonly pulumi.Resource[];
}

const namespaceLabel = "k8s:io.kubernetes.pod.namespace";

const inNamespaces = (values: readonly string[]) => ({
    matchExpressions: [{ key: namespaceLabel, operator: "In", values: [...values] }],
});

const tcp = (...ports: readonly number[]) => [
    { ports: ports.map((port) => ({ port: String(port), protocol: "TCP" })) },
];

/** Wherever they are: a policy of the whole cluster would otherwise mean all namespaces by itself. */
const homesServers = {
    matchLabels: { "k8s:app": "nfs-server" },
    matchExpressions: [{ key: namespaceLabel, operator: "Exists" }],
};

/**
 * Ways that the policies of the workload name by ranges of addresses, in the words of Cilium: to it a range never means
 * a machine of the cluster or a pod. Each is about namespaces where all else is shut.
 *
 * @see https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium#frequently-asked-questions
 * @see https://docs.cilium.io/en/stable/security/policy/language/#entities-based
 */
export const nodePaths = {
    /** Prometheus asks kubelets and what measures machines, and the pods that answer on the same port. */
    "prometheus-nodes": {
        endpointSelector: {
            matchLabels: {
                [namespaceLabel]: alertSender.namespace,
                "app.kubernetes.io/name": "prometheus",
            },
        },
        egress: [
            { toEntities: ["host", "remote-node"], toPorts: tcp(10250, 9100) },
            { toEndpoints: [inNamespaces(["gateway"]), homesServers], toPorts: tcp(9100) },
        ],
    },
    /** Machines mount what servers of homes export. */
    "homes-servers": {
        endpointSelector: homesServers,
        ingress: [{ fromEntities: ["host", "remote-node"], toPorts: tcp(2049) }],
    },
    /** The monitoring looks for names where Kubernetes answers them. */
    "monitoring-names": {
        endpointSelector: { matchLabels: { [namespaceLabel]: alertSender.namespace } },
        egress: [
            {
                toEndpoints: [
                    { matchLabels: { [namespaceLabel]: "kube-system", "k8s-app": "kube-dns" } },
                ],
                toPorts: [
                    {
                        ports: [
                            { port: "53", protocol: "UDP" },
                            { port: "53", protocol: "TCP" },
                        ],
                    },
                ],
            },
        ],
    },
    /** Users' servers and builds ask nobody how their machine was set up: the address that tells is no private one. */
    "no-machine-settings": {
        endpointSelector: {
            matchExpressions: [
                {
                    key: "k8s:component",
                    operator: "In",
                    values: ["singleuser-server", "binderhub-build"],
                },
                { key: namespaceLabel, operator: "Exists" },
            ],
        },
        // https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
        egressDeny: [{ toCIDR: ["168.63.129.16/32"], toPorts: tcp(80, 32526) }],
    },
    /** The API server asks the webhook of certificates, from inside the network or through a pod of AKS. */
    "certificate-webhook": {
        endpointSelector: { matchLabels: { [namespaceLabel]: "cert-manager" } },
        ingress: [
            { fromEntities: ["kube-apiserver", "remote-node", "host"], toPorts: tcp(10250) },
            { fromEndpoints: [inNamespaces(["kube-system"])], toPorts: tcp(10250) },
        ],
    },
} as const;

/** The part of the security layer on Azure that says those ways. */
export class NodePaths extends Layer {
    constructor(name: string, args: NodePathsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:NodePaths", name, args, opts);
        for (const [called, spec] of Object.entries(nodePaths)) {
            new CustomResource(
                `${name}-${called}`,
                {
                    apiVersion: "cilium.io/v2",
                    kind: "CiliumClusterwideNetworkPolicy",
                    metadata: this.metadata(`steward-${called}`),
                    spec,
                },
                { parent: this, dependsOn: [...args.ready] },
            );
        }
        this.registerOutputs();
    }
}
