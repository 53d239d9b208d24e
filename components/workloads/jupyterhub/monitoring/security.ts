import * as networking from "@pulumi/kubernetes/networking/v1";
import type * as types from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { EgressRule } from "../../../platforms/foundation";
import type { Inside } from "../../../platforms/inside";
import { privateRanges } from "../../../platforms/inside";
import { gatewayNames } from "../gateway-names";
import type { WatchedHub } from "./measurements";
import { monitoringNames, monitoringPods } from "./names";

export interface MonitoringSecurityArgs extends LayerArgs {
    readonly monitoring: pulumi.Input<string>;
    readonly agents: pulumi.Input<string>;
    readonly gateway: pulumi.Input<string>;
    readonly certificates: pulumi.Input<string>;
    readonly hubs: readonly Omit<WatchedHub, "key">[];
    readonly inside: Inside;
    /** Where pods are given their identity in the cloud, and alerts go besides. */
    readonly identityEgress: readonly EgressRule[];
    /** Whether the logs are collected from inside. */
    readonly collects: boolean;
}

type Spec = networking.NetworkPolicyArgs["spec"];
type Labels = Readonly<Record<string, string>>;

/** Who may come and where to; a way that is not named is not looked at. */
interface Rules {
    readonly ingress?: types.networking.v1.NetworkPolicyIngressRule[];
    readonly egress?: types.networking.v1.NetworkPolicyEgressRule[];
}

const tcp = (...ports: readonly number[]) => ports.map((port) => ({ port, protocol: "TCP" }));

const names = { to: privateRanges, ports: [...tcp(53), { port: 53, protocol: "UDP" }] };

const everyPod = { podSelector: {}, policyTypes: ["Ingress", "Egress"] } satisfies Spec;

const { ports } = monitoringNames;
const { prometheus, alertmanager, kubeState, grafana, logs } = monitoringPods;

/** The charts' own labels of the pods that are asked. */
const asked = {
    hub: { app: "jupyterhub", component: "hub" },
    homes: { app: "nfs-server" },
    certificates: { "app.kubernetes.io/name": "cert-manager" },
} as const;

const inNamespace = (name: pulumi.Input<string>, matchLabels: Labels) => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
    podSelector: { matchLabels },
});

/** The part of the security layer around the monitoring: who may ask whom how it does. */
export class MonitoringSecurity extends Layer {
    constructor(name: string, args: MonitoringSecurityArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:MonitoringSecurity", name, args, opts);
        const { monitoring, agents, gateway, certificates, hubs } = args;
        const { api, nodes } = args.inside;
        /** The cloud's own services, and where a pod is given its identity. */
        const cloud = [
            { to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: tcp(443) },
            ...args.identityEgress,
        ];

        const of = (what: string, policy: string, inside: pulumi.Input<string>, spec: Spec) =>
            new networking.NetworkPolicy(
                `${name}-${what}`,
                { metadata: this.metadata(policy, inside), spec },
                { parent: this },
            );
        const talks = (matchLabels: Labels, rules: Rules): Spec => ({
            podSelector: { matchLabels },
            policyTypes: Object.keys(rules).map((way) =>
                way === "ingress" ? "Ingress" : "Egress",
            ),
            ...rules,
        });
        const from = (pods: Labels, port: number) => [
            { from: [{ podSelector: { matchLabels: pods } }], ports: tcp(port) },
        ];
        const to = (pods: Labels, port: number, inside: pulumi.Input<string> = monitoring) => ({
            to: [inNamespace(inside, pods)],
            ports: tcp(port),
        });

        of("monitoring-default", "default-deny", monitoring, everyPod);
        of("agents-default", "default-deny", agents, everyPod);
        of(
            "prometheus",
            "prometheus",
            monitoring,
            talks(prometheus, {
                ingress: from(grafana, ports.prometheus),
                egress: [
                    names,
                    api,
                    // Nodes have addresses of no pod. The gateway and the homes answer on the same port.
                    { to: nodes, ports: tcp(ports.kubelet, ports.nodes) },
                    to(alertmanager, ports.alertmanager),
                    to(kubeState, ports.kubeState),
                    to(logs, ports.logs, agents),
                    to(asked.certificates, ports.certificates, certificates),
                    ...hubs.map(({ namespace }) => to(asked.hub, ports.hub, namespace)),
                ],
            }),
        );
        of(
            "alertmanager",
            "alertmanager",
            monitoring,
            talks(alertmanager, {
                ingress: from(prometheus, ports.alertmanager),
                egress: [names, ...cloud],
            }),
        );
        of(
            "kube-state",
            "kube-state-metrics",
            monitoring,
            talks(kubeState, {
                ingress: from(prometheus, ports.kubeState),
                egress: [names, api],
            }),
        );
        of(
            "grafana",
            "grafana",
            monitoring,
            talks(grafana, {
                egress: [names, to(prometheus, ports.prometheus)],
            }),
        );
        const admits = (pods: Labels, port: number) =>
            talks(pods, {
                ingress: [{ from: [inNamespace(monitoring, prometheus)], ports: tcp(port) }],
            });
        if (args.collects) {
            of(
                "logs",
                "fluent-bit",
                agents,
                talks(logs, {
                    ingress: [
                        { from: [inNamespace(monitoring, prometheus)], ports: tcp(ports.logs) },
                    ],
                    egress: [names, ...cloud],
                }),
            );
        }
        of("gateway-metrics", "metrics", gateway, admits(gatewayNames.pods, ports.gateway));
        of(
            "certificates-metrics",
            "metrics",
            certificates,
            admits(asked.certificates, ports.certificates),
        );
        for (const { hub, namespace, homes } of hubs) {
            of(`${hub}-metrics`, "metrics", namespace, admits(asked.hub, ports.hub));
            if (homes === undefined) continue;
            of(`${hub}-homes-metrics`, "metrics", homes, admits(asked.homes, ports.homes));
        }
        this.registerOutputs();
    }
}
