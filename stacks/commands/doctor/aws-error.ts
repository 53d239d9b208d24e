import type { Finding } from "./check";
import { isUnreachable, noAnswer, told } from "./unreachable";

const denied = new Set([
    "AccessDenied",
    "AccessDeniedException",
    "AuthFailure",
    "OptInRequired",
    "UnauthorizedOperation",
]);

/** The name that AWS gave an error, or its class; "Error" for what is no error at all. */
export function nameOf(error: unknown): string {
    const { name } = told(error);
    return typeof name === "string" ? name : "Error";
}

/** Why a check could not look. It proves nothing either way, hence a warning. */
export function unchecked(id: string, error: unknown): Finding {
    const skip = `or leave it out with --skip ${id}`;
    if (isUnreachable(error)) {
        const fix = `${noAnswer.fix}, ${skip}`;
        return { id, status: "warning", message: noAnswer.message, fix };
    }
    const name = nameOf(error);
    const message = `not checked, the answer was ${name}`;
    if (!denied.has(name)) return { id, status: "warning", message, fix: `try again, ${skip}` };
    const text = String(told(error).message);
    const action = /not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(text)?.[1];
    const fix = `allow the caller ${action ?? "to read this"}, ${skip}`;
    return { id, status: "warning", message, fix };
}
