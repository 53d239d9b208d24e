import { ownerKeys } from "./tags";

/**
 * The tags that costs are told apart by, in the order in which a bill is read: who answers, then for what. The
 * contact and the tool are on every resource too, and tell no cost from another.
 */
export const costTags = [
    ownerKeys.role,
    ownerKeys.party,
    ownerKeys.layer,
    ownerKeys.hub,
    ownerKeys.cluster,
    ownerKeys.environment,
] as const;
