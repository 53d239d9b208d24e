import type { Matrix } from "../../components/model/matrix";
import { ownerOf } from "../../components/model/matrix";
import { ownerLabels, ownerTags } from "../../components/model/tags";
import { clusterType, stackType } from "../../components/model/tokens";
import { auditResources } from "../../policies/audit";
import type { Resource } from "../../policies/resource";
import { isCustom } from "../../policies/resource";
import type { Rule, Violation } from "../../policies/rule";
import { hubMatrix } from "./matrix";

export const now = new Date("2026-11-22T12:00:00Z");

const project = "urn:pulumi:dev::steward::";
export const stackUrn = `${project}${stackType}::steward-dev`;
export const clusterUrn = `${project}${clusterType}::geolab`;
export const layerType = "steward:test:Layer";

const none = { protect: false, outputs: {}, dependencies: {} };

export function resourceAt(
    parent: string,
    type: string,
    inputs: Record<string, unknown> = {},
    over: Partial<Resource> = {},
): Resource {
    const above = parent === stackUrn ? [] : [parent.split("::")[2] ?? ""];
    const urn = `${project}${[...above, type].join("$")}::${over.urn ?? "it"}`;
    return { ...none, type, custom: isCustom(type, true), parent, inputs, ...over, urn };
}

/** The root stack and the cluster, which every stack begins with. */
export function beginning(matrix: Matrix = hubMatrix()): Resource[] {
    return [
        { ...none, urn: stackUrn, type: stackType, custom: false, parent: undefined, inputs: {} },
        {
            ...none,
            urn: clusterUrn,
            type: clusterType,
            custom: false,
            parent: stackUrn,
            inputs: { ...matrix },
        },
    ];
}

/** The component of a layer, with the owner that the matrix names for it. */
export function layerOf(layer: string, scope?: string, matrix: Matrix = hubMatrix()): Resource {
    const owner = ownerOf(matrix, layer, scope);
    if (owner === undefined) throw new Error(`nobody owns ${layer}`);
    return resourceAt(clusterUrn, layerType, { ...owner }, { urn: layer, custom: false });
}

export const tagsOf = (layer: string, scope?: string, matrix: Matrix = hubMatrix()) =>
    ownedBy(layer, scope, matrix, ownerTags);
export const labelsOf = (layer: string, scope?: string, matrix: Matrix = hubMatrix()) =>
    ownedBy(layer, scope, matrix, ownerLabels);

function ownedBy(
    layer: string,
    scope: string | undefined,
    matrix: Matrix,
    write: typeof ownerTags,
): Record<string, string> {
    const owner = ownerOf(matrix, layer, scope);
    if (owner === undefined) throw new Error(`nobody owns ${layer}`);
    return write(owner);
}

/** What the rules say of resources after a beginning, as one line each: `rule level layer role: message; fix`. */
export function said(rules: readonly Rule[], resources: readonly Resource[]): string[] {
    return findingsOf(rules, resources).map(
        ({ rule, level, layer, role, message, fix }) =>
            `${rule} ${level} ${layer ?? "-"} ${role ?? "-"}: ${message}; ${fix}`,
    );
}

export function findingsOf(rules: readonly Rule[], resources: readonly Resource[]): Violation[] {
    return auditResources(rules, resources, { now, reservedContacts: "refused" });
}

/** The messages about one resource in a layer, by one rule. */
export function saidOf(
    rule: Rule,
    [layer, scope]: readonly [string, string?],
    type: string,
    inputs: Record<string, unknown>,
    over: Partial<Resource> = {},
): string[] {
    const above = layerOf(layer, scope);
    const resource = resourceAt(above.urn, type, inputs, over);
    return findingsOf([rule], [...beginning(), above, resource]).map(({ message }) => message);
}
