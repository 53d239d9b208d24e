import type { types } from "@pulumi/kubernetes";
import type { LocalVolume } from "./foundation";

/**
 * The part of a volume's spec that says on which node it lies, and where there. Nobody else than that node mounts it:
 * Kubernetes puts its pods there.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#local
 */
export function onNode({
    node,
    path,
    fsType,
}: LocalVolume): Pick<types.input.core.v1.PersistentVolumeSpec, "local" | "nodeAffinity"> {
    const key = "kubernetes.io/hostname";
    return {
        local: { path, ...(fsType === undefined ? {} : { fsType }) },
        nodeAffinity: {
            required: {
                nodeSelectorTerms: [
                    { matchExpressions: [{ key, operator: "In", values: [node] }] },
                ],
            },
        },
    };
}
