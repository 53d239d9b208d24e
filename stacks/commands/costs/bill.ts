import { payerOf } from "../../../components/model/payers";
import { Inventory } from "../../../policies/inventory";
import type { Matrix } from "../../../components/model/matrix";
import type { StateResource } from "../../../policies/report/state";
import { StateProblem } from "../../../policies/report/state";
import type { Unit } from "./units";
import { billed, isFree } from "./units";

/** Units of one kind in one layer, with who answers for them and who pays. */
export interface BillRow extends Unit {
    readonly layer: string;
    readonly scope?: string;
    readonly role: string;
    readonly party: string;
    /** Whoever answers for the hub's budget; for what hubs share, for the account. */
    readonly payer: string;
}

/** What a cluster is billed for. Amounts of a row with `from` and `to` are sums; without, the use decides. */
export interface Bill {
    readonly platform: Matrix["platform"];
    readonly rows: readonly BillRow[];
    /** Types that may cost something and that nobody wrote down here, with how many there are. */
    readonly unknown: Readonly<Record<string, number>>;
}

/**
 * Counts what will be billed, from a state: rehearsed, before the first `up`, or exported.
 *
 * @throws StateProblem for a state without a cluster.
 */
export function billOf(resources: readonly StateResource[]): Bill {
    const inventory = new Inventory(resources);
    const matrix = inventory.matrix();
    if (matrix === undefined) {
        throw new StateProblem({
            path: "state",
            message: "has no cluster that can be read",
            fix: "rehearse the stack first, or name a state with --state",
        });
    }
    const rows = new Map<string, BillRow>();
    const unknown: Record<string, number> = {};
    for (const resource of resources.filter(({ custom }) => custom)) {
        const { type } = resource;
        const units = Object.hasOwn(billed, type) ? billed[type] : undefined;
        if (units === undefined && !isFree(type)) unknown[type] = (unknown[type] ?? 0) + 1;
        const owner = inventory.ownerOf(resource);
        if (units === undefined || owner === undefined) continue;
        const { layer, scope, role, party } = owner;
        const payer = payerOf(matrix, scope)?.party ?? "nobody";
        const who = { layer, ...(scope === undefined ? {} : { scope }), role, party, payer };
        for (const unit of units(resource, resources)) add(rows, { ...who, ...unit });
    }
    const order = matrix.rows.map(({ layer, scope }) => key(layer, scope));
    const place = ({ layer, scope }: BillRow) => order.indexOf(key(layer, scope));
    return {
        platform: matrix.platform,
        rows: [...rows.values()].sort((a, b) => place(a) - place(b) || (a.what < b.what ? -1 : 1)),
        unknown,
    };
}

function add(rows: Map<string, BillRow>, row: BillRow): void {
    const at = [key(row.layer, row.scope), row.what, row.unit].join(" ");
    const known = rows.get(at);
    const sum = (side: "from" | "to") =>
        row[side] === undefined ? {} : { [side]: row[side] + (known?.[side] ?? 0) };
    rows.set(at, { ...row, ...sum("from"), ...sum("to") });
}

const key = (layer: string, scope: string | undefined): string => `${layer} ${scope ?? ""}`;
