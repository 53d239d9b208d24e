import * as apiextensions from "@pulumi/kubernetes/apiextensions/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import kinds from "./dask-kinds.generated.json";

interface Definition {
    readonly name: string;
    readonly spec: apiextensions.CustomResourceDefinitionArgs["spec"];
}

/** The SDK's types write `x_kubernetes_…`; the definitions have it as Kubernetes does, which the provider passes on. */
const definitions = kinds.definitions as unknown as readonly Definition[];

/**
 * The kinds that Dask gateways and the proxies before them are told of, made once for all hubs: a definition belongs to
 * the whole cluster, and two hubs' charts would both want to make it. With a definition go the clusters that run.
 */
export class DaskKinds extends Layer {
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: LayerArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:DaskKinds", name, args, opts);

        this.ready = definitions.map((definition) => {
            const [kind = definition.name] = definition.name.split(".");
            return new apiextensions.CustomResourceDefinition(
                `${name}-${kind}`,
                { metadata: this.metadata(definition.name), spec: definition.spec },
                { parent: this },
            );
        });
        this.registerOutputs();
    }
}
