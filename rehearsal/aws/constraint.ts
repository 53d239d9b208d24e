import type { Constraint } from "./published";
import { expression, isInstanceType } from "./published";

function choices(allowed: readonly (string | number)[]): string {
    const shown = allowed.slice(0, 12).join(", ");
    return allowed.length > 12 ? `${shown} and ${allowed.length - 12} more` : shown;
}

/** What a text breaks of a constraint: its choices, its length or its pattern. */
export function textProblem(text: string, rule: Constraint): string | undefined {
    const length = Array.from(text).length;
    if (rule.enum === "instanceTypes") {
        return isInstanceType(text) ? undefined : "is not an instance type of EC2";
    }
    if (rule.enum !== undefined && !rule.enum.map(String).includes(text)) {
        return `is none of ${choices(rule.enum)}`;
    }
    if (rule.minLength !== undefined && length < rule.minLength) {
        return `has ${length} characters, of at least ${rule.minLength}`;
    }
    if (rule.maxLength !== undefined && length > rule.maxLength) {
        return `has ${length} characters, of at most ${rule.maxLength}`;
    }
    if (rule.pattern !== undefined && !expression(rule.pattern).test(text)) {
        return `does not match ${rule.pattern}`;
    }
    return undefined;
}

/** What a number breaks of a constraint, in a string too, as the provider writes some. */
export function numberProblem(value: unknown, rule: Constraint): string | undefined {
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof number !== "number" || Number.isNaN(number)) return "is not a number";
    if (rule.minimum !== undefined && number < rule.minimum) {
        return `is ${number}, less than ${rule.minimum}`;
    }
    if (rule.maximum !== undefined && number > rule.maximum) {
        return `is ${number}, more than ${rule.maximum}`;
    }
    if (Array.isArray(rule.enum) && !rule.enum.includes(number)) {
        return `is ${number}, none of ${choices(rule.enum)}`;
    }
    return undefined;
}

/** What a list or a map of so many elements breaks of a constraint. */
export function sizeProblem(size: number, rule: Constraint): string | undefined {
    if (rule.minItems !== undefined && size < rule.minItems) {
        return `has ${size} elements, of at least ${rule.minItems}`;
    }
    if (rule.maxItems !== undefined && size > rule.maxItems) {
        return `has ${size} elements, of at most ${rule.maxItems}`;
    }
    return undefined;
}
