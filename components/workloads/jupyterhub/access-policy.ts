import * as core from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { HubSpec } from "../../model/spec/jupyterhub";
import { names } from "./names";
import { accessPolicy } from "./sign-in";

export interface AccessPolicyArgs extends LayerArgs {
    readonly namespace: pulumi.Input<string>;
    readonly hub: HubSpec;
}

/** The access layer of one hub: who may enter and who administers it, in a ConfigMap that the hub reads. */
export class AccessPolicy extends Layer {
    constructor(name: string, args: AccessPolicyArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:AccessPolicy", name, args, opts);

        new core.ConfigMap(
            `${name}-policy`,
            {
                metadata: this.metadata(names.accessPolicy, args.namespace),
                data: { [names.accessPolicyFile]: accessPolicy(args.hub) },
            },
            { parent: this },
        );

        this.registerOutputs();
    }
}
