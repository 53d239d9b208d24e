/**
 * Releases of the cluster autoscaler by the Kubernetes minor version that each was built for: it carries the
 * scheduler of that version, to foretell where a pod would go.
 *
 * @see https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler#releases
 */
export const autoscalerReleases: Readonly<Record<string, string>> = {
    "1.31": "1.31.5",
    "1.32": "1.32.7",
    "1.33": "1.33.5",
    "1.34": "1.34.4",
    "1.35": "1.35.1",
    "1.36": "1.36.0",
};
