import { setTimeout as sleep } from "node:timers/promises";
import { Refusal } from "./stand-in";

export type Operation = "create" | "update" | "delete";

/** A failure that a test asks for. */
export interface Fault {
    /** Type token, or `*`. */
    readonly type: string;
    /** Name of the resource, or `*`. */
    readonly name: string;
    readonly operation: Operation;
    /** Milliseconds until it fails, in which others may begin and fail too. At once where it says nothing. */
    readonly afterMs?: number;
}

/** Fails an operation that one of the faults describes, before anything was done. */
export async function injectFault(
    faults: readonly Fault[],
    operation: Operation,
    type: string,
    name: string,
): Promise<void> {
    const met = faults.find(
        (fault) =>
            fault.operation === operation &&
            (fault.type === "*" || fault.type === type) &&
            (fault.name === "*" || fault.name === name),
    );
    if (met === undefined) return;
    if (met.afterMs !== undefined) await sleep(met.afterMs);
    throw new Refusal(`rehearsed fault: ${operation} of ${type} ${name} was made to fail`);
}
