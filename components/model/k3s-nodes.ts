import type { K3sVmsSpec } from "./spec/vms";

/** The hosts of a cluster of k3s by what they run. */
export interface K3sNodes {
    /** The control plane, and what all hubs share. The first begins the cluster. */
    readonly servers: readonly string[];
    /** Users' servers and nothing else. */
    readonly agents: readonly string[];
    /** Where users' servers run: the agents, or the servers where there are none. */
    readonly users: readonly string[];
}

export function nodesOf({ hosts, k3s }: Pick<K3sVmsSpec, "hosts" | "k3s">): K3sNodes {
    const { servers } = k3s;
    // The engine hands keys on in an order of its own.
    const agents = Object.keys(hosts)
        .filter((name) => !servers.includes(name))
        .sort();
    return { servers, agents, users: agents.length === 0 ? servers : agents };
}
