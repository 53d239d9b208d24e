import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { randomKey } from "../../../random-key";

/** The part of the control plane layer that lets nodes in. */
export class Token extends Layer {
    /** Secret: whoever has it may join as a node, and reads what servers share. */
    readonly value: pulumi.Output<string>;

    constructor(name: string, args: LayerArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:Token", name, args, opts);
        this.value = randomKey(`${name}-token`, this);
        this.registerOutputs();
    }
}
