import { readOwnerKeys } from "../../components/model/carriers";
import { layersOf } from "../../components/model/layers";
import { layersBelow } from "../../components/model/layers-below";
import type { Inventory } from "../inventory";
import type { Resource } from "../resource";
import type { ReportLayer } from "./layers";
import type { ReportResource } from "./report";

/** A layer that carries a resource of another one. */
export interface Below {
    readonly layer: string;
    /** The role that the resource itself names for it. */
    readonly role: string;
}

/** The layers that carry a resource besides its own, as its tags say. */
export function belowOf(resource: Resource, inventory: Inventory): Below[] {
    const shape = inventory.carrierOf(resource.type);
    const matrix = inventory.matrix();
    if (shape === undefined || matrix === undefined) return [];
    const inBook = new Set<string>(
        layersOf(matrix.workload, matrix.platform).map(([slug]) => slug),
    );
    const found = readOwnerKeys(shape, resource.inputs, Object.keys(layersBelow));
    const own = inventory.ownerOf(resource)?.layer;
    return Object.entries(layersBelow).flatMap(([key, layer]) => {
        const role = found.get(key);
        const carries = role !== undefined && layer !== own && inBook.has(layer);
        return carries ? [{ layer, role }] : [];
    });
}

/** Resources by the rows that carry them besides: those of their layers below, and of the role that they name. */
export function placeCarried(
    resources: readonly ReportResource[],
    rows: readonly ReportLayer[],
): Map<ReportLayer, ReportResource[]> {
    const placed = new Map<ReportLayer, ReportResource[]>();
    for (const resource of resources) {
        for (const { layer, role } of resource.below ?? []) {
            const here = rows.filter(({ id }) => id === layer);
            const row = here.find((each) => (each.role ?? each.party) === role) ?? here[0];
            if (row !== undefined) placed.set(row, [...(placed.get(row) ?? []), resource]);
        }
    }
    return placed;
}
