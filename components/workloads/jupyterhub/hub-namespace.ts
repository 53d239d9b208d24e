import * as core from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";

/**
 * The namespace of one hub: the first part of the hub layer, in which the hub's other layers stand. The chart
 * is the last part and has a component of its own, `Hub`.
 */
export class HubNamespace extends Layer {
    readonly namespace: pulumi.Output<string>;

    constructor(
        name: string,
        args: LayerArgs & { hub: string },
        opts: pulumi.ComponentResourceOptions,
    ) {
        super("steward:jupyterhub:HubNamespace", name, args, opts);

        const metadata = this.metadata(args.hub);
        const namespace = new core.Namespace(
            `${name}-namespace`,
            {
                metadata: {
                    ...metadata,
                    labels: {
                        ...metadata.labels,
                        // Nothing in here needs more, least of all what users start.
                        "pod-security.kubernetes.io/enforce": "restricted",
                        "pod-security.kubernetes.io/warn": "restricted",
                    },
                },
            },
            { parent: this },
        );

        this.namespace = namespace.metadata.name;
        this.registerOutputs({ namespace: this.namespace });
    }
}
