import type { Problem } from "../../../../model/problem";
import type { Environment } from "../environment";

/** Something that commcare-cloud refuses, or should and does not. */
export interface EnvironmentRule {
    readonly id: string;
    /** What goes wrong where it is broken. */
    readonly why: string;
    readonly check: (environment: Environment) => Problem[];
}

/** The addresses that a word stands for: those of a group, or the one host of that address. */
export function hostsOf({ inventory }: Environment, word: string): readonly string[] {
    const { hosts, children } = inventory;
    const own = hosts.filter(({ group, address }) => group === word || address === word);
    if (own.length > 0) return own.map(({ address }) => address);
    const members = Object.hasOwn(children, word) ? (children[word] ?? []) : [];
    return [...new Set(members.flatMap((member) => hostsOf({ inventory } as Environment, member)))];
}

export const hasGroup = ({ inventory }: Environment, group: string): boolean =>
    Object.hasOwn(inventory.children, group) ||
    inventory.hosts.some((host) => host.group === group);

/** Finds what occurs more than once. */
export const repeated = (values: readonly string[]): string[] => [
    ...new Set(values.filter((value, at) => values.indexOf(value) !== at)),
];
