import type { CarrierShape } from "../carriers";
import { ownProperty as own } from "./own-property";
import { isUnknown } from "./unknown";

function known(value: unknown): value is string {
    return typeof value === "string" && !isUnknown(value);
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
