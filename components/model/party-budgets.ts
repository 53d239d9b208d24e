import type { Matrix } from "./matrix";
import type { Payer } from "./payers";
import { payersOf } from "./payers";
import type { BudgetsSpec } from "./spec/budgets";
import type { HubSpec } from "./spec/jupyterhub";

/** The budget of a party over all it pays for. */
export interface PartyBudget {
    readonly payer: Payer;
    /** US dollars a month. */
    readonly monthlyUsd: number;
    /**
     * What is counted: all of the account or of the cluster but hubs that others pay for, or hubs alone. What
     * the hubs share carries the tag of no hub.
     */
    readonly counts:
        | { readonly of: "account" | "cluster"; readonly without: readonly string[] }
        | { readonly of: "hubs"; readonly hubs: readonly string[] };
}

type Hub = Pick<HubSpec, "name" | "budget">;

/**
 * The budgets that are due beside those of the hubs: for each party that the stack file names a figure for, and for
 * each that pays for more than the budget of one hub shows it. Without a figure the sum of its hubs' is taken, and
 * what the hubs share must fit into it; who pays for the shared part alone has a budget only with a figure.
 */
export function partyBudgets(
    matrix: Matrix,
    hubs: readonly Hub[],
    budgets: BudgetsSpec,
): PartyBudget[] {
    return payersOf(matrix).flatMap((payer): PartyBudget[] => {
        const named = Object.hasOwn(budgets, payer.party) ? budgets[payer.party] : undefined;
        const own = hubs.filter(({ name }) => payer.hubs.includes(name));
        if (named === undefined && !showsLess(own, payer)) return [];
        const sum = own.reduce((total, { budget }) => total + (budget?.monthlyUsd ?? 0), 0);
        const others = matrix.hubs.filter((hub) => !payer.hubs.includes(hub)).sort();
        const counts = payer.shared
            ? ({ of: named?.covers ?? "account", without: others } as const)
            : ({ of: "hubs", hubs: payer.hubs } as const);
        return [{ payer, monthlyUsd: named?.monthlyUsd ?? sum, counts }];
    });
}

/** Whether the budgets of a party's hubs leave out something that it pays for. */
function showsLess([first, ...more]: readonly Hub[], { shared }: Payer): boolean {
    if (first === undefined) return false;
    if (more.length > 0 || first.budget?.covers === "party") return true;
    return shared && first.budget?.covers === "hub";
}
