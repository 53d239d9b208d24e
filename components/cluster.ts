import * as pulumi from "@pulumi/pulumi";
import type { Matrix } from "./model/matrix";
import { clusterType } from "./model/tokens";

/**
 * The cluster: registered before anything else and the parent of everything.
 *
 * It takes the whole matrix as its inputs, so that the gate policy can judge it and stop the deploy while
 * nothing but the root stack exists. Nothing may precede it: no provider, no invoke.
 */
export class Cluster extends pulumi.ComponentResource {
    /** Resolves when the engine has taken the cluster, which is when the gate has let it pass. */
    readonly admitted: Promise<void>;

    constructor(name: string, matrix: Matrix, opts?: pulumi.ComponentResourceOptions) {
        super(clusterType, name, { ...matrix }, opts);
        this.registerOutputs({ matrix });
        this.admitted = new Promise((resolve, reject) => {
            const answered = this.urn.apply(() => {
                resolve();
            });
            pulumi.recover(answered, reject);
        });
    }
}
