import type { Matrix, Owner } from "./matrix";
import { ownerOf } from "./matrix";

/** What one party pays for in a cluster. */
export interface Payer {
    /** The slug of the party. */
    readonly party: string;
    /** The role by which it pays, with its contact: for the account where that is its own, else for a hub. */
    readonly owner: Owner;
    /** Hubs whose budget is its to answer for, in alphabetical order. */
    readonly hubs: readonly string[];
    /** Whether it pays for what the hubs share as well: the account is its own. */
    readonly shared: boolean;
}

/** The layer whose owner pays for all that no hub has for itself: of machines, for what the cloud hosts. */
export const payingLayer = { jupyterhub: "account", commcare: "hosting" } as const;

/** Who pays for one hub, or, without a hub, for what all of them share. */
export function payerOf(matrix: Matrix, hub?: string): Owner | undefined {
    return hub === undefined
        ? ownerOf(matrix, payingLayer[matrix.workload])
        : ownerOf(matrix, "budget-billing", hub);
}

/** Everybody who pays for something, in alphabetical order: another hub changes nobody's place. */
export function payersOf(matrix: Matrix): Payer[] {
    const ofAccount = payerOf(matrix);
    const ofHubs = [...matrix.hubs].sort().flatMap((hub) => {
        const owner = payerOf(matrix, hub);
        return owner === undefined ? [] : [{ hub, owner }];
    });
    const parties = new Set([ofAccount, ...ofHubs.map(({ owner }) => owner)].map((o) => o?.party));
    return [...parties]
        .filter((party) => party !== undefined)
        .sort()
        .flatMap((party): Payer[] => {
            const own = ofHubs.filter(({ owner }) => owner.party === party);
            const shared = ofAccount?.party === party;
            const owner = shared ? ofAccount : own[0]?.owner;
            if (owner === undefined) return [];
            return [{ party, owner, hubs: own.map(({ hub }) => hub), shared }];
        });
}
