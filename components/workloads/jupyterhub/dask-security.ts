import * as networking from "@pulumi/kubernetes/networking/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { HubSpec } from "../../model/spec/jupyterhub";
import type { EgressRule, PodIdentity } from "../../platforms/foundation";
import type { Inside } from "../../platforms/inside";
import { privateCidrs, privateRanges } from "../../platforms/inside";
import type { DaskComponent } from "./dask-names";
import { daskPods } from "./dask-names";
import { privateReach } from "./sessions";

export interface DaskSecurityArgs extends LayerArgs {
    /** Hubs that have a Dask gateway, each with its namespace and its users' identity. */
    readonly hubs: readonly {
        readonly hub: HubSpec;
        readonly namespace: pulumi.Input<string>;
        readonly identity: PodIdentity;
    }[];
    readonly inside: Inside;
}

const tcp = (...ports: readonly number[]) => ports.map((port) => ({ port, protocol: "TCP" }));

/** Workers listen where the kernel has room. */
const anyHighPort = [{ port: 1_024, endPort: 65_535, protocol: "TCP" }];

const names = {
    to: [
        {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
        },
        ...privateRanges,
    ],
    ports: [...tcp(53), { port: 53, protocol: "UDP" }],
};

/** As users' servers: the internet; and where the users' cloud identity is handed out comes with that. */
const outside = {
    to: [{ ipBlock: { cidr: "0.0.0.0/0", except: [...privateCidrs, "169.254.169.254/32"] } }],
};

/** Pods of the hub's chart. */
const ofHub = (component: string) => ({
    podSelector: { matchLabels: { app: "jupyterhub", component } },
});

/** What each kind of pod of a hub's Dask gateway is reached by, and what it reaches; nothing else. */
export function daskPolicies(
    hub: HubSpec,
    { api: kubernetes }: Inside,
    identityEgress: readonly EgressRule[],
) {
    const pods = (component: DaskComponent) => ({
        podSelector: { matchLabels: daskPods(hub.name, component) },
    });
    const [gateway, proxy] = [pods("gateway"), pods("traefik")];
    const [scheduler, worker] = [pods("dask-scheduler"), pods("dask-worker")];
    const computing = [names, outside, ...identityEgress, ...privateReach(hub)];
    return {
        gateway: {
            ...gateway,
            ingress: [{ from: [proxy, scheduler], ports: tcp(8000) }],
            egress: [
                kubernetes,
                names,
                { to: [ofHub("hub")], ports: tcp(8081) },
                { to: [scheduler], ports: tcp(8788) },
            ],
        },
        controller: { ...pods("controller"), ingress: [], egress: [kubernetes] },
        proxy: {
            ...proxy,
            // The hub looks whether its service is there; its proxy brings people to dashboards.
            ingress: [
                {
                    from: ["hub", "proxy", "singleuser-server"].map(ofHub),
                    ports: tcp(8000),
                },
            ],
            egress: [
                kubernetes,
                { to: [gateway], ports: tcp(8000) },
                { to: [scheduler], ports: tcp(8786, 8787) },
            ],
        },
        scheduler: {
            ...scheduler,
            ingress: [
                { from: [proxy], ports: tcp(8786, 8787) },
                { from: [gateway], ports: tcp(8788) },
                { from: [worker], ports: tcp(8786) },
            ],
            egress: [
                ...computing,
                { to: [gateway], ports: tcp(8000) },
                { to: [worker], ports: anyHighPort },
            ],
        },
        // Clusters of one hub are told apart by certificates: each has an authority of its own.
        worker: {
            ...worker,
            ingress: [{ from: [scheduler, worker], ports: anyHighPort }],
            egress: [
                ...computing,
                { to: [scheduler], ports: tcp(8786) },
                { to: [worker], ports: anyHighPort },
            ],
        },
    };
}

/** The part of the security layer around Dask gateways: in a hub's namespace nothing may talk by itself. */
export class DaskSecurity extends Layer {
    constructor(name: string, args: DaskSecurityArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:DaskSecurity", name, args, opts);

        for (const { hub, namespace, identity } of args.hubs) {
            for (const [what, policy] of Object.entries(
                daskPolicies(hub, args.inside, identity.egress),
            )) {
                new networking.NetworkPolicy(
                    `${name}-${hub.name}-dask-${what}`,
                    {
                        metadata: this.metadata(`dask-${what}`, namespace),
                        spec: { ...policy, policyTypes: ["Ingress", "Egress"] },
                    },
                    { parent: this },
                );
            }
        }

        this.registerOutputs();
    }
}
