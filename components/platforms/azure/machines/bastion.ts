import * as network from "@pulumi/azure-native/network";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { Where } from "./where";

export interface BastionArgs extends LayerArgs {
    readonly clusterName: string;
    readonly where: Where;
    readonly subnetId: pulumi.Input<string>;
    readonly zones: readonly string[];
}

/**
 * A way in for administrators that needs no public address of a machine; who may use it, Entra says.
 *
 * @see https://learn.microsoft.com/azure/bastion/connect-vm-native-client-linux
 */
export class Bastion extends Layer {
    constructor(name: string, args: BastionArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:Bastion", name, args, opts);
        const { clusterName, where, subnetId, zones } = args;
        const address = new network.PublicIPAddress(
            `${name}-bastion`,
            {
                ...where,
                publicIpAddressName: `${clusterName}-bastion`,
                sku: { name: "Standard", tier: "Regional" },
                publicIPAllocationMethod: "Static",
                zones: [...zones],
                tags: this.tags(),
            },
            { parent: this },
        );
        new network.BastionHost(
            `${name}-bastion`,
            {
                ...where,
                bastionHostName: `${clusterName}-bastion`,
                sku: { name: "Standard" }, // the first that takes `az network bastion ssh`
                scaleUnits: 2,
                enableTunneling: true,
                enableFileCopy: false,
                enableShareableLink: false,
                ipConfigurations: [
                    {
                        name: "outside",
                        subnet: { id: subnetId },
                        publicIPAddress: { id: address.id },
                        privateIPAllocationMethod: "Dynamic",
                    },
                ],
                tags: this.tags(),
            },
            { parent: this },
        );
        this.registerOutputs();
    }
}
