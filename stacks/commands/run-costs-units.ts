import { wordProblem } from "../../components/model/problem";
import { StateProblem } from "../../policies/report/state";
import type { Bill, BillRow } from "./costs/bill";
import { billOf } from "./costs/bill";
import { table } from "./paint";
import { defaultStateDir, readRehearsedState, readStateFile } from "./state-source";

export interface CostsUnitsOptions {
    readonly state?: string;
    readonly stateDir?: string;
    readonly format: "text" | "markdown" | "json";
}

const head = ["layer", "role", "party", "pays", "what", "at a time", "billed by the"];

const prices: Readonly<Record<Bill["platform"], string>> = {
    aws: "Prices are AWS's (https://calculator.aws); taxes and a support plan come on top.",
    azure: "Prices are Azure's (https://azure.microsoft.com/pricing/calculator/); taxes and a support plan come on top.",
    vms: "Prices are those of whoever hosts the machines.",
};

/** What the table cannot say of itself. */
const noteOf = ({ platform, rows }: Bill): string =>
    rows.length === 0
        ? `Nothing is billed beside the hosts: \`order\` writes what they are. ${prices[platform]}`
        : `At a time: at the least, and at the most. ${prices[platform]}`;

/**
 * Writes what a cluster will be billed for, without prices: those are the cloud's to say, and change.
 *
 * @returns 0 written; 1 there are types that nobody wrote the units of down; 2 no such state.
 */
export function costsUnits(stack: string, options: CostsUnitsOptions): number {
    try {
        const resources =
            options.state === undefined
                ? readRehearsedState(stack, options.stateDir ?? defaultStateDir(stack))
                : readStateFile(options.state);
        const bill = billOf(resources);
        process.stdout.write(render(stack, bill, options.format));
        const unknown = Object.entries(bill.unknown);
        for (const [type, count] of unknown) {
            process.stderr.write(
                `${type}: ${String(count)} whose units are not known; add the type to stacks/commands/costs/units.ts\n`,
            );
        }
        return unknown.length === 0 ? 0 : 1;
    } catch (error) {
        if (!(error instanceof StateProblem)) throw error;
        process.stderr.write(`${wordProblem(error.problem)}\n`);
        return 2;
    }
}

function render(stack: string, bill: Bill, format: CostsUnitsOptions["format"]): string {
    if (format !== "json" && bill.rows.length === 0) return `${noteOf(bill)}\n`;
    const cells = bill.rows.map(cellsOf);
    switch (format) {
        case "json":
            return `${JSON.stringify({ stack, ...bill }, undefined, 2)}\n`;
        case "text":
            return `${table(head, cells)}\n\n${noteOf(bill)}\n`;
        case "markdown":
            return [
                ...[head, head.map(() => "---"), ...cells].map((row) => `| ${row.join(" | ")} |\n`),
                `\n${noteOf(bill)}\n`,
            ].join("");
    }
}

function cellsOf({ layer, scope, role, party, payer, what, from, to, unit }: BillRow): string[] {
    const place = scope === undefined ? layer : `${layer} (${scope})`;
    return [place, role, party, payer, what, amountOf(from, to), unit];
}

function amountOf(from: number | undefined, to: number | undefined): string {
    if (from === undefined || to === undefined) return "by use";
    return from === to ? String(from) : `${String(from)} to ${String(to)}`;
}
