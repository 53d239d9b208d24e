import * as networking from "@pulumi/kubernetes/networking/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { EgressRule } from "../../platforms/foundation";
import type { Inside } from "../../platforms/inside";
import { privateRanges } from "../../platforms/inside";
import { gatewayNames } from "./gateway-names";

export interface GatewaySecurityArgs extends LayerArgs {
    readonly gateway: pulumi.Input<string>;
    readonly certificates: pulumi.Input<string>;
    /** Each hub's name and namespace. */
    readonly hubs: readonly { readonly hub: string; readonly namespace: pulumi.Input<string> }[];
    /** Whether Let's Encrypt asks over HTTP, which a pod in the hub's namespace answers. */
    readonly asksOverHttp: boolean;
    /** Where the agent is given its identity in the cloud. */
    readonly identityEgress: readonly EgressRule[];
    readonly inside: Inside;
}

type Spec = networking.NetworkPolicyArgs["spec"];

const tcp = (...ports: readonly number[]) => ports.map((port) => ({ port, protocol: "TCP" }));

const anywhere = { ipBlock: { cidr: "0.0.0.0/0" } };

const everyPod = { podSelector: {}, policyTypes: ["Ingress", "Egress"] } satisfies Spec;

const { ports, pods, solverPods, solverPort } = gatewayNames;

/** The charts' own names for the pods that a hub's traffic ends at. */
const proxyPods = { app: "jupyterhub", component: "proxy" };

/** Everybody in, since it is the way in; out only to proxies, to answers for Let's Encrypt, and to the API. */
const gateway = ({ api }: Inside) => ({
    podSelector: { matchLabels: pods },
    policyTypes: ["Ingress", "Egress"],
    ingress: [{ ports: tcp(...Object.values(ports)) }],
    egress: [
        api,
        {
            to: [{ namespaceSelector: {}, podSelector: { matchLabels: proxyPods } }],
            ports: tcp(8000),
        },
        {
            to: [{ namespaceSelector: {}, podSelector: { matchLabels: solverPods } }],
            ports: tcp(solverPort),
        },
    ],
});

/**
 * The agent asks Let's Encrypt, the cloud's name servers and the API (443), looks whether its answers are visible (80, 53), and is
 * given its identity. The API asks its webhook.
 */
const certificates = ({ api }: Inside, identityEgress: readonly EgressRule[]) => ({
    podSelector: {},
    policyTypes: ["Ingress", "Egress"],
    ingress: [{ from: privateRanges, ports: tcp(10250) }],
    egress: [
        { to: [anywhere], ports: [...tcp(443, 80, 53), { port: 53, protocol: "UDP" }] },
        api,
        ...identityEgress,
    ],
});

const fromGateway = (namespace: pulumi.Input<string>) => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    podSelector: { matchLabels: pods },
});

/** The part of the security layer around the way in: who may talk with the gateway, and the gateway with whom. */
export class GatewaySecurity extends Layer {
    constructor(name: string, args: GatewaySecurityArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:GatewaySecurity", name, args, opts);

        const of = (what: string, policy: string, inside: pulumi.Input<string>, spec: Spec) =>
            new networking.NetworkPolicy(
                `${name}-${what}`,
                { metadata: this.metadata(policy, inside), spec },
                { parent: this },
            );
        of("gateway-default", "default-deny", args.gateway, everyPod);
        of("gateway", "gateway", args.gateway, gateway(args.inside));
        of("certificates-default", "default-deny", args.certificates, everyPod);
        of(
            "certificates",
            "cert-manager",
            args.certificates,
            certificates(args.inside, args.identityEgress),
        );
        for (const { hub, namespace } of args.hubs) {
            const admits = (matchLabels: Record<string, string>, port: number) => ({
                podSelector: { matchLabels },
                policyTypes: ["Ingress"],
                ingress: [{ from: [fromGateway(args.gateway)], ports: tcp(port) }],
            });
            of(`${hub}-gateway`, "gateway", namespace, admits(proxyPods, 8000));
            if (args.asksOverHttp)
                of(`${hub}-solver`, "certificate-proof", namespace, admits(solverPods, solverPort));
        }

        this.registerOutputs();
    }
}
