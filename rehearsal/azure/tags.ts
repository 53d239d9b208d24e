import type { Props } from "../provider/values";
import { isProps } from "../provider/values";
import type { Problem, TagLimits } from "./azure-type";

/** @see https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations */
const widest: TagLimits = { count: 50, key: 512, value: 256 };
const forbidden = /[<>%&\\?/\u0000-\u001f]/;
const reserved = /^(azure|microsoft|windows)/i;

function* tagProblemsOf(name: string, value: unknown, limits: TagLimits): Generator<string> {
    if (reserved.test(name)) yield "begins with azure, microsoft or windows, which are reserved";
    if (forbidden.test(name)) yield "the name has one of <>%&\\?/, which no tag may have";
    const length = Array.from(name).length;
    if (length < 1 || length > limits.key)
        yield `the name has ${length} characters, not 1 to ${limits.key}`;
    if (typeof value !== "string") return;
    const size = Array.from(value).length;
    if (size > limits.value) yield `the value has ${size} characters, of at most ${limits.value}`;
}

/**
 * What Azure refuses about a resource's tags: more than 50, names that differ in their case alone, names and
 * values that are too long, forbidden characters and reserved beginnings.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
 */
export function* tagProblems(inputs: Props, limits = widest): Generator<Problem> {
    const tags = inputs["tags"];
    if (!isProps(tags)) return;
    const names = Object.keys(tags);
    if (names.length > limits.count)
        yield { property: "tags", reason: `has ${names.length} tags, of at most ${limits.count}` };
    for (const [name, value] of Object.entries(tags)) {
        const property = `tags.${name}`;
        const twin = names.find(
            (each) => each !== name && each.toLowerCase() === name.toLowerCase(),
        );
        if (twin !== undefined && twin > name)
            yield { property, reason: `is the same as ${twin}: the names of tags know no case` };
        for (const reason of tagProblemsOf(name, value, limits)) yield { property, reason };
    }
}
