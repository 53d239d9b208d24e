import type { Props, Value } from "./values";
import { isProps, Unknown } from "./values";

/** Reading nested arguments. A path is dotted, and goes through every element of a list on its way. */

function walk(value: Value | undefined, path: readonly string[], depth: number, into: Value[]) {
    if (Array.isArray(value)) {
        for (const each of value) walk(each, path, depth, into);
        return;
    }
    const key = path[depth];
    if (key === undefined) {
        if (value !== undefined && value !== null) into.push(value);
    } else if (isProps(value)) {
        walk(value[key], path, depth + 1, into);
    }
}

const paths = new Map<string, readonly string[]>();

function split(path: string): readonly string[] {
    const known = paths.get(path);
    if (known !== undefined) return known;
    const made = path.split(".");
    paths.set(path, made);
    return made;
}

/** Every value that the path leads to, unknown ones included. */
export function valuesAt(props: Props, path: string): readonly Value[] {
    const found: Value[] = [];
    walk(props, split(path), 0, found);
    return found;
}

export function textsAt(props: Props, path: string): readonly string[] {
    return valuesAt(props, path).filter((value) => typeof value === "string");
}

/** The first text that the path leads to. */
export function textAt(props: Props, path: string): string | undefined {
    return textsAt(props, path)[0];
}

/** The first number; the provider takes one that is written as a string too. */
export function numberAt(props: Props, path: string): number | undefined {
    const value = valuesAt(props, path)[0];
    if (typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value)))
        return Number(value);
    return typeof value === "number" ? value : undefined;
}

export function flagAt(props: Props, path: string): boolean | undefined {
    const value = valuesAt(props, path)[0];
    if (value === "true" || value === "false") return value === "true";
    return typeof value === "boolean" ? value : undefined;
}

/** The blocks that the path leads to. */
export function blocksAt(props: Props, path: string): readonly Props[] {
    return valuesAt(props, path).filter(isProps);
}

/** Whether something is given, known or not. */
export function isGiven(props: Props, path: string): boolean {
    return valuesAt(props, path).length > 0;
}

/** A value in a message: text as it is, anything else as JSON. */
export function shown(value: Value | undefined): string {
    if (typeof value === "string") return value;
    return value === Unknown ? "(not known yet)" : JSON.stringify(value ?? null);
}
