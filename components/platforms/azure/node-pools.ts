import { AgentPool } from "@pulumi/azure-native/containerservice";
import type { ManagedCluster } from "@pulumi/azure-native/containerservice";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { userPool } from "./node-pool";
import type { Pool } from "./pools";

export interface NodePoolsArgs extends LayerArgs {
    readonly resourceGroupName: pulumi.Input<string>;
    readonly cluster: ManagedCluster;
    readonly pools: readonly Pool[];
    /** Release of Kubernetes: the control plane's. */
    readonly version: string;
    readonly encryptionAtHost: boolean;
    readonly subnetId: pulumi.Input<string>;
}

/** The node pools layer on Azure: machines of each hub, which come when somebody waits for one. */
export class NodePools extends Layer {
    readonly pools: readonly AgentPool[];

    constructor(name: string, args: NodePoolsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:NodePools", name, args, opts);
        const { resourceGroupName, cluster, version, subnetId, encryptionAtHost } = args;
        const site = { subnetId, encryptionAtHost, labels: this.labels(), tags: this.tags() };
        let last: AgentPool | undefined;
        this.pools = args.pools.map((pool) => {
            // One after the other: a cluster takes one change at a time.
            last = new AgentPool(
                `${name}-${pool.noun}`,
                { resourceGroupName, resourceName: cluster.name, ...userPool(pool, site, version) },
                {
                    parent: this,
                    // How many machines run is the autoscaler's to say.
                    ignoreChanges: ["count"],
                    ...(last === undefined ? {} : { dependsOn: [last] }),
                },
            );
            return last;
        });
        this.registerOutputs();
    }
}
