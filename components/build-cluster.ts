import type * as pulumi from "@pulumi/pulumi";
import { Cluster } from "./cluster";
import type { Matrix } from "./model/matrix";
import type { ClusterSpec } from "./model/spec";
import { platforms } from "./platforms";
import type { Secrets } from "./workloads";
import { workloads } from "./workloads";

/**
 * Registers the cluster and, once the gate has let it pass, everything in it. Waiting costs nothing: the engine
 * judges the cluster in milliseconds, while the rest takes about half a second to construct.
 *
 * Does not look for gaps: the program that calls it refused them already, and the gate policy does so again.
 *
 * @param matrix What the cluster component declares; another than the spec's only where a test proves the gate.
 */
export async function buildCluster(
    spec: ClusterSpec,
    secrets: Secrets,
    matrix: Matrix = spec.matrix,
): Promise<Readonly<Record<string, pulumi.Input<unknown>>>> {
    const buildFoundation = platforms[spec.platform.kind]();
    const buildWorkload = workloads[spec.workload.kind]();
    const cluster = new Cluster(spec.name, matrix);
    await cluster.admitted;
    const foundation = await buildFoundation(spec, cluster);
    const outputs = buildWorkload(spec, cluster, foundation, secrets);
    return { ...foundation.outputs, ...outputs };
}
