import * as networking from "@pulumi/kubernetes/networking/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { EgressRule } from "../../../platforms/foundation";
import { privateCidrs, privateRanges } from "../../../platforms/inside";
import { binderLabels, buildLabels, buildNames } from "./names";

export interface BuildSecurityArgs extends LayerArgs {
    /** Hubs that build, each with its namespace and that of its builds. */
    readonly hubs: readonly {
        readonly hub: string;
        readonly namespace: pulumi.Input<string>;
        readonly room: pulumi.Input<string>;
        /** Ways of BinderHub's pod to its identity. */
        readonly egress: readonly EgressRule[];
    }[];
}

const tcp = (...ports: readonly number[]) => ports.map((port) => ({ port, protocol: "TCP" }));

const names = {
    to: [
        { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } },
        ...privateRanges,
    ],
    ports: [...tcp(53), { port: 53, protocol: "UDP" }],
};

/** Where the world is. Link-local addresses hand out identities: of a machine, and of pods. */
const world = {
    ipBlock: { cidr: "0.0.0.0/0", except: [...privateCidrs, "169.254.0.0/16"] },
};

const ofHub = (component: string) => ({
    podSelector: { matchLabels: { app: "jupyterhub", component } },
});

/** Who talks with BinderHub, and with a build: nobody but what is named here. */
export const buildPolicies = {
    binder: {
        podSelector: { matchLabels: binderLabels },
        ingress: [{ from: [ofHub("hub"), ofHub("proxy")], ports: tcp(buildNames.port) }],
        egress: [
            names,
            { to: [ofHub("hub")], ports: tcp(8081) },
            // The Kubernetes API, and the cloud's where an endpoint gives it a private address.
            { to: privateRanges, ports: tcp(443) },
            { to: [world], ports: tcp(443) },
        ],
    },
    build: {
        podSelector: { matchLabels: buildLabels },
        ingress: [],
        egress: [names, { to: [world] }],
    },
} as const;

/** The part of the security layer around builds: a build reaches the world, and nothing of the cluster. */
export class BuildSecurity extends Layer {
    constructor(name: string, args: BuildSecurityArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:BuildSecurity", name, args, opts);

        for (const { hub, namespace, room, egress } of args.hubs) {
            const policy = (
                called: string,
                inside: pulumi.Input<string>,
                spec: networking.NetworkPolicyArgs["spec"],
            ) =>
                new networking.NetworkPolicy(
                    `${name}-${hub}-${called}`,
                    { metadata: this.metadata(called, inside), spec },
                    { parent: this },
                );
            const both = { policyTypes: ["Ingress", "Egress"] };
            policy("builds-default", room, { podSelector: {}, ...both });
            policy("builds", room, plain({ ...buildPolicies.build, ...both }));
            const ways = [...buildPolicies.binder.egress, ...egress];
            policy("binder", namespace, plain({ ...buildPolicies.binder, egress: ways, ...both }));
        }
        this.registerOutputs();
    }
}

/** Lists that the engine may keep. */
const plain = (spec: object) =>
    JSON.parse(JSON.stringify(spec)) as NonNullable<networking.NetworkPolicyArgs["spec"]>;
