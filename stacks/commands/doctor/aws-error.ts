import type { Finding } from "./check";

const denied = new Set([
    "AccessDenied",
    "AccessDeniedException",
    "AuthFailure",
    "OptInRequired",
    "UnauthorizedOperation",
]);

/** Codes of Node's sockets and of its name look-up. https://nodejs.org/api/errors.html#common-system-errors */
const unreachable =
    /\b(EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|ETIMEDOUT)\b/;

/** What is read of an error. By shape, not by class: an error of Node's core may come from another realm. */
interface Told {
    readonly name?: unknown;
    readonly code?: unknown;
    readonly message?: unknown;
}

const told = (error: unknown): Told => (typeof error === "object" && error !== null ? error : {});

/** The name that AWS gave an error, or its class; "Error" for what is no error at all. */
export function nameOf(error: unknown): string {
    const { name } = told(error);
    return typeof name === "string" ? name : "Error";
}

/**
 * Whether the service was not reached, as opposed to: it answered with a refusal. Where the SDK's retry does not
 * know an error it wraps it and keeps only the text, hence the look at the message.
 */
export function isUnreachable(error: unknown): boolean {
    const { name, code, message } = told(error);
    return name === "TimeoutError" || unreachable.test(`${String(code)} ${String(message)}`);
}

/** Why a check could not look. It proves nothing either way, hence a warning. */
export function unchecked(id: string, error: unknown): Finding {
    const skip = `or leave it out with --skip ${id}`;
    if (isUnreachable(error)) {
        const fix = `look at the network and the proxy, ${skip}`;
        return { id, status: "warning", message: "not checked, no answer from the service", fix };
    }
    const name = nameOf(error);
    const message = `not checked, the answer was ${name}`;
    if (!denied.has(name)) return { id, status: "warning", message, fix: `try again, ${skip}` };
    const text = String(told(error).message);
    const action = /not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(text)?.[1];
    const fix = `allow the caller ${action ?? "to read this"}, ${skip}`;
    return { id, status: "warning", message, fix };
}
