import type { CarrierShape } from "../carriers";
import { carrierOf, isShutOut, keysOf } from "../carriers";

/** What an entry may choose; the other shapes are particular to types that Steward knows. */
export const chosenCarriers = [
    "map",
    "key-value-list",
    "propagating-list",
    "labels",
    "host-file",
    "none",
] as const satisfies readonly CarrierShape[];

export type ChosenCarrier = (typeof chosenCarriers)[number];

/** How one type, module or package that Steward does not know carries its owner. */
export interface CarrierEntry {
    /** One of `chosenCarriers`; an entry with another decides nothing. */
    readonly carrier: string;
    /** Why that is so: ten characters or more. */
    readonly reason: string;
}

/** By type, module or package: `datadog:index/monitor:Monitor`, `datadog:index/monitor`, `datadog`. */
export type CarrierEntries = Readonly<Record<string, CarrierEntry>>;

/** Why an entry decides nothing, and what to do about it. */
export interface EntryProblem {
    readonly key: string;
    readonly message: string;
    readonly fix: string;
}

/** Packages that Steward classifies type by type: one entry for many types would let in the next one unseen. */
const classified = /^(aws|azure-native(_\w+)?|kubernetes|command|pulumi)$/;

function isChosen(carrier: string): carrier is ChosenCarrier {
    return (chosenCarriers as readonly string[]).includes(carrier);
}

/**
 * Where resources of a type carry their owner in one cluster: what Steward knows, and for a type that it does
 * not know the narrowest entry, if nothing is wrong with that. An entry never says another word on a known type.
 *
 * @returns undefined for a type that nobody classified: take it for one that carries no owner and refuse it.
 */
export function carrierIn(entries: CarrierEntries, type: string): CarrierShape | undefined {
    const key = entryFor(entries, type);
    const entry = key === undefined ? undefined : entries[key];
    if (key === undefined || entry === undefined) return carrierOf(type);
    return problemOf(key, entry) === undefined && isChosen(entry.carrier)
        ? entry.carrier
        : undefined;
}

/** The key of the entry that speaks of a type; undefined where none does, or where Steward knows the type. */
export function entryFor(entries: CarrierEntries, type: string): string | undefined {
    if (carrierOf(type) !== undefined) return undefined;
    return keysOf(type).find((key) => Object.hasOwn(entries, key));
}

/** What is wrong with the entries of a cluster; one with a problem decides nothing. */
export function entryProblems(entries: CarrierEntries): EntryProblem[] {
    return Object.entries(entries).flatMap(([key, entry]) => {
        const problem = problemOf(key, entry);
        return problem === undefined ? [] : [{ key, ...problem }];
    });
}

function problemOf(
    key: string,
    { carrier, reason }: CarrierEntry,
): Omit<EntryProblem, "key"> | undefined {
    const [name = "", , kind] = key.split(":");
    const known = carrierOf(key);
    if (known !== undefined) {
        const message = `Steward knows how it carries its owner (${known})`;
        return { message, fix: "remove the entry: it is for what Steward does not know" };
    }
    if (isShutOut(key)) {
        const message = "hides from every policy what it makes or holds";
        return { message, fix: "create that as resources of their own, and remove the entry" };
    }
    if (kind === undefined && classified.test(name)) {
        const message = `is no single type, and Steward classifies ${name} type by type`;
        return { message, fix: "name the one type that it does not know yet" };
    }
    if (name === "kubernetes" && carrier !== "labels") {
        const message = "is an object of Kubernetes, and every one of those has labels";
        return { message, fix: "write carrier: labels" };
    }
    if (!isChosen(carrier)) {
        const message = `${carrier} is no way to carry an owner`;
        return { message, fix: `take one of: ${chosenCarriers.join(", ")}` };
    }
    if (reason.trim().length < 10) {
        return { message: "gives no reason", fix: "write in ten characters or more why it is so" };
    }
    return undefined;
}
