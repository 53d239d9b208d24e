import * as pulumi from "@pulumi/pulumi";
import { PrivateKey } from "@pulumi/tls/privateKey";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";

/** The key by which the control machine comes in to every host of a cluster. */
export class ControlKey extends Layer {
    readonly publicKey: pulumi.Output<string>;
    readonly privateKey: pulumi.Output<string>;

    constructor(name: string, args: LayerArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:ControlKey", name, args, opts);
        const key = new PrivateKey(`${name}-key`, { algorithm: "ED25519" }, { parent: this });
        this.publicKey = key.publicKeyOpenssh.apply((line) => line.trim());
        this.privateKey = pulumi.secret(key.privateKeyOpenssh);
        this.registerOutputs();
    }
}
