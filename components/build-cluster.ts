import { Cluster } from "./cluster";
import type { Matrix } from "./model/matrix";
import type { StackSpec } from "./model/spec";
import { isHubs, isVmsMachines } from "./model/spec";
import { platforms } from "./platforms";
import type { BuildFoundation } from "./platforms/foundation";
import type { BuildMachines } from "./platforms/machines-foundation";
import type { Secrets } from "./secrets";
import type { Outputs } from "./workloads";
import { withoutTraces } from "./without-traces";
import { workloads } from "./workloads";

/** Builds what is in a cluster that stands. */
type Builder = (cluster: Cluster) => Promise<Outputs>;

/**
 * The modules that a stack is built from, and none of another workload's or platform's.
 *
 * @returns what builds everything in the cluster.
 */
export function loadBuilder(spec: StackSpec, secrets: Secrets = {}): Builder {
    if (isVmsMachines(spec)) {
        const buildHosts = platforms.vms.hosts();
        return (cluster) => Promise.resolve(buildHosts(spec, cluster, secrets));
    }
    // What is at a platform's name takes specs of that platform, which is more than the compiler sees.
    if (isHubs(spec)) {
        const { kubernetes } = platforms[spec.platform.kind] as {
            readonly kubernetes: () => BuildFoundation;
        };
        const buildFoundation = kubernetes();
        const buildWorkload = workloads.jupyterhub();
        return async (cluster) => {
            const foundation = await buildFoundation(spec, cluster, secrets);
            const outputs = buildWorkload(spec, cluster, foundation, secrets);
            return { ...foundation.outputs, ...outputs };
        };
    }
    const { machines } = platforms[spec.platform.kind] as {
        readonly machines: () => BuildMachines;
    };
    const buildMachines = machines();
    const buildWorkload = workloads.commcare();
    return async (cluster) => {
        const foundation = await buildMachines(spec, cluster);
        return { ...foundation.outputs, ...buildWorkload(spec, foundation) };
    };
}

/**
 * Registers the cluster and, once the gate has let it pass, everything in it. Waiting costs nothing: the engine
 * judges the cluster in milliseconds, while the rest takes about half a second to construct.
 *
 * Does not look for gaps: the program that calls it refused them already, and the gate policy does so again.
 *
 * @param matrix What the cluster component declares; another than the spec's only where a test proves the gate.
 */
export async function buildCluster(
    spec: StackSpec,
    secrets: Secrets,
    matrix: Matrix = spec.matrix,
): Promise<Outputs> {
    const build = loadBuilder(spec, secrets);
    const cluster = new Cluster(spec.name, matrix);
    await cluster.admitted;
    return withoutTraces(() => build(cluster));
}
