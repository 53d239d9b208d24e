import { valuesAt } from "../components/model/carriers/spawn-points";
import type { Plain } from "./plain";
import { isPlain, textOf } from "./plain";
import type { Resource } from "./resource";

/** What AWS Backup tells resources apart by. */
export interface BackedUp {
    /** Known after it was made; until then one with the right service and kind. */
    readonly arn: string;
    readonly tags: Plain;
    readonly urn: string;
}

function like(pattern: unknown, text: string | undefined): boolean {
    if (typeof pattern !== "string" || text === undefined) return false;
    const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "s").test(text);
}

/** Each test of a condition, by its key in the inputs: expected value and value of the tag → whether it holds. */
const tests: Readonly<Record<string, (expected: unknown, found: string | undefined) => boolean>> = {
    stringEquals: (expected, found) => found !== undefined && expected === found,
    stringLikes: like,
    stringNotEquals: (expected, found) => expected !== found,
    stringNotLikes: (expected, found) => !like(expected, found),
};

function meets(condition: unknown, tags: Plain): boolean {
    return Object.entries(tests).every(([name, test]) =>
        valuesAt({ condition }, ["condition", name, "[]"])
            .filter(isPlain)
            .every(({ key, value }) => {
                const tag = (textOf(key) ?? "").replace(/^aws:ResourceTag\//, "");
                return test(value, textOf(tags[tag]));
            }),
    );
}

/**
 * Whether a selection of AWS Backup takes a resource: by one of its tags, or by name or pattern where all of the
 * conditions hold; `notResources` takes it out again.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
 */
export function selects({ inputs, dependencies }: Resource, one: BackedUp): boolean {
    const names = (key: string) =>
        valuesAt(inputs, [key, "[]"]).some((pattern) => like(pattern, one.arn)) ||
        (dependencies[key]?.includes(one.urn) ?? false);
    if (names("notResources")) return false;
    const byTag = valuesAt(inputs, ["selectionTags", "[]"])
        .filter(isPlain)
        .some(
            ({ type, key, value }) =>
                type === "STRINGEQUALS" &&
                textOf(value) !== undefined &&
                one.tags[textOf(key) ?? ""] === value,
        );
    const conditions = valuesAt(inputs, ["conditions", "[]"]);
    return byTag || (names("resources") && conditions.every((each) => meets(each, one.tags)));
}
