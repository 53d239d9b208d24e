import { Workspace } from "@pulumi/azure-native/operationalinsights";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { Place } from "./place";

export interface LogStoreArgs extends LayerArgs {
    readonly place: Place;
    readonly resourceGroupName: pulumi.Input<string>;
    /** Days that it keeps what it has, 30 to 730. */
    readonly keepDays: number;
}

/** The part of the monitoring layer that everything else writes down in. */
export class LogStore extends Layer {
    readonly workspace: Workspace;

    constructor(name: string, args: LogStoreArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:LogStore", name, args, opts);
        const { place, resourceGroupName, keepDays } = args;
        this.workspace = new Workspace(
            `${name}-logs`,
            {
                resourceGroupName,
                location: place.location,
                workspaceName: `${place.clusterName}-logs`,
                sku: { name: "PerGB2018" },
                retentionInDays: keepDays,
                // Whoever writes or reads proves who they are; the shared key proves nothing.
                features: {
                    disableLocalAuth: true,
                    enableLogAccessUsingOnlyResourcePermissions: true,
                },
                tags: this.tags(),
            },
            { parent: this },
        );
        this.registerOutputs({ id: this.workspace.id });
    }
}
