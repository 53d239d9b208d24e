import * as networking from "@pulumi/kubernetes/networking/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { Inside } from "../../platforms/inside";
import { privateRanges } from "../../platforms/inside";

export interface GuardedHub {
    readonly hub: string;
    readonly namespace: pulumi.Input<string>;
    /** The namespace of the server of its home directories, where it has one. */
    readonly homes: pulumi.Input<string> | undefined;
}

export interface SecurityAbuseArgs extends LayerArgs {
    readonly hubs: readonly GuardedHub[];
    readonly inside: Inside;
}

type Spec = networking.NetworkPolicyArgs["spec"];

const everyPod = { podSelector: {}, policyTypes: ["Ingress", "Egress"] } satisfies Spec;

/** The scheduler asks the Kubernetes API, and the chart has no policy for it. */
const scheduler = ({ api }: Inside) =>
    ({
        podSelector: { matchLabels: { app: "jupyterhub", component: "user-scheduler" } },
        policyTypes: ["Egress"],
        egress: [api],
    }) satisfies Spec;

/**
 * Nodes mount the homes; their addresses are of the same ranges as pods'. What keeps users' pods away is the
 * policy on those pods themselves, which lets them reach no private address.
 */
const homesServer = {
    podSelector: { matchLabels: { app: "nfs-server" } },
    policyTypes: ["Ingress"],
    ingress: [{ from: privateRanges, ports: [{ port: 2049, protocol: "TCP" }] }],
} satisfies Spec;

/**
 * The security layer: in the namespaces of the hubs nothing may talk that is not allowed to. What the hub, its
 * proxy and users' servers need, the chart's own policies allow.
 */
export class SecurityAbuse extends Layer {
    constructor(name: string, args: SecurityAbuseArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:SecurityAbuse", name, args, opts);

        for (const { hub, namespace, homes } of args.hubs) {
            const of = (what: string, policy: string, inside: pulumi.Input<string>, spec: Spec) =>
                new networking.NetworkPolicy(
                    `${name}-${hub}-${what}`,
                    { metadata: this.metadata(policy, inside), spec },
                    { parent: this },
                );
            of("default", "default-deny", namespace, everyPod);
            of("scheduler", "user-scheduler", namespace, scheduler(args.inside));
            if (homes === undefined) continue;
            of("homes-default", "default-deny", homes, everyPod);
            of("homes-server", "nfs-server", homes, homesServer);
        }

        this.registerOutputs();
    }
}
