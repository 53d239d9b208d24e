import * as pulumi from "@pulumi/pulumi";
import type { Matrix } from "./model/matrix";

/** The type token that the gate policy looks for. */
export const clusterType = "steward:index:Cluster";

/**
 * The cluster: registered before anything else and the parent of everything.
 *
 * It takes the whole matrix as its inputs, so that the gate policy can judge it and stop the deploy while
 * nothing but the root stack exists. Nothing may precede it: no provider, no invoke.
 */
export class Cluster extends pulumi.ComponentResource {
    constructor(name: string, matrix: Matrix, opts?: pulumi.ComponentResourceOptions) {
        super(clusterType, name, { ...matrix }, opts);
        this.registerOutputs({ matrix });
    }
}
