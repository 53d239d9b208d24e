import { clusterType, isLayerType, typesOf } from "../../components/model/tokens";
import type { ResourceRule } from "../rule";

/** Every resource stands in exactly one layer, and every layer directly in the cluster. */
export const insideOneLayer: ResourceRule = {
    id: "OWN2",
    name: "inside-one-layer",
    why: "A resource in no layer has no owner, and one in two has none who knows.",
    fix: "Create it with `{ parent: this }` in the layer that answers for it.",
    level: "mandatory",
    appliesTo: () => true,
    check({ urn, type, custom }, { inventory }) {
        const above = typesOf(urn).slice(0, -1);
        const none = { urn, layer: null, role: null };
        if (isLayerType(type)) {
            if (above.length === 1 && above[0] === clusterType) return [];
            const message = `the layer ${type} is no direct child of the cluster`;
            return [{ ...none, message, fix: "register it with the cluster as its parent" }];
        }
        // What stands outside the cluster altogether is the gate's.
        if (!custom || above[0] !== clusterType) return [];
        const layers = above.filter(isLayerType);
        if (layers.length !== 1) {
            const message = `${type} stands in ${layers.length === 0 ? "no layer" : layers.join(" and ")}`;
            return [{ ...none, message, fix: insideOneLayer.fix }];
        }
        const resource = inventory.get(urn);
        if (resource !== undefined && inventory.ownerOf(resource) !== undefined) return [];
        const message = `the layer of ${type} does not say who owns it, or not before the update`;
        return [{ ...none, message, fix: "register the layer with an owner of plain strings" }];
    },
};
