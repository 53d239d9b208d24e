import { isUnknown } from "../components/model/carriers/unknown";

export type Plain = Readonly<Record<string, unknown>>;

/**
 * The properties without the proxy that a policy gets them behind, which throws when an unknown value is read:
 * the SDK would then turn a mandatory rule into an advisory one. Unknown values stay as placeholders.
 */
export function plainOf(props: object): Plain {
    const plain: Record<string, unknown> = {};
    for (const key of Object.keys(props)) {
        // A descriptor passes by the proxy, and what it holds was never behind one.
        plain[key] = Object.getOwnPropertyDescriptor(props, key)?.value;
    }
    return plain;
}

export function isPlain(value: unknown): value is Plain {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A string that is known, or undefined. */
export function textOf(value: unknown): string | undefined {
    return typeof value === "string" && !isUnknown(value) ? value : undefined;
}
