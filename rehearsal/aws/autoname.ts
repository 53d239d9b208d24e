import { text } from "../provider/stand-in";
import type { Props } from "../provider/values";
import { Unknown } from "../provider/values";
import type { Autoname } from "./aws-type";
import type { Problem } from "./grammar";
import { hex } from "./identifiers";

const randomDigits = 7;

function isMadeUp(value: string, name: string, rule: Autoname): boolean {
    const stem = `${rule.before ?? ""}${spelled(name, rule)}-`;
    return value.startsWith(stem) && /^[0-9a-f]{7}(\.fifo)?$/.test(value.slice(stem.length));
}

function spelled(name: string, rule: Autoname): string {
    return rule.lowerCase === true ? name.toLowerCase() : name;
}

/** Whether the provider, and not the program, named a resource: then a new one can stand beside the old one. */
export function isAutonamed(name: string, inputs: Props, rule: Autoname | undefined): boolean {
    const value = rule === undefined ? undefined : text(inputs, rule.property);
    return rule === undefined || value === undefined || isMadeUp(value, name, rule);
}

/**
 * Fills the name in that the provider makes up: the resource's name, a hyphen and seven random digits. What it
 * made up before, it keeps.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming
 */
export function fillName(
    name: string,
    inputs: Props,
    old: Props | undefined,
    rule: Autoname | undefined,
): { readonly inputs: Props; readonly problems: readonly Problem[] } {
    if (rule === undefined) return { inputs, problems: [] };
    const { property, prefixProperty } = rule;
    const given =
        inputs[property] ?? (prefixProperty === undefined ? undefined : inputs[prefixProperty]);
    if (given !== undefined && given !== null) return { inputs, problems: [] };
    const before = old === undefined ? undefined : text(old, property);
    if (before !== undefined && isMadeUp(before, name, rule)) {
        return { inputs: { ...inputs, [property]: before }, problems: [] };
    }
    const end = `-${hex(randomDigits)}${rule.after?.(inputs) ?? ""}`;
    const value = `${rule.before ?? ""}${spelled(name, rule)}${end}`;
    const reason =
        `${name} with the ${randomDigits} digits that the provider adds is longer than the ` +
        `${rule.maxLength} characters that AWS takes; give ${property}, or a shorter resource name`;
    const problems = value.length > rule.maxLength ? [{ property, reason }] : [];
    return { inputs: { ...inputs, [property]: value }, problems };
}

/** The name that comes of a prefix, for outputs: the provider adds the time and a counter, 26 digits. */
export function namedByPrefix(inputs: Props, rule: Autoname | undefined): Props {
    if (rule?.prefixProperty === undefined || inputs[rule.property] !== undefined) return {};
    const prefix = inputs[rule.prefixProperty];
    if (prefix === Unknown) return { [rule.property]: Unknown };
    if (typeof prefix !== "string") return {};
    const time = new Date().toISOString().replace(/\D/g, "").slice(0, 17).padEnd(18, "0");
    return { [rule.property]: `${prefix}${time}${hex(8)}` };
}
