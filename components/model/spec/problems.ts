import type { z } from "zod";
import type { Problem } from "../problem";

type Issue = z.core.$ZodIssue;

const plain = /^[\w:./-]+$/;

/** `["jupyterhub", "hubs", 0, "name"]` → `steward:jupyterhub.hubs[0].name`; odd keys in quotes. */
export function wordPath(path: readonly PropertyKey[]): string {
    const words = path.map((part, at) => {
        if (typeof part === "number") return `[${String(part)}]`;
        const key = String(part);
        const word = plain.test(key) ? key : JSON.stringify(key);
        return at === 0 ? word : `.${word}`;
    });
    return words.length === 0 ? "steward" : `steward:${words.join("")}`;
}

function valueAt(config: unknown, path: readonly PropertyKey[]): unknown {
    return path.reduce<unknown>(
        (value, part) =>
            typeof value === "object" && value !== null
                ? (value as Record<PropertyKey, unknown>)[part]
                : undefined,
        config,
    );
}

const short = (value: unknown): string => {
    const text = value === undefined ? "nothing" : JSON.stringify(value);
    return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/** Turns what zod found into problems of one wording; a value under `secrets` is never repeated. */
export function problemsOf(issues: readonly Issue[], config: unknown): Problem[] {
    return issues.flatMap((issue) => problemsOfIssue(issue, config));
}

function problemsOfIssue(issue: Issue, config: unknown): Problem[] {
    const path = wordPath(issue.path);
    const value = valueAt(config, issue.path);
    const shown = issue.path[0] === "secrets" ? "the value" : short(value);
    switch (issue.code) {
        case "unrecognized_keys":
            return issue.keys.map((key) => ({
                path: wordPath([...issue.path, key]),
                message: "is a key that Steward does not know",
                fix: "correct its name or remove it; stacks/schema.json lists the keys",
            }));
        case "invalid_type":
            if (value === undefined) {
                return [{ path, message: "is missing", fix: `write ${article(issue.expected)}` }];
            }
            if (issue.message.includes("; ")) break;
            return [
                {
                    path,
                    message: `${shown} is not ${article(issue.expected)}`,
                    fix: `write ${article(issue.expected)}`,
                },
            ];
        case "invalid_value": {
            const choices = issue.values.map(String).join(", ");
            const message = value === undefined ? "is missing" : `${shown} is not a choice`;
            return [{ path, message, fix: `take one of: ${choices}` }];
        }
        case "invalid_union":
            if (issue.message.includes("; ")) break;
            return [{ path, message: `${shown} fits nothing here`, fix: "see stacks/schema.json" }];
        case "invalid_key":
            return issue.issues.map(({ message }) =>
                split(path, message, String(issue.path.at(-1))),
            );
        default:
            break;
    }
    return [split(path, issue.message, shown)];
}

/** Our own messages are `what; what to do`; zod's own get a pointer to the schema. */
function split(path: string, message: string, shown: string): Problem {
    const at = message.indexOf("; ");
    return at < 0
        ? { path, message: `${shown}: ${message}`, fix: "see stacks/schema.json" }
        : { path, message: `${shown} ${message.slice(0, at)}`, fix: message.slice(at + 2) };
}

function article(expected: string): string {
    const names: Record<string, string> = {
        object: "a mapping",
        record: "a mapping",
        array: "a list",
        string: "a text",
        int: "a whole number",
    };
    return names[expected] ?? `a ${expected}`;
}
