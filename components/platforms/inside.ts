import type { EgressRule } from "./foundation";

/** RFC 1918. */
export const privateCidrs = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] as const;

export const privateRanges: EgressRule["to"] = privateCidrs.map((cidr) => ({ ipBlock: { cidr } }));

/** Where the parts of a cluster answer that are no pods, in the words of a network policy. */
export interface Inside {
    /**
     * The Kubernetes API. Most enforcers see a connection after the address of its Service was replaced by that of
     * whoever answers, and its port with it.
     *
     * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
     */
    readonly api: EgressRule;
    /** Nodes, and pods: some of both answer on one port. */
    readonly nodes: EgressRule["to"];
}

/** Of a cluster that a cloud keeps inside a network of private addresses, whatever range that has. */
export const insideNetwork: Inside = {
    api: { to: privateRanges, ports: [{ port: 443, protocol: "TCP" }] },
    nodes: privateRanges,
};
