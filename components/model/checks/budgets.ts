import { contactKind } from "../contact";
import type { Matrix } from "../matrix";
import { payerOf, payersOf } from "../payers";
import type { Problem } from "../problem";
import type { StackInput } from "../spec/stack";
import { uncounted, withoutBill } from "./vms-hubs";

/** What does not fit in `steward:budgets`: a figure of somebody who pays for nothing, or whom no mail reaches. */
export function checkBudgets({ budgets }: StackInput, matrix: Matrix): Problem[] {
    if (matrix.platform === "vms") {
        return Object.keys(budgets).map((party) => {
            return { path: `steward:budgets.${party}`, message: uncounted, fix: withoutBill };
        });
    }
    const payers = payersOf(matrix);
    // A layer that nobody answers for is a gap, and said as one: who would pay is not known then.
    const isOpen = [undefined, ...matrix.hubs].some((hub) => payerOf(matrix, hub) === undefined);
    return Object.entries(budgets).flatMap(([party, { covers }]): Problem[] => {
        const path = `steward:budgets.${party}`;
        const payer = payers.find((each) => each.party === party);
        if (payer === undefined) {
            if (isOpen && Object.hasOwn(matrix.parties, party)) return [];
            const known = payers.map((each) => each.party).join(", ");
            const message = Object.hasOwn(matrix.parties, party)
                ? "pays for nothing here: neither the account nor the budget of a hub is its own"
                : "is no party of steward:parties";
            return [{ path, message, fix: `take one of: ${known === "" ? "none" : known}` }];
        }
        const problems: Problem[] = [];
        if (contactKind(payer.owner.contact) !== "email") {
            const message = `mails ${payer.owner.contact}, and a budget mails no URL`;
            const fix = `write an e-mail address as steward:parties.${party}.contact`;
            problems.push({ path, message, fix });
        }
        if (covers === "cluster" && !payer.shared && !isOpen) {
            const message =
                "counts the cluster, and the account is another's: it pays for hubs alone";
            problems.push({ path: `${path}.covers`, message, fix: "remove it" });
        }
        return problems;
    });
}
