import type { Value } from "../provider/values";
import { isProps, Unknown } from "../provider/values";

/**
 * The value at a path such as `spec.template`. Keys with dots in them cannot be reached.
 *
 * @returns Unknown when something on the way is not known yet, undefined when nothing is there.
 */
export function at(value: Value | undefined, path: string): Value | undefined {
    let here = value;
    for (const step of path.split(".")) {
        if (here === Unknown) return Unknown;
        if (!isProps(here)) return undefined;
        here = here[step];
    }
    return here;
}

/** The text at a path, undefined for anything else. */
export function textAt(value: Value | undefined, path: string): string | undefined {
    const found = at(value, path);
    return typeof found === "string" ? found : undefined;
}

/** The list at a path; empty when there is none, or when it is not known yet. */
export function listAt(value: Value | undefined, path: string): readonly Value[] {
    const found = at(value, path);
    return Array.isArray(found) ? found : [];
}

/** The keys and values at a path; none when it is absent or not known yet. */
export function entriesAt(
    value: Value | undefined,
    path: string,
): readonly (readonly [string, Value])[] {
    const found = at(value, path);
    return isProps(found) ? Object.entries(found) : [];
}

/** A value as a message shows it. */
export function shown(value: Value | undefined): string {
    if (typeof value === "string") return value;
    return typeof value === "symbol" ? "something unknown" : JSON.stringify(value ?? null);
}
