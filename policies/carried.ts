import type { CarrierShape } from "../components/model/carriers";
import { readOwnerKeys } from "../components/model/carriers";
import type { Owner } from "../components/model/matrix";
import { ownerLabels } from "../components/model/tags";
import type { Resource } from "./resource";

/** The owner's keys that a carrier lacks or has wrong, in words; empty: it shows its owner. */
export function wrongKeys(resource: Resource, shape: CarrierShape, owner: Owner): string[] {
    const expected = ownerLabels(owner);
    const found = readOwnerKeys(shape, resource.inputs, Object.keys(expected));
    return differences(expected, (key) => found.get(key));
}

/** What differs between the expected keys and those that stand there, in words. */
export function differences(
    expected: Readonly<Record<string, string>>,
    found: (key: string) => string | undefined,
): string[] {
    return Object.entries(expected).flatMap(([key, value]) => {
        const there = found(key);
        if (there === value) return [];
        return [there === undefined ? `no ${key}=${value}` : `${key}=${there} instead of ${value}`];
    });
}
