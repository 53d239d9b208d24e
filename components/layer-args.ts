import type { LayerArgs } from "./layer";
import { ownerOf } from "./model/matrix";
import type { AnyClusterSpec } from "./model/spec";

/**
 * The owner and the common tags of one layer of a stack.
 *
 * @param scope The hub, for a layer that each hub has for itself.
 * @throws Error when nobody answers for the layer: a stack with gaps is refused before anything is built.
 */
export function layerArgs(
    spec: Pick<AnyClusterSpec, "matrix" | "tags">,
    layer: string,
    scope?: string,
): LayerArgs {
    const owner = ownerOf(spec.matrix, layer, scope);
    if (owner === undefined) {
        throw new Error(`nobody answers for ${layer}; ask findGaps before building`);
    }
    return { owner, commonTags: spec.tags };
}
