import type { CarrierShape } from "../../components/model/carriers";
import { valuesAt, spawnPoints } from "../../components/model/carriers/spawn-points";
import { placeOf } from "../place";
import type { Plain } from "../plain";
import { isUnknown } from "../../components/model/carriers/unknown";
import { isPlain } from "../plain";
import type { Resource } from "../resource";
import type { ResourceRule } from "../rule";

/** What a cloud takes as tags or labels. */
interface Grammar {
    /** Entries at most; Kubernetes has no such limit. */
    readonly count: number;
    readonly key: (key: string) => boolean;
    readonly value: (value: string) => boolean;
    readonly words: string;
    /** Set where two keys that differ in their case alone are one. */
    readonly caseless?: true;
}

/**
 * Letters, digits, spaces and `_ . : / = + - @`, keys of 1 to 128 characters, values up to 256; `aws:` belongs
 * to AWS in any case.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
const awsGrammar: Grammar = {
    count: 50,
    key: (key) => /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) && !/^aws:/i.test(key),
    value: (value) => /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value) && !/^aws:/i.test(value),
    words: "50 tags, keys up to 128 and values up to 256 of letters, digits, spaces and _.:/=+-@, no aws:",
};

/**
 * Names of up to 512 characters (128 on storage accounts) without `<>%&\?/`, values up to 256; names that
 * begin with microsoft, azure or windows are reserved, and their case says nothing. Zones of DNS and what belongs to
 * Automation take 15 tags.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources
 */
const azureGrammar = (longestKey: number, count: number): Grammar => ({
    count,
    caseless: true,
    key: (key) =>
        key.length <= longestKey &&
        /^[^<>%&\\?/]+$/.test(key) &&
        !/^(microsoft|azure|windows)/i.test(key),
    value: (value) => value.length <= 256,
    words: `${count} tags, names up to ${longestKey} characters without <>%&\\?/ and in one spelling, values up to 256`,
});

const labelName = /^[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;
const labelPrefix =
    /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
const labelGrammar: Grammar = {
    count: Infinity,
    key: (key) => {
        const [name = "", prefix, ...more] = key.split("/").reverse();
        return (
            more.length === 0 &&
            labelName.test(name) &&
            (prefix === undefined || labelPrefix.test(prefix))
        );
    },
    value: (value) => value === "" || labelName.test(value),
    words: "up to 63 of letters, digits and -_. that begin and end with a letter or digit",
};

const withFewTags = /^azure-native:(dns|privatedns|automation)(\/v\d+\w*)?:/;
const storageAccount = /^azure-native:storage(\/v\d+\w*)?:StorageAccount$/;

function grammarOf(type: string): Grammar | undefined {
    if (type.startsWith("aws:")) return awsGrammar;
    if (type.startsWith("azure-native:"))
        return azureGrammar(
            storageAccount.test(type) ? 128 : 512,
            withFewTags.test(type) ? 15 : 50,
        );
    return type.startsWith("kubernetes:") ? labelGrammar : undefined;
}

/** Tags and labels are what the cloud takes: said in the preview rather than after half of it was made. */
export const tagGrammar: ResourceRule = {
    id: "TAG1",
    name: "tag-grammar",
    why: "A cloud refuses a tag it does not take in the middle of a deploy.",
    fix: "Shorten it, or leave out what the cloud does not take.",
    level: "mandatory",
    appliesTo: (type) => grammarOf(type) !== undefined,
    check(resource, { inventory }) {
        const grammar = grammarOf(resource.type);
        if (grammar === undefined || !resource.custom) return [];
        const problems = tagMaps(resource, inventory.carrierOf(resource.type)).flatMap((tags) => {
            const entries = Object.entries(tags);
            const bad = entries
                .filter(([key, value]) => !takes(grammar, key, value))
                .map(([key]) => `does not take ${JSON.stringify(key)}`);
            if (grammar.caseless === true) bad.push(...spelledTwice(Object.keys(tags)));
            return entries.length > grammar.count
                ? [`takes ${grammar.count} tags and got ${entries.length}`, ...bad]
                : bad;
        });
        if (problems.length === 0) return [];
        const { urn, type } = resource;
        const message = `${type} ${problems.join(", ")} (${grammar.words})`;
        return [{ urn, ...placeOf(inventory.ownerOf(resource)), message, fix: tagGrammar.fix }];
    },
};

/** Keys that are there in another spelling too: the cloud keeps one of them, and nobody knows which. */
function spelledTwice(keys: readonly string[]): string[] {
    const first = new Map<string, string>();
    return keys.flatMap((key) => {
        const known = first.get(key.toLowerCase());
        if (known === undefined) first.set(key.toLowerCase(), key);
        return known === undefined ? [] : [`takes ${known} and ${key} for one`];
    });
}

function takes(grammar: Grammar, key: string, value: unknown): boolean {
    if (!grammar.key(key)) return false;
    return isUnknown(value) || (typeof value === "string" && grammar.value(value));
}

/** Every map of tags in the inputs: its own, those of lists, and those it hands on. */
function tagMaps({ type, inputs }: Resource, shape: CarrierShape | undefined): Plain[] {
    const own =
        shape === "labels" ? valuesAt(inputs, ["metadata", "labels"]) : ownTags(inputs["tags"]);
    const handedOn = (spawnPoints[type] ?? [])
        .filter(({ holds }) => holds === "keys")
        .flatMap(({ path, or }) => [path, ...(or === undefined ? [] : [or])])
        .filter((path) => path.join() !== "tags")
        .flatMap((path) => valuesAt(inputs, path));
    return [...own, ...handedOn].filter(isPlain);
}

function ownTags(tags: unknown): unknown[] {
    if (!Array.isArray(tags)) return [tags];
    const entries = tags
        .filter(isPlain)
        .map(({ key, value }): [string, unknown] => [String(key), value]);
    return [Object.fromEntries(entries)];
}
