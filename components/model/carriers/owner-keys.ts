import type { CarrierShape } from "../carriers";
import { ownProperty as own } from "./own-property";

/**
 * What stands for a value that is not known before the update, as the engine sends it to a policy.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go
 */
const unknownValues: ReadonlySet<string> = new Set([
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // string
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
    "030794c1-ac77-496b-92df-f27374a8bd58", // asset
    "e48ece36-62e2-4504-bad9-02848725956a", // archive
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

function known(value: unknown): value is string {
    return typeof value === "string" && !unknownValues.has(value);
}

/** The value beside the one entry with this key; two entries contradict or repeat each other, so neither counts. */
function inList(list: unknown, key: string): unknown {
    if (!Array.isArray(list)) return undefined;
    const entries = Object.keys(list).map((index) => own(list, index));
    const [found, second] = entries.filter((entry) => own(entry, "key") === key);
    return second === undefined ? own(found, "value") : undefined;
}

/** Shapes that carry nothing in their inputs have no reader. */
const readers: Partial<Record<CarrierShape, (props: object, key: string) => unknown>> = {
    map: (props, key) => own(own(props, "tags"), key),
    "propagating-list": (props, key) => inList(own(props, "tags"), key),
    "key-value-list": (props, key) => inList(own(props, "tags"), key),
    labels: (props, key) => own(own(own(props, "metadata"), "labels"), key),
};

/**
 * Reads the owner out of a resource's inputs. On AWS that is `tags`, what was asked for, and never `tagsAll`: one
 * unknown tag makes all of it unknown, and a default tag of the provider says nothing about the layer.
 *
 * @param props Inputs, plain or behind the proxy of a policy; never read in a way that makes it throw.
 * @param keys The keys asked for; no other is returned.
 * @returns key → value. A key is left out if it is absent, unknown, secret or anything but a plain string.
 */
export function readOwnerKeys(
    shape: CarrierShape,
    props: object,
    keys: readonly string[],
): Map<string, string> {
    const read = readers[shape];
    const found = new Map<string, string>();
    for (const key of keys) {
        const value = read?.(props, key);
        if (known(value)) found.set(key, value);
    }
    return found;
}
