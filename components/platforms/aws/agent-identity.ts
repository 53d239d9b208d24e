import type { PodIdentity } from "../foundation";

/**
 * What a pod needs to be given its identity by the agent of EKS: a way to the link-local address where that answers,
 * and nothing written on it, since the association names its service account.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
 */
export const agentIdentity: PodIdentity = {
    accountAnnotations: {},
    podLabels: {},
    podAnnotations: {},
    egress: [
        {
            to: [{ ipBlock: { cidr: "169.254.170.23/32" } }],
            ports: [{ port: 80, protocol: "TCP" }],
        },
    ],
};
