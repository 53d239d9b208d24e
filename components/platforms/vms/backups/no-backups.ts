import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";

/** Of a host whose data nothing copies off it: it stands for what is not there, so that `data-backed-up` refuses it. */
export class NoBackups extends Layer {
    constructor(name: string, args: LayerArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:NoBackups", name, args, opts);
        this.registerOutputs();
    }
}
