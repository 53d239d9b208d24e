import type { Cluster } from "@pulumi/aws/eks";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { admit } from "./access";
import type { Place } from "./place";

export interface DeployIdentityArgs extends LayerArgs {
    readonly place: Place;
    readonly cluster: Cluster;
    /** The ARN of the principal that deploys; undefined: nobody may from here. */
    readonly principalArn: string | undefined;
    /** What held these rights before this layer did. */
    readonly formerly: { readonly name: string; readonly parent: pulumi.Resource };
}

/** The deploy identity layer on AWS: who may deploy into the cluster. Where the state is kept is not the stack's to make. */
export class DeployIdentity extends Layer {
    /** What must stand before the deployer may use the API. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: DeployIdentityArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:DeployIdentity", name, args, opts);
        const { place, cluster, principalArn, formerly } = args;
        const deployer = { place, cluster, slug: "deployer", namespaces: [] } as const;
        // Taken away and given anew, the deployer would be locked out half-way.
        const aliases = [{ name: `${formerly.name}-deployer`, parent: formerly.parent }];
        this.ready =
            principalArn === undefined
                ? []
                : [
                      admit(
                          `${name}-deployer`,
                          { ...deployer, principalArn, tags: this.tags() },
                          { parent: this, aliases },
                      ),
                  ];
        this.registerOutputs();
    }
}
