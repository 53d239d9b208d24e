import type { PodIdentity } from "../../foundation";

/** No pod is anybody to a cloud here: there is none. */
export const nobody: PodIdentity = {
    accountAnnotations: {},
    podLabels: {},
    podAnnotations: {},
    egress: [],
};
