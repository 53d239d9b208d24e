import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as apiextensions from "@pulumi/kubernetes/apiextensions/v1";
import * as core from "@pulumi/kubernetes/core/v1";
import * as helm from "@pulumi/kubernetes/helm/v4/chart";
import * as policy from "@pulumi/kubernetes/policy/v1";
import type * as pulumi from "@pulumi/pulumi";
import { inTurn } from "../../in-turn";
import { labelChildren } from "../../label-children";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { Entrance } from "../../platforms/foundation";
import { sealSecrets } from "../../seal-secrets";
import gatewayApi from "./gateway-api.generated.json";
import { gatewayNames } from "./gateway-names";
import { gatewayValues } from "./gateway-values";

export interface GatewayArgs extends LayerArgs {
    readonly entrance: Entrance;
    /** Release of the Traefik chart, https://traefik.github.io/charts */
    readonly chartVersion: string;
    /** What must stand before a pod can run. */
    readonly ready: readonly pulumi.Resource[];
}

/**
 * The gateway layer inside Kubernetes: the kinds of the Gateway API, and Traefik, which all hubs' traffic passes.
 * What a hub needs of it, its Gateway, stands in the hub's own namespace and layer.
 */
export class Gateway extends Layer {
    readonly namespace: pulumi.Output<string>;
    /** What must stand before a hub's Gateway is understood. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: GatewayArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:Gateway", name, args, opts);

        this.namespace = this.#namespace(name);
        const kinds = this.#kinds(name);
        const gatewayClass = new CustomResource(
            `${name}-class`,
            {
                apiVersion: "gateway.networking.k8s.io/v1",
                kind: "GatewayClass",
                metadata: this.metadata(gatewayNames.gatewayClass),
                spec: { controllerName: "traefik.io/gateway-controller" },
            },
            { parent: this, dependsOn: kinds },
        );
        const chart = new helm.Chart(
            `${name}-chart`,
            {
                name: gatewayNames.namespace,
                chart: "traefik",
                version: args.chartVersion,
                repositoryOpts: { repo: "https://traefik.github.io/charts" },
                namespace: this.namespace,
                skipCrds: true, // Traefik's own kinds, which nothing here uses
                values: gatewayValues({ [args.entrance.addressKind]: args.entrance.address }),
            },
            {
                parent: this,
                transforms: [inTurn(labelChildren(this.owner), sealSecrets)],
                dependsOn: [...kinds, ...args.ready],
            },
        );
        this.#service(name, args);
        this.#budget(name);

        this.ready = [gatewayClass, chart];
        this.registerOutputs({ namespace: this.namespace });
    }

    #namespace(name: string): pulumi.Output<string> {
        const metadata = this.metadata(gatewayNames.namespace);
        const restricted = { "pod-security.kubernetes.io/enforce": "restricted" };
        const namespace = new core.Namespace(
            `${name}-namespace`,
            { metadata: { ...metadata, labels: { ...metadata.labels, ...restricted } } },
            { parent: this },
        );
        return namespace.metadata.name;
    }

    /** The standard channel of one release. Resources of ours: no chart of the project's own has them. */
    #kinds(name: string): apiextensions.CustomResourceDefinition[] {
        return gatewayApi.definitions.map((definition) => {
            const metadata = this.metadata(definition.name);
            const [kind = definition.name] = definition.name.split(".");
            return new apiextensions.CustomResourceDefinition(
                `${name}-${kind}`,
                {
                    metadata: {
                        ...metadata,
                        annotations: { ...definition.annotations, ...metadata.annotations },
                    },
                    spec: definition.spec,
                },
                { parent: this },
            );
        });
    }

    /** `Local`: a node sends to its own pods only, and so they see who asks; other nodes fail the health check. */
    #service(name: string, { entrance: { service } }: GatewayArgs): void {
        const metadata = this.metadata("gateway", this.namespace);
        const ports = { http: 80, https: 443, health: 8080 } as const;
        const to = (port: keyof typeof ports) => ({
            name: port,
            protocol: "TCP",
            port: ports[port],
            targetPort: gatewayNames.ports[port],
        });
        const shared = { externalTrafficPolicy: "Local", selector: gatewayNames.pods };
        if (service.type === "LoadBalancer") {
            new core.Service(
                `${name}-service`,
                {
                    metadata: {
                        ...metadata,
                        annotations: { ...metadata.annotations, ...service.annotations },
                    },
                    // Kubernetes opens a port of its own where it says whether a node has a pod.
                    spec: { type: service.type, ...shared, ports: [to("http"), to("https")] },
                },
                // The hubs' domains point at its address.
                { parent: this, protect: true },
            );
            return;
        }
        new core.Service(
            `${name}-service`,
            {
                metadata,
                spec: {
                    type: service.type,
                    ...shared,
                    ports: (["http", "https", "health"] as const).map((port) => ({
                        ...to(port),
                        nodePort: service.ports[port],
                    })),
                },
            },
            { parent: this },
        );
    }

    #budget(name: string): void {
        new policy.PodDisruptionBudget(
            `${name}-budget`,
            {
                metadata: this.metadata("gateway", this.namespace),
                // Not minAvailable: the one pod that is left after a failure would stop every drain.
                spec: { maxUnavailable: 1, selector: { matchLabels: gatewayNames.pods } },
            },
            { parent: this },
        );
    }
}
