import type { Owner } from "../../components/model/matrix";
import { ownerOf, rowName } from "../../components/model/matrix";
import { isLayerType } from "../../components/model/tokens";
import { placeOf } from "../place";
import type { ResourceRule } from "../rule";

const words = [
    "cluster",
    "environment",
    "role",
    "party",
    "contact",
] as const satisfies (keyof Owner)[];

/** A layer names the owner that the matrix of its cluster names, and no other. */
export const layerAsAssigned: ResourceRule = {
    id: "OWN3",
    name: "layer-as-assigned",
    why: "Tags that contradict the matrix send the alert and the bill to the wrong people.",
    fix: "Take the layer's owner from the matrix of the cluster: `ownerOf(matrix, layer)`.",
    level: "mandatory",
    appliesTo: isLayerType,
    check(resource, { inventory }) {
        const { urn } = resource;
        const matrix = inventory.matrix();
        const owner = inventory.ownerOf(resource);
        const fix = layerAsAssigned.fix;
        if (owner === undefined) {
            const message = "the layer does not say who owns it, or not before the update";
            return [{ urn, layer: null, role: null, message, fix }];
        }
        const assigned =
            matrix === undefined ? undefined : ownerOf(matrix, owner.layer, owner.scope);
        if (assigned === undefined) {
            const message = `the matrix names no owner for ${rowName(owner)}`;
            return [{ urn, ...placeOf(owner), message, fix }];
        }
        const differences = words
            .filter((word) => owner[word] !== assigned[word])
            .map((word) => `${word} ${owner[word]} instead of ${assigned[word]}`);
        if (differences.length === 0) return [];
        const message = `the layer ${rowName(owner)} says ${differences.join(", ")}`;
        return [{ urn, ...placeOf(assigned), message, fix }];
    },
};
