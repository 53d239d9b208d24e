/** Plain values as a stand-in sees them: secrets unwrapped, what is not known yet as `Unknown`. */

/** Stands for a value that only exists once something else was created. */
export const Unknown: unique symbol = Symbol("unknown");
export type Unknown = typeof Unknown;

export type Value = null | boolean | number | string | Unknown | Value[] | { [key: string]: Value };
export type Props = Record<string, Value>;

// The engine's wire format, see https://www.pulumi.com/docs/iac/extending-pulumi/ and sdk/go/common/resource/plugin/rpc.go.
const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";

export interface Decoded {
    readonly props: Props;
    /** Top-level properties with a secret somewhere inside. */
    readonly secrets: ReadonlySet<string>;
}

export function isProps(value: unknown): value is Props {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function decodeValue(wire: unknown, sawSecret: () => void): Value {
    if (wire === unknownString) return Unknown;
    if (Array.isArray(wire)) return wire.map((each) => decodeValue(each, sawSecret));
    if (typeof wire !== "object" || wire === null) return wire as Value;
    const object = wire as Record<string, unknown>;
    switch (object[signatureKey]) {
        case secretSignature:
            sawSecret();
            return decodeValue(object["value"], sawSecret);
        case outputSignature:
            if (object["secret"] === true) sawSecret();
            return "value" in object ? decodeValue(object["value"], sawSecret) : Unknown;
        case resourceSignature:
            return decodeValue(object["id"] ?? object["urn"] ?? null, sawSecret);
        default: {
            const entries = Object.entries(object).map(([key, value]): [string, Value] => [
                key,
                decodeValue(value, sawSecret),
            ]);
            return Object.fromEntries(entries);
        }
    }
}

/** Reads the properties of a request. Archives and assets stay as the engine writes them. */
export function decode(wire: Readonly<Record<string, unknown>>): Decoded {
    const secrets = new Set<string>();
    const props: Props = {};
    for (const [key, value] of Object.entries(wire)) {
        if (!key.startsWith("__")) props[key] = decodeValue(value, () => secrets.add(key));
    }
    return { props, secrets };
}

function encodeValue(value: Value): unknown {
    if (value === Unknown) return unknownString;
    if (Array.isArray(value)) return value.map(encodeValue);
    if (!isProps(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, encodeValue(each)]));
}

/** Writes the properties of an answer; those named in `secrets` are sealed again. */
export function encode(props: Props, secrets: ReadonlySet<string>): Record<string, never> {
    const entries = Object.entries(props).map(([key, value]) => [
        key,
        secrets.has(key)
            ? { [signatureKey]: secretSignature, value: encodeValue(value) }
            : encodeValue(value),
    ]);
    return Object.fromEntries(entries) as Record<string, never>;
}

/** Whether anything in the value is not known yet. */
export function hasUnknown(value: Value): boolean {
    if (value === Unknown) return true;
    if (Array.isArray(value)) return value.some(hasUnknown);
    return isProps(value) && Object.values(value).some(hasUnknown);
}

/** Deep equality of two plain values; an unknown equals nothing, not even itself. */
export function same(left: Value | undefined, right: Value | undefined): boolean {
    if (left === Unknown || right === Unknown) return false;
    if (Array.isArray(left) && Array.isArray(right)) {
        return left.length === right.length && left.every((each, at) => same(each, right[at]));
    }
    if (isProps(left) && isProps(right)) {
        const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
        return [...keys].every((key) => same(left[key], right[key]));
    }
    return (left ?? null) === (right ?? null);
}
