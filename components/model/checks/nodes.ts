import { autoscalerReleases } from "../autoscaler-releases";
import { architectureOf, gpuFamilies, gpusOf, isAccelerated, sizeOf } from "../instance-types";
import type { Problem } from "../problem";
import type { AwsSpec } from "../spec/aws";

export const twice = (values: readonly string[]): string[] =>
    values.filter((value, at) => values.indexOf(value) !== at);

/** What does not fit together in `steward:aws.nodes`. */
export function checkNodes({ nodes, network, kubernetes }: AwsSpec): Problem[] {
    const { core, user, gpu, dask, build } = nodes;
    const problems: Problem[] = [];
    const say = (path: string, message: string, fix: string) =>
        problems.push({ path: `steward:aws.${path}`, message, fix });

    const zones: [string, string][] = [["nodes.core.zone", core.zone]];
    for (const [kind, pool] of Object.entries({ user, gpu, dask, build })) {
        pool?.zones?.forEach((zone, at) =>
            zones.push([`nodes.${kind}.zones[${String(at)}]`, zone]),
        );
        for (const name of [...twice(pool?.zones ?? []), ...twice(pool?.instanceTypes ?? [])]) {
            say(`nodes.${kind}`, `names ${name} twice`, "name it once");
        }
    }
    for (const [path, zone] of zones) {
        if (network.zones.includes(zone)) continue;
        say(path, `${zone} has no subnet`, `take one of: ${network.zones.join(", ")}`);
    }
    const others = [dask, build].flatMap((pool) => pool?.instanceTypes ?? []);
    for (const type of [core.instanceType, ...user.instanceTypes, ...others]) {
        if (!isAccelerated(type)) continue;
        const fix = "take another type, or describe it in steward:aws.nodes.gpu";
        say("nodes", `${type} needs a driver that the node image does not have`, fix);
    }
    gpu?.instanceTypes.forEach((type, at) => {
        if (gpusOf(type) !== undefined) return;
        const message = `${type} has no GPU that the node image has a driver for`;
        const fix = `take a type of one of: ${gpuFamilies.join(", ")}`;
        say(`nodes.gpu.instanceTypes[${String(at)}]`, message, fix);
    });
    problems.push(
        ...checkEqual("dask", dask?.instanceTypes ?? []),
        ...checkEqual("build", build?.instanceTypes ?? []),
    );
    if (core.max < core.min) say("nodes.core.max", "is below min", "write at least as many nodes");
    if (!Object.hasOwn(autoscalerReleases, kubernetes.version)) {
        const message = `${kubernetes.version} has no autoscaler that Steward knows`;
        const fix = `take one of: ${Object.keys(autoscalerReleases).join(", ")}`;
        say("kubernetes.version", message, fix);
    }
    return problems;
}

/**
 * The machines of one group have to be alike: the autoscaler reckons with the first of the types, and all start
 * from one image.
 *
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
function checkEqual(kind: "dask" | "build", types: readonly string[]): Problem[] {
    const [first = ""] = types;
    return types.flatMap((type, at): Problem[] => {
        const path = `steward:aws.nodes.${kind}.instanceTypes[${String(at)}]`;
        if (architectureOf(type) !== architectureOf(first)) {
            const message = `${type} has another kind of processor than ${first}`;
            return [{ path, message, fix: "take types that run the same image" }];
        }
        if (sizeOf(type) === sizeOf(first)) return [];
        const message = `${type} is not known to have the vCPUs and memory of ${first}, with which the autoscaler reckons`;
        return [
            {
                path,
                message,
                fix: "take types of one size and kind, such as r5.xlarge and r6i.xlarge",
            },
        ];
    });
}
