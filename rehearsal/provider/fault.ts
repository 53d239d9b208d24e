import { Refusal } from "./stand-in";

export type Operation = "create" | "update" | "delete";

/** A failure that a test asks for. */
export interface Fault {
    /** Type token, or `*`. */
    readonly type: string;
    /** Name of the resource, or `*`. */
    readonly name: string;
    readonly operation: Operation;
}

/** Fails the operation that the fault describes, before anything was done. */
export function injectFault(
    fault: Fault | undefined,
    operation: Operation,
    type: string,
    name: string,
): void {
    if (fault?.operation !== operation) return;
    if ((fault.type !== "*" && fault.type !== type) || (fault.name !== "*" && fault.name !== name))
        return;
    throw new Refusal(`rehearsed fault: ${operation} of ${type} ${name} was made to fail`);
}
