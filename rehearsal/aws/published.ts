import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Constraint {
    readonly enum?: readonly (string | number)[] | "instanceTypes";
    readonly pattern?: string;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly minItems?: number;
    readonly maxItems?: number;
    /** Of the elements of a list and the values of a map; `keys` of the map's keys. */
    readonly items?: Constraint;
    readonly keys?: Constraint;
}

export interface Argument extends Constraint {
    readonly kind: "string" | "string|object" | "number" | "boolean" | "list" | "map" | "object";
    readonly required?: true;
    readonly secret?: true;
    /** Arguments of a block, or of each block in a list. */
    readonly fields?: Readonly<Record<string, Argument>>;
}

export interface TypeGrammar {
    readonly required: readonly string[];
    readonly immutable: readonly string[];
    readonly replacedWhenRemoved?: readonly string[];
    readonly outputs: readonly string[];
    readonly properties: Readonly<Record<string, Argument>>;
}

interface Published {
    readonly regions: readonly string[];
    readonly services: Readonly<Record<string, readonly string[]>>;
    readonly instanceTypes: readonly string[];
    readonly types: Readonly<Record<string, TypeGrammar>>;
}

let loaded: Published | undefined;
let instanceTypes: ReadonlySet<string> | undefined;
const compiled = new Map<string, RegExp>();

/** The extract of scripts/scan-aws-models.py, read on first use: it costs nothing at start-up. */
export function published(): Published {
    const path = join(__dirname, "grammar.generated.json");
    loaded ??= JSON.parse(readFileSync(path, "utf8")) as Published;
    return loaded;
}

/** A published pattern, compiled once. */
export function expression(pattern: string): RegExp {
    const known = compiled.get(pattern);
    if (known !== undefined) return known;
    let made: RegExp;
    try {
        made = new RegExp(pattern, "u");
    } catch {
        made = new RegExp(pattern); // escapes that only the older syntax takes; the script compiled it so
    }
    compiled.set(pattern, made);
    return made;
}

/** The published grammar of a type such as aws:ec2/subnet:Subnet, or undefined where none was extracted. */
export function grammarOf(type: string): TypeGrammar | undefined {
    const { types } = published();
    return Object.hasOwn(types, type) ? types[type] : undefined;
}

/** Whether EC2 has such an instance type, in some region. */
export function isInstanceType(name: string): boolean {
    instanceTypes ??= new Set(published().instanceTypes);
    return instanceTypes.has(name);
}

/** Whether the commercial partition has such a region, opted in or not. */
export function isRegion(name: string): boolean {
    return published().regions.includes(name);
}

/**
 * Whether a service, such as eks or backup, has an endpoint in a region.
 *
 * @throws Error for a service whose endpoints were not extracted: name it in scripts/scan-aws-models.py.
 */
export function hasService(region: string, service: string): boolean {
    const { services } = published();
    const regions = Object.hasOwn(services, service) ? services[service] : undefined;
    if (regions === undefined) {
        throw new Error(`${service}: not extracted; name it in scripts/scan-aws-models.py.`);
    }
    return regions.includes(region);
}
