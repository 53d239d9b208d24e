import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { accessOf, finder } from "./access";
import { grant } from "./role-assignment";

export interface DeployIdentityArgs extends LayerArgs {
    readonly subscriptionId: string;
    /** Of the cluster, which holds no other. */
    readonly resourceGroupName: pulumi.Input<string>;
    /** The object id of the principal that deploys; undefined: nobody may from here. */
    readonly principalId: string | undefined;
}

/**
 * The deploy identity layer on Azure: who may deploy into whatever cluster comes into a group, before there is one. AKS
 * hears of a role up to five minutes late, and what it refuses until then nobody tries again; making the cluster takes
 * longer than that. Where the state is kept is not the stack's to make.
 *
 * @see https://learn.microsoft.com/azure/aks/manage-azure-rbac
 */
export class DeployIdentity extends Layer {
    /** What must stand before the cluster is made. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: DeployIdentityArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:DeployIdentity", name, args, opts);
        const { subscriptionId, resourceGroupName, principalId } = args;
        const scope = pulumi.interpolate`/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`;
        const roles = { all: accessOf.deployer.role, finds: finder } as const;
        this.ready =
            principalId === undefined
                ? []
                : Object.entries(roles).map(([noun, role]) =>
                      grant(
                          `${name}-deployer-${noun}`,
                          { subscriptionId, role, scope, principalId },
                          { parent: this },
                      ),
                  );
        this.registerOutputs();
    }
}
