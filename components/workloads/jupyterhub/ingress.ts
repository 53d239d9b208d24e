import * as core from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { names } from "./names";

export interface IngressArgs extends LayerArgs {
    /** The hub's name: its namespace and the release of its chart. */
    readonly hub: string;
    readonly namespace: pulumi.Input<string>;
    /** What answers behind the load balancer. */
    readonly behind: readonly pulumi.Resource[];
}

/**
 * Tags as the annotation for a load balancer takes them: `key=value`, joined by commas. A tag with either
 * character in it cannot be written so and is left out.
 *
 * @see https://github.com/kubernetes/cloud-provider-aws/blob/master/docs/service_controller.md
 */
export function loadBalancerTags(tags: Readonly<Record<string, string>>): string {
    return Object.entries(tags)
        .filter((tag) => !tag.some((text) => /[,=]/.test(text)))
        .map(([key, value]) => `${key}=${value}`)
        .join(",");
}

/** What a load balancer is known by; all of it is missing while it is being made. */
interface BalancerStatus {
    readonly loadBalancer?: {
        readonly ingress?: readonly { readonly hostname?: string; readonly ip?: string }[];
    };
}

/** AWS gives a load balancer a name, other platforms an address. */
function addressOf(status: BalancerStatus | undefined): string {
    const [ingress] = status?.loadBalancer?.ingress ?? [];
    return ingress?.hostname ?? ingress?.ip ?? "";
}

/**
 * The ingress layer of one hub: its load balancer, and the Secret in which the chart's certificate agent keeps
 * what Let's Encrypt gave it.
 *
 * The load balancer is not the chart's own Service, which would carry the owner of the hub layer. It selects the
 * same pods: those of `autohttps`, which end TLS and answer the certificate authority on port 80.
 */
export class Ingress extends Layer {
    /** What the hub's domain has to point at. */
    readonly address: pulumi.Output<string>;

    constructor(name: string, args: IngressArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:Ingress", name, args, opts);

        const certificates = new core.Secret(
            `${name}-certificates`,
            {
                // Empty: the agent fills it in, and would make one without an owner if there were none.
                metadata: this.metadata(names.certificates, args.namespace),
                type: "Opaque",
            },
            { parent: this },
        );
        const wayIn = new core.Service(`${name}-way-in`, this.#wayIn(args), {
            parent: this,
            dependsOn: [...args.behind, certificates],
        });

        this.address = wayIn.status.apply(addressOf);
        this.registerOutputs({ address: this.address });
    }

    #wayIn({ hub, namespace }: IngressArgs): core.ServiceArgs {
        const metadata = this.metadata(names.wayIn, namespace);
        const annotation = "service.beta.kubernetes.io/aws-load-balancer";
        return {
            metadata: {
                ...metadata,
                annotations: {
                    ...metadata.annotations,
                    [`${annotation}-type`]: "nlb",
                    [`${annotation}-additional-resource-tags`]: loadBalancerTags(this.tags()),
                },
            },
            spec: {
                type: "LoadBalancer",
                selector: { app: "jupyterhub", component: "autohttps", release: hub },
                ports: [
                    { name: "https", port: 443, targetPort: "https", protocol: "TCP" },
                    { name: "http", port: 80, targetPort: "http", protocol: "TCP" },
                ],
            },
        };
    }
}
