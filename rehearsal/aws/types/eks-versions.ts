/** The Kubernetes version that EKS creates where none is named. */
export const newestKubernetes = "1.34";

/** The minor number of a version such as 1.34, or undefined where it is none that EKS ever had. */
export function minorOf(version: string): number | undefined {
    const minor = /^1\.(\d{2})$/.exec(version)?.[1];
    return minor === undefined ? undefined : Number(minor);
}

/** Processors with ARM's instructions: a1, and families with a g after the number, such as m7gd. */
export function isArm(instanceType: string): boolean {
    return /^(a1|[a-z]+\d+g[a-z]*)\./.test(instanceType);
}
