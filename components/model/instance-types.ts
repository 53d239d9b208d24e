export type Architecture = "x86_64" | "arm64";

/**
 * The processor of an instance type: AWS marks Graviton with a `g` right after the generation (`r8g`, `m7gd`,
 * `im4gn`), and `a1` is the one family before that rule.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(instanceType: string): Architecture {
    return /^([a-z]+\d+g[a-z-]*|a1)\./.test(instanceType) ? "arm64" : "x86_64";
}

/** Families whose machines need a driver that the standard node image does not have. */
export function isAccelerated(instanceType: string): boolean {
    return /^(g|gr|p|trn|inf|dl|vt|f)\d/.test(instanceType);
}

/**
 * How much of a machine a type is, for the families whose name says it: a `c` has 2, an `m` 4 and an `r` 8 GiB for
 * each vCPU from the fifth generation on, and the size says how many vCPUs. Bare metal is as large as its
 * generation's whole server, and `c5n` has memory of its own measure: those compare with their own kind only.
 *
 * Compared with the 1,108 types that the autoscaler lists with vCPUs and memory.
 *
 * @returns Two types with one answer have the same vCPUs and the same memory.
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/ec2_instance_types.go
 */
export function sizeOf(instanceType: string): string {
    const [family = "", size = ""] = instanceType.split(".");
    const [, letter, generation] = /^([cmr])(\d+)/.exec(family) ?? [];
    const plain = Number(generation) >= 5 && family !== "c5n" && !size.startsWith("metal");
    return letter === undefined || !plain ? instanceType : `${letter}.${size}`;
}

/** NVIDIA's GPUs by family: what the node label calls one, and how many each size has; all others have one. */
interface Gpus {
    readonly label: string;
    readonly several: Readonly<Record<string, number>>;
}

const likeG5 = { "12xlarge": 4, "24xlarge": 4, "48xlarge": 8 } as const;

/**
 * Families that Amazon's NVIDIA image has the driver for, but for those that share one GPU between machines.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html
 */
const gpus: Readonly<Record<string, Gpus>> = {
    g4dn: { label: "nvidia-tesla-t4", several: { "12xlarge": 4, metal: 8 } },
    g5: { label: "nvidia-a10g", several: likeG5 },
    g5g: { label: "nvidia-t4g", several: { "16xlarge": 2, metal: 2 } },
    g6: { label: "nvidia-l4", several: likeG5 },
    g6e: { label: "nvidia-l40s", several: likeG5 },
    gr6: { label: "nvidia-l4", several: {} },
    p3: { label: "nvidia-tesla-v100", several: { "8xlarge": 4, "16xlarge": 8 } },
    p3dn: { label: "nvidia-tesla-v100", several: { "24xlarge": 8 } },
    p4d: { label: "nvidia-tesla-a100", several: { "24xlarge": 8 } },
    p4de: { label: "nvidia-tesla-a100", several: { "24xlarge": 8 } },
    p5: { label: "nvidia-h100", several: { "48xlarge": 8 } },
    p5en: { label: "nvidia-h200", several: { "48xlarge": 8 } },
};

/** Families of GPU machines that Steward has an image and a driver for. */
export const gpuFamilies: readonly string[] = Object.keys(gpus);

/**
 * The GPUs of an instance type such as g4dn.xlarge.
 *
 * @returns undefined for a type without one, and for one whose GPU the node image has no driver for.
 */
export function gpusOf(
    instanceType: string,
): { readonly label: string; readonly count: number } | undefined {
    const [family = "", size = ""] = instanceType.split(".");
    const found = Object.hasOwn(gpus, family) ? gpus[family] : undefined;
    return found === undefined
        ? undefined
        : { label: found.label, count: found.several[size] ?? 1 };
}
