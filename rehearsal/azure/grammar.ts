import type { Props, Value } from "../provider/values";
import { isProps, Unknown } from "../provider/values";
import type { Problem } from "./azure-type";
import type { Argument, Block } from "./published";
import { blockOf, grammarOf } from "./published";

const isAbsent = (value: Value | undefined): boolean => value === undefined || value === null;

function choices(allowed: readonly (string | number)[]): string {
    const shown = allowed.slice(0, 12).join(", ");
    return allowed.length > 12 ? `${shown} and ${allowed.length - 12} more` : shown;
}

/** The block that an object is meant to be, where there are several: the one whose fixed arguments it has. */
function blockFor(value: Props, names: readonly string[]): Block | undefined {
    const fits = (block: Block) =>
        Object.entries(block).every(([name, argument]) => {
            if (argument.required !== true || argument.enum?.length !== 1) return true;
            return value[name] === argument.enum[0];
        });
    const blocks = names.map(blockOf);
    return blocks.length === 1 ? blocks[0] : blocks.find(fits);
}

function* valueProblems(path: string, value: Value, argument: Argument): Generator<Problem> {
    const wrong = (reason: string): Problem => ({ property: path, reason });
    if (value === Unknown) return;
    switch (argument.kind) {
        case "any":
            return;
        case "list":
            if (!Array.isArray(value)) yield wrong("is not a list");
            else
                for (const [at, each] of value.entries())
                    if (argument.items !== undefined)
                        yield* valueProblems(`${path}[${at}]`, each, argument.items);
            return;
        case "map":
            if (!isProps(value)) yield wrong("is not a map");
            else
                for (const [key, each] of Object.entries(value))
                    if (argument.items !== undefined)
                        yield* valueProblems(`${path}.${key}`, each, argument.items);
            return;
        case "object": {
            if (!isProps(value)) {
                yield wrong("is not a block of arguments");
                return;
            }
            const block = blockFor(value, argument.blocks ?? []);
            if (block !== undefined) yield* blockProblems(path, value, block);
            else yield wrong(`is none of ${choices(argument.blocks ?? [])}`);
            return;
        }
        default:
            if (typeof value !== argument.kind) yield wrong(`is not a ${argument.kind}`);
            else if (argument.enum !== undefined && !argument.enum.includes(value as string))
                yield wrong(`is none of ${choices(argument.enum)}`);
    }
}

function* blockProblems(path: string, value: Props, block: Block): Generator<Problem> {
    for (const [name, argument] of Object.entries(block)) {
        const property = path === "" ? name : `${path}.${name}`;
        const given = value[name];
        if (argument.required === true && isAbsent(given))
            yield { property, reason: "is required and not given" };
        if (given !== undefined && given !== null) yield* valueProblems(property, given, argument);
    }
    for (const name of Object.keys(value)) {
        const property = path === "" ? name : `${path}.${name}`;
        if (!Object.hasOwn(block, name) && name !== "azureApiVersion")
            yield { property, reason: "is no argument of this type" };
    }
}

/**
 * What is wrong with the arguments of a resource by what the SDK declares: names that the type does not have,
 * kinds, enumerations, and what is missing. Values are not repeated in reasons: some are secret.
 */
export function grammarProblems(type: string, inputs: Props): readonly Problem[] {
    return [...blockProblems("", inputs, grammarOf(type).properties)];
}
