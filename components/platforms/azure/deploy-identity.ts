import type { ManagedCluster } from "@pulumi/azure-native/containerservice";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { admit } from "./access";

export interface DeployIdentityArgs extends LayerArgs {
    readonly subscriptionId: string;
    readonly cluster: ManagedCluster;
    /** The object id of the principal that deploys; undefined: nobody may from here. */
    readonly principalId: string | undefined;
    /** What held these rights before this layer did. */
    readonly formerly: { readonly name: string; readonly parent: pulumi.Resource };
}

/** The deploy identity layer on Azure: who may deploy into the cluster. Where the state is kept is not the stack's to make. */
export class DeployIdentity extends Layer {
    /** What must stand before the deployer may use the API. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: DeployIdentityArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:DeployIdentity", name, args, opts);
        const { subscriptionId, cluster, principalId, formerly } = args;
        const deployer = { subscriptionId, cluster, slug: "deployer", namespaces: [] } as const;
        // Taken away and given anew, the deployer would be locked out half-way.
        const optsOf = (noun: string) => ({
            parent: this,
            aliases: [{ name: `${formerly.name}-deployer-${noun}`, parent: formerly.parent }],
        });
        this.ready =
            principalId === undefined
                ? []
                : admit(`${name}-deployer`, { ...deployer, principalId }, optsOf);
        this.registerOutputs();
    }
}
