const defaultTraceLimit = 10;

/**
 * Constructs without stack traces: the SDK takes the text of one for every promise, to name those that leak, which is
 * 7 % of a whole preview. Errors of the construction have none either, so who looks for a bug sets another limit than
 * Node's own, which is then left alone: `NODE_OPTIONS=--stack-trace-limit=30`.
 *
 * @throws what `construct` throws.
 * @see https://nodejs.org/api/errors.html#errorstacktracelimit
 */
export async function withoutTraces<T>(construct: () => Promise<T>): Promise<T> {
    if (Error.stackTraceLimit !== defaultTraceLimit) return construct();
    Error.stackTraceLimit = 0;
    try {
        return await construct();
    } finally {
        Error.stackTraceLimit = defaultTraceLimit;
    }
}
