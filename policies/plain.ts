export type Plain = Readonly<Record<string, unknown>>;

/**
 * What stands for a value that is not known before the update, as the engine sends it to a policy.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go
 */
const unknownValues: ReadonlySet<unknown> = new Set([
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // string
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
    "030794c1-ac77-496b-92df-f27374a8bd58", // asset
    "e48ece36-62e2-4504-bad9-02848725956a", // archive
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

export function isUnknown(value: unknown): boolean {
    return unknownValues.has(value);
}

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
