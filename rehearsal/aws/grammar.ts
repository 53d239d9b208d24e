import { isDeepStrictEqual } from "node:util";
import { numberProblem, sizeProblem, textProblem } from "./constraint";
import { documentedProblems, tagProblems } from "./documented-rules";
import type { Argument } from "./published";
import { grammarOf, isRegion } from "./published";

/** What is wrong with one argument; `property` is its path, such as scalingConfig.maxSize or rules[0].ruleName. */
export interface Problem {
    readonly property: string;
    readonly reason: string;
}

type Inputs = Readonly<Record<string, unknown>>;

const tagArguments = new Set(["tag", "tags", "tagsAll", "recoveryPointTags"]);
const notABlock = "is not a block of arguments";

function isBlock(value: unknown): value is Inputs {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): boolean {
    return value === undefined || value === null;
}

/** Numbers and booleans stand in strings as the provider writes them. */
function asText(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

/** Not given, or not known yet: nothing can be said about it. */
function isOpen(value: unknown): boolean {
    return isAbsent(value) || typeof value === "symbol";
}

function scalarProblem(value: unknown, argument: Argument): string | undefined {
    switch (argument.kind) {
        case "number":
            return numberProblem(value, argument);
        case "boolean":
            return value === true || value === false || value === "true" || value === "false"
                ? undefined
                : "is not true or false";
        case "string|object":
            return isBlock(value)
                ? undefined
                : scalarProblem(value, { ...argument, kind: "string" });
        default:
            if (typeof value === "object") return "is not a string";
            return textProblem(asText(value), argument);
    }
}

function* listProblems(path: string, value: unknown, argument: Argument): Generator<Problem> {
    if (!Array.isArray(value)) {
        yield { property: path, reason: "is not a list" };
        return;
    }
    const reason = sizeProblem(value.length, argument);
    if (reason !== undefined) yield { property: path, reason };
    for (const [index, element] of (value as unknown[]).entries()) {
        if (isOpen(element)) continue;
        const at = `${path}[${index}]`;
        if (argument.fields !== undefined) {
            yield* blockProblems(at, element, argument.fields);
        } else if (argument.items !== undefined && typeof element !== "object") {
            const wrong = textProblem(asText(element), argument.items);
            if (wrong !== undefined) yield { property: at, reason: wrong };
        }
    }
}

function* mapProblems(path: string, value: unknown, argument: Argument): Generator<Problem> {
    if (!isBlock(value)) {
        yield { property: path, reason: "is not a map" };
        return;
    }
    for (const [key, each] of Object.entries(value)) {
        const wrongKey = argument.keys && textProblem(key, argument.keys);
        if (wrongKey !== undefined)
            yield { property: `${path}.${key}`, reason: `the key ${wrongKey}` };
        if (isOpen(each) || argument.items === undefined) continue;
        const wrong = textProblem(asText(each), argument.items);
        if (wrong !== undefined) yield { property: `${path}.${key}`, reason: wrong };
    }
}

function* blockProblems(
    path: string,
    value: unknown,
    fields: Readonly<Record<string, Argument>>,
): Generator<Problem> {
    if (!isBlock(value)) {
        yield { property: path, reason: notABlock };
        return;
    }
    for (const [name, each] of Object.entries(value)) {
        const at = path === "" ? name : `${path}.${name}`;
        const argument = fields[name];
        if (name.startsWith("__")) continue; // the engine's own
        if (argument === undefined) yield { property: at, reason: "is no argument of this type" };
        else if (!isOpen(each)) yield* argumentProblems(at, name, each, argument);
    }
}

/** Auto Scaling lists its tags as blocks of key and value; everything else has maps. */
function tagsIn(value: unknown): Inputs {
    if (isBlock(value) && !("propagateAtLaunch" in value)) return value;
    const blocks = (Array.isArray(value) ? (value as unknown[]) : [value]).filter(isBlock);
    return Object.fromEntries(blocks.map(({ key, value: each }) => [String(key), each]));
}

function* argumentProblems(
    path: string,
    name: string,
    value: unknown,
    argument: Argument,
): Generator<Problem> {
    if (tagArguments.has(name)) yield* tagProblems(path, tagsIn(value));
    if (argument.kind === "list") yield* listProblems(path, value, argument);
    else if (argument.kind === "map") yield* mapProblems(path, value, argument);
    else if (argument.kind === "object") {
        if (argument.fields !== undefined) yield* blockProblems(path, value, argument.fields);
        else if (!isBlock(value)) yield { property: path, reason: notABlock };
    } else {
        const reason = scalarProblem(value, argument);
        if (reason !== undefined) yield { property: path, reason };
    }
}

/**
 * What AWS refuses about the arguments of one resource: names the type does not have, kinds, lengths, ranges,
 * patterns, enumerations, tags, regions, and the rules that are documented in prose only. A type that was not
 * extracted has none. Values are not repeated in reasons, except numbers: some are secret.
 *
 * @param inputs Plain values, secrets unwrapped; what is not known yet is left out or a symbol. Whether
 * something is missing is `missingProblems`' to say.
 * @see scripts/scan-aws-models.py for the published models
 */
export function grammarProblems(type: string, inputs: Inputs): Problem[] {
    const grammar = grammarOf(type);
    if (grammar === undefined) return [];
    const found = [
        ...blockProblems("", inputs, grammar.properties),
        ...documentedProblems(type, inputs),
    ];
    const { region } = inputs;
    if (typeof region === "string" && !isRegion(region)) {
        found.push({ property: "region", reason: "is not a region of AWS" });
    }
    return found;
}

function* missingIn(
    path: string,
    value: Inputs,
    fields: Readonly<Record<string, Argument>>,
): Generator<Problem> {
    for (const [name, argument] of Object.entries(fields)) {
        const at = path === "" ? name : `${path}.${name}`;
        const given = value[name];
        if (argument.required === true && isAbsent(given)) {
            yield { property: at, reason: "is required and not given" };
        }
        if (argument.fields === undefined) continue;
        for (const each of Array.isArray(given) ? (given as unknown[]) : [given]) {
            if (isBlock(each)) yield* missingIn(at, each, argument.fields);
        }
    }
}

/**
 * Arguments that the SDK requires and that are not there.
 *
 * @param given The inputs with unknowns still in: any value but undefined and null counts as given.
 */
export function missingProblems(type: string, given: Inputs): Problem[] {
    const grammar = grammarOf(type);
    if (grammar === undefined) return [];
    const { required, properties } = grammar;
    const top = required.filter((name) => isAbsent(given[name]));
    return [
        ...top.map((property) => ({ property, reason: "is required and not given" })),
        ...missingIn("", given, properties),
    ];
}

/** Arguments, as dotted paths, whose change the provider answers with a replacement, never an update. */
export function immutableOf(type: string): ReadonlySet<string> {
    return new Set(grammarOf(type)?.immutable);
}

function valueAt(inputs: Inputs, path: string): unknown {
    let value: unknown = inputs;
    for (const step of path.split(".")) {
        const block: unknown = Array.isArray(value) ? value[0] : value;
        value = isBlock(block) ? block[step] : undefined;
    }
    return value;
}

/**
 * The top-level arguments because of which new inputs replace a resource rather than change it, sorted.
 * A value that is not known yet is taken to differ, as the provider does.
 */
export function replacedBy(type: string, old: Inputs, now: Inputs): string[] {
    const grammar = grammarOf(type);
    const changed = (grammar?.immutable ?? []).filter((path) => {
        const [before, after] = [valueAt(old, path), valueAt(now, path)];
        return typeof after === "symbol" || !isDeepStrictEqual(before, after);
    });
    const removed = (grammar?.replacedWhenRemoved ?? []).filter(
        (path) => !isAbsent(valueAt(old, path)) && isAbsent(valueAt(now, path)),
    );
    return [...new Set([...changed, ...removed].map((path) => path.replace(/\..*$/, "")))].sort();
}
