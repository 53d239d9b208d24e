import { rowName } from "../../model/matrix";
import type { ClusterSpec } from "../../model/spec";

/** Whether a layer's data is protected: always, but for the layers that a destroy released by name. */
export function keeps(spec: ClusterSpec, layer: string, hub?: string): boolean {
    const row = hub === undefined ? { layer } : { layer, scope: hub };
    return !(spec.released ?? []).includes(rowName(row));
}
