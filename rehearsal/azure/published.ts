import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One argument as the SDK declares it. */
export interface Argument {
    readonly kind: "string" | "number" | "boolean" | "list" | "map" | "object" | "any";
    readonly required?: true;
    readonly enum?: readonly (string | number)[];
    /** Of the elements of a list and the values of a map. */
    readonly items?: Argument;
    /** Names of the blocks that an object may be. */
    readonly blocks?: readonly string[];
}

export type Block = Readonly<Record<string, Argument>>;

export interface TypeGrammar {
    /** Version of the API that the provider asks, such as 2024-05-01. */
    readonly apiVersion: string;
    readonly outputs: readonly string[];
    /** Outputs that are never left out. */
    readonly always: readonly string[];
    readonly properties: Block;
}

interface Published {
    readonly version: string;
    readonly types: Readonly<Record<string, TypeGrammar>>;
    readonly blocks: Readonly<Record<string, Block>>;
}

let loaded: Published | undefined;

/** The extract of scripts/scan-azure-types.mjs, read on first use: it costs nothing at start-up. */
export function published(): Published {
    const path = join(__dirname, "grammar.generated.json");
    loaded ??= JSON.parse(readFileSync(path, "utf8")) as Published;
    return loaded;
}

/**
 * The grammar of a type such as azure-native:network:Subnet.
 *
 * @throws Error for one that was not extracted: run scripts/scan-azure-types.mjs.
 */
export function grammarOf(type: string): TypeGrammar {
    const { types } = published();
    const known = Object.hasOwn(types, type) ? types[type] : undefined;
    if (known === undefined)
        throw new Error(`${type}: not extracted; run node scripts/scan-azure-types.mjs.`);
    return known;
}

/** The arguments of a block such as network.AddressSpaceArgs. */
export function blockOf(name: string): Block {
    return published().blocks[name] ?? {};
}
