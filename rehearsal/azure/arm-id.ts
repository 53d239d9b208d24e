import type { Props, Value } from "../provider/values";

/**
 * Ids of Azure's resource manager: /subscriptions/…/resourceGroups/…/providers/<namespace>/<kind>/<name>/….
 * Their case says nothing.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
const scopes = ["scope", "scopeId", "resourceUri"];
const placeholder = /\{(\w+)\}/g;

/** The arguments in a path, in order. */
export function argumentsOf(path: string): readonly string[] {
    return [...path.matchAll(placeholder)].flatMap(([, name]) => name ?? []);
}

/** The argument that names the resource, or undefined where the path ends in something fixed. */
export function nameArgument(path: string): string | undefined {
    return /\{(\w+)\}$/.exec(path)?.[1];
}

/** The id that a path makes with these arguments; undefined while one of them is not known. */
export function idFrom(path: string, inputs: Props, subscriptionId: string): string | undefined {
    const given: Props = { ...inputs, subscriptionId };
    if (argumentsOf(path).some((name) => textOf(given[name]) === undefined)) return undefined;
    const id = path.replace(placeholder, (_, name: string) => {
        const text = textOf(given[name]) ?? "";
        return scopes.includes(name) ? text.replace(/^\/|\/$/g, "") : text;
    });
    return id.replace(/^\/?/, "/");
}

const textOf = (value: Value | undefined): string | undefined =>
    typeof value === "string" && value !== "" ? value : undefined;

/** Spelled so that two ids of the same thing are one text. */
export function normal(id: string): string {
    return id.toLowerCase().replace(/\/$/, "");
}

/** The last part of an id. */
export function lastOf(id: string): string {
    return id.slice(id.lastIndexOf("/") + 1);
}

/** Whether a text is the id of something in a subscription. */
export function isId(text: string): boolean {
    return /^\/subscriptions\/[^/]+(\/|$)/i.test(text);
}

/** The id of the resource group that something lies in, or undefined for what lies in none. */
export function groupOf(id: string): string | undefined {
    return /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/i.exec(id)?.[0];
}

/** `Microsoft.Network/virtualNetworks/subnets`: what the resource manager calls the type of an id. */
export function armType(id: string): string {
    const last = id.lastIndexOf("/providers/");
    if (last < 0) return "Microsoft.Resources/resourceGroups";
    const [namespace = "", ...rest] = id.slice(last + "/providers/".length).split("/");
    return [namespace, ...rest.filter((_, at) => at % 2 === 0)].join("/");
}

/** The path of what a path lies directly in, below its provider; undefined where that is a group or a scope. */
export function parentPath(path: string): string | undefined {
    const up = path.replace(/\/[^/]+\/[^/]+$/, "");
    const last = up.lastIndexOf("/providers/");
    return last >= 0 && up.slice(last).split("/").length >= 5 && /\/[^/]+\/[^/]+$/.test(up)
        ? up
        : undefined;
}
