import { carrierKinds } from "../components/model/carriers";
import type { Owner } from "../components/model/matrix";
import { wrongKeys } from "./carried";
import type { Inventory } from "./inventory";
import type { Resource } from "./resource";

/** How a resource shows its owner. */
export type Cover = "tag" | "label" | "file" | "layer" | "container" | "uncovered";

export interface Coverage extends Readonly<Record<Cover, number>> {
    /** All custom resources: not the root stack, components or providers. */
    readonly total: number;
    /** Components whose children the engine cannot tell yet: charts of a cluster that is still to be made. */
    readonly unseen: number;
}

/**
 * How a resource shows its owner. A type that can carry one counts only if it carries the right one: `layer`
 * and `container` (a resource of the same owner around it) are open only to types that cannot.
 */
export function coverOf(resource: Resource, inventory: Inventory): Cover {
    const shape = inventory.carrierOf(resource.type);
    const owner = inventory.ownerOf(resource);
    if (shape === undefined || owner === undefined) return "uncovered";
    switch (carrierKinds[shape]) {
        case "host-file":
            return "file";
        case "layer":
            return isContained(resource, inventory) || isInGroup(resource, owner, inventory)
                ? "container"
                : "layer";
        case "tag":
        case "label": {
            const kind = carrierKinds[shape] === "tag" ? "tag" : "label";
            return wrongKeys(resource, shape, owner).length === 0 ? kind : "uncovered";
        }
    }
}

function isContained(resource: Resource, inventory: Inventory): boolean {
    for (const ancestor of inventory.ancestorsOf(resource)) {
        const cover = coverOf(ancestor, inventory);
        if (cover === "tag" || cover === "label") return true;
    }
    return false;
}

/** Whether whoever looks the resource up in the cloud finds its role and its party on the group around it. */
function isInGroup(resource: Resource, owner: Owner, inventory: Inventory): boolean {
    const group = inventory.groupOf(resource);
    if (group === undefined || coverOf(group, inventory) !== "tag") return false;
    const of = inventory.ownerOf(group);
    return of?.role === owner.role && of.party === owner.party;
}

/** Components that come with children: without any, the engine could not see them yet. */
const chartType =
    /^kubernetes:(helm\.sh\/v[34]:Chart|yaml(\/v2)?:Config\w+|kustomize(\/v2)?:Directory)$/;

/** The charts of a stack of which no child was seen. */
export function unseenOf(inventory: Inventory): Resource[] {
    const parents = new Set<string>();
    for (const { parent } of inventory.all()) if (parent !== undefined) parents.add(parent);
    return [...inventory.all()].filter(
        ({ type, urn }) => chartType.test(type) && !parents.has(urn),
    );
}

/** Counts how the resources of a stack show their owner. */
export function coverageOf(inventory: Inventory): Coverage {
    const counts = { tag: 0, label: 0, file: 0, layer: 0, container: 0, uncovered: 0 };
    let total = 0;
    for (const resource of inventory.all()) {
        if (!resource.custom) continue;
        total += 1;
        counts[coverOf(resource, inventory)] += 1;
    }
    return { total, ...counts, unseen: unseenOf(inventory).length };
}
