import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { randomKey } from "../../../random-key";

/** Secrets by which nodes are let in. */
export interface Tokens {
    /** Whoever has it may join as a server, and reads what servers share: the keys of the whole cluster. */
    readonly server: pulumi.Output<string>;
    /** Lets in agents alone. Users' servers run there, so that the other one must not lie there. */
    readonly agent: pulumi.Output<string>;
}

/**
 * The part of the control plane layer that lets nodes in.
 *
 * @see https://docs.k3s.io/cli/token
 */
export class Token extends Layer {
    readonly tokens: Tokens;

    constructor(name: string, args: LayerArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:Token", name, args, opts);
        this.tokens = {
            server: randomKey(`${name}-token`, this),
            agent: randomKey(`${name}-agent-token`, this),
        };
        this.registerOutputs();
    }
}
