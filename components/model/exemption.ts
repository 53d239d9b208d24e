import type { Matrix } from "./matrix";
import { isRole } from "./roles";

/** A written exception from one rule for some resources. */
export interface Exemption {
    /** Name of the rule. */
    readonly rule: string;
    /** URN; `*` stands for any run of characters. */
    readonly urn: string;
    readonly reason: string;
    /** Slug of the role that approved it: another than the one that owns the resource. */
    readonly approver: string;
    /** The moment it ends, ISO 8601 with a zone, such as `2027-01-31T00:00:00Z`. */
    readonly until: string;
    /** Lasts at most 72 hours and may lift the gate too. */
    readonly breakGlass?: boolean | undefined;
}

/** What an exemption does not do, and why; `expired` and the like leave the violation standing. */
export interface ExemptionProblem {
    readonly exemption: Exemption;
    /** Its end has come: what it lifted is a violation again, so this is only a reminder. */
    readonly expired: boolean;
    readonly message: string;
    readonly fix: string;
}

/** The rule that only a break-glass exemption lifts. */
export const gateRule = "gate";

/** How far ahead a break-glass exemption may end. */
const breakGlassHours = 72;

function matches(pattern: string, urn: string): boolean {
    const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`^${pattern.split("*").map(literal).join(".*")}$`, "s").test(urn);
}

/**
 * The exemption that lifts one finding, or undefined. One with a problem of its own lifts nothing.
 *
 * @param finding The rule, the resource, and the role that owns it (null: nobody does).
 */
export function findExemption(
    matrix: Matrix,
    finding: { readonly rule: string; readonly urn: string; readonly role: string | null },
    now: Date,
): Exemption | undefined {
    return matrix.exemptions.find(
        (each) =>
            each.rule === finding.rule &&
            each.approver !== finding.role &&
            matches(each.urn, finding.urn) &&
            problemOf(each, matrix, [finding.rule], now) === undefined,
    );
}

/**
 * What is wrong with the exemptions of a cluster, whether one would be used or not.
 *
 * @param rules The names of all rules that there are.
 */
export function exemptionProblems(
    matrix: Matrix,
    rules: readonly string[],
    now: Date,
): ExemptionProblem[] {
    return matrix.exemptions.flatMap((exemption) => {
        const problem = problemOf(exemption, matrix, rules, now);
        return problem === undefined ? [] : [{ exemption, expired: false, ...problem }];
    });
}

function problemOf(
    exemption: Exemption,
    matrix: Matrix,
    rules: readonly string[],
    now: Date,
): { message: string; fix: string; expired?: true } | undefined {
    const { rule, approver, until, reason } = exemption;
    if (!rules.includes(rule)) {
        return { message: `no rule is called ${rule}`, fix: "take a name of docs/rules.md" };
    }
    if (reason.trim().length < 10) {
        return {
            message: `the exemption from ${rule} gives no reason`,
            fix: "write why it is right",
        };
    }
    if (
        !isRole(approver) ||
        !matrix.rows.some((row) => row.role === approver && row.party !== null)
    ) {
        const message = `${approver}, who approved the exemption from ${rule}, is no role that a party fills here`;
        return { message, fix: "name the role that approved it, another than the owner" };
    }
    const end = Date.parse(until);
    if (Number.isNaN(end)) {
        const message = `the exemption from ${rule} ends at ${until}, which is no date`;
        return { message, fix: "write one such as 2027-01-31T00:00:00Z" };
    }
    if (end <= now.getTime()) {
        const message = `the exemption from ${rule} ended at ${until}`;
        return {
            message,
            fix: "mend the resource and remove the exemption, or have it approved anew",
            expired: true,
        };
    }
    if (rule === gateRule && exemption.breakGlass !== true) {
        const message = "the gate takes no exemption but break-glass";
        return {
            message,
            fix: `name an owner, or write breakGlass: true for at most ${breakGlassHours} hours`,
        };
    }
    if (exemption.breakGlass === true && end - now.getTime() > breakGlassHours * 3_600_000) {
        const message = `the break-glass exemption from ${rule} ends at ${until}, in more than ${breakGlassHours} hours`;
        return { message, fix: `let it end within ${breakGlassHours} hours` };
    }
    return undefined;
}
