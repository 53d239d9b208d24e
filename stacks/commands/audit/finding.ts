import type { Matrix } from "../../../components/model/matrix";
import { ownerOf, rowName } from "../../../components/model/matrix";
import type { Drift } from "./check";

/** A drift, with the host it is on and whoever answers for it. */
export interface Finding extends Drift {
    /** A check's, or `reached`. */
    readonly check: string;
    readonly host: string;
    readonly role: string | null;
    readonly party: string | null;
    readonly contact: string | null;
}

/** Longest words of a host that are repeated. */
const longest = 300;

/** What a host says may be anything, also what a terminal takes for an order. */
function harmless(text: string): string {
    const plain = text.replaceAll(/[^\x20-\x7e\u00a0-\uffff]+/g, " ").trim();
    return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
}

export function findingOf(check: string, host: string, drift: Drift, matrix: Matrix): Finding {
    // A workload's book may lack the layer; whatever is on a host is its system's then.
    const known = matrix.rows.some((row) => rowName(row) === drift.layer);
    const layer = known ? drift.layer : "operating-system";
    const [of = layer, scope] = layer.split("@");
    const owner = ownerOf(matrix, of, scope);
    const { is, should, fix } = drift;
    return {
        check,
        host,
        layer,
        is: harmless(is),
        should: harmless(should),
        fix: harmless(fix),
        role: owner?.role ?? null,
        party: owner?.party ?? null,
        contact: owner?.contact ?? null,
    };
}
