import { machineLayer } from "../../../model/commcare/machine-layer";
import type { Machine } from "../../../model/commcare/plan";

/**
 * Machines that are patched together: applications at once, those that keep data a zone at a time, so that whatever
 * has a copy in another zone goes on answering.
 */
export const patchTiers = ["data-0", "data-1", "data-2", "application"] as const;

export type PatchTier = (typeof patchTiers)[number];

export function patchTierOf(machine: Pick<Machine, "services" | "zone">): PatchTier {
    if (machineLayer(machine) !== "data-services") return "application";
    return patchTiers[machine.zone] ?? "data-2";
}

/** The name of a tier, unique in a subscription. */
export const patchGroup = (clusterName: string, tier: PatchTier): string =>
    `${clusterName}-${tier}`;

/** The tag by which Update Manager finds the machines of a tier. */
export function patchGroupTag(
    clusterName: string,
    machine: Pick<Machine, "services" | "zone">,
): Record<string, string> {
    return { PatchGroup: patchGroup(clusterName, patchTierOf(machine)) };
}
