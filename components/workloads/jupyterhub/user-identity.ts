import * as core from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";

export interface UserIdentityArgs extends LayerArgs {
    readonly namespace: pulumi.Input<string>;
    /** The name that the platform tied to the hub's cloud identity. */
    readonly serviceAccount: string;
    /** By which the cloud knows it. */
    readonly annotations: Readonly<Record<string, pulumi.Input<string>>>;
}

/** The object storage layer of one hub, inside Kubernetes: the account by which users' pods reach the buckets. */
export class UserIdentity extends Layer {
    constructor(name: string, args: UserIdentityArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:UserIdentity", name, args, opts);

        const metadata = this.metadata(args.serviceAccount, args.namespace);
        new core.ServiceAccount(
            `${name}-account`,
            {
                metadata: {
                    ...metadata,
                    annotations: { ...metadata.annotations, ...args.annotations },
                },
                // The cloud's identity comes by a token of its own; the one for the Kubernetes API stays out.
                automountServiceAccountToken: false,
            },
            { parent: this },
        );

        this.registerOutputs();
    }
}
