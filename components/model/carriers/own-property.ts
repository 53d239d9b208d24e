/**
 * A property of its own, by its descriptor: the proxy that a policy gets throws when an unknown value is read
 * in the ordinary way, and the engine then skips the rule with a warning.
 */
export function ownProperty(holder: unknown, key: string): unknown {
    if (typeof holder !== "object" || holder === null) return undefined;
    return Object.getOwnPropertyDescriptor(holder, key)?.value;
}
