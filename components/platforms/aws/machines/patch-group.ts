/** Machines that are patched together: those that keep data, and all others. */
export type PatchTier = "data" | "application";

export const patchTiers = ["data", "application"] as const satisfies readonly PatchTier[];

export function patchTierOf(layer: string): PatchTier {
    return layer === "data-services" ? "data" : "application";
}

/** The name of a tier to the Patch Manager, unique in an account. */
export const patchGroup = (clusterName: string, tier: PatchTier): string =>
    `${clusterName}-${tier}`;

/**
 * The tag that the Patch Manager looks for. Its key has no space, because that one is not allowed where tags are
 * shown in the metadata of machines.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-patch-groups.html
 */
export function patchGroupTag(clusterName: string, layer: string): Record<string, string> {
    return { PatchGroup: patchGroup(clusterName, patchTierOf(layer)) };
}
