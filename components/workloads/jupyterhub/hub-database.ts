import * as core from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { names } from "./names";

export interface HubDatabaseArgs extends LayerArgs {
    readonly namespace: pulumi.Input<string>;
    /** The platform's class for volumes that are claimed: encrypted and kept on deletion. */
    readonly storageClass: pulumi.Input<string>;
    /** What must stand before the claim can be met: the class itself, whose name says nothing of it. */
    readonly ready: readonly pulumi.Resource[];
}

/** The database layer of one hub: the volume of its SQLite file. */
export class HubDatabase extends Layer {
    constructor(name: string, args: HubDatabaseArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:HubDatabase", name, args, opts);

        new core.PersistentVolumeClaim(
            `${name}-claim`,
            {
                metadata: this.metadata(names.hubDatabase, args.namespace),
                spec: {
                    accessModes: ["ReadWriteOnce"],
                    storageClassName: args.storageClass,
                    resources: { requests: { storage: "1Gi" } },
                },
            },
            { parent: this, protect: true, dependsOn: [...args.ready] },
        );

        this.registerOutputs();
    }
}
