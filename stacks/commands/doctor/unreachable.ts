/** Codes of Node's sockets and of its name look-up. https://nodejs.org/api/errors.html#common-system-errors */
const unreachable =
    /\b(EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|ETIMEDOUT)\b/;

/** What is read of an error. By shape, not by class: an error of Node's core may come from another realm. */
export interface Told {
    readonly name?: unknown;
    readonly code?: unknown;
    readonly message?: unknown;
}

export const told = (error: unknown): Told =>
    typeof error === "object" && error !== null ? error : {};

/**
 * Whether the service was not reached, as opposed to: it answered with a refusal. Where an SDK's retry does not
 * know an error it wraps it and keeps only the text, hence the look at the message.
 */
export function isUnreachable(error: unknown): boolean {
    const { name, code, message } = told(error);
    if (name === "TimeoutError" || name === "AbortError") return true;
    return unreachable.test(`${String(code)} ${String(message)}`);
}

/** A question that nobody answered. It proves nothing either way. */
export const noAnswer = {
    message: "not checked, no answer from the service",
    fix: "look at the network and the proxy",
} as const;
