import type { HostRule } from "./commcare/host-rules";
import { nodesOf } from "./k3s-nodes";
import type { K3sVmsSpec } from "./spec/vms";

/** What each host of a cluster of k3s lets in from outside its own pods. */
export function k3sRules(vms: Pick<K3sVmsSpec, "hosts" | "k3s">): Record<string, HostRule[]> {
    const names = Object.keys(vms.hosts).sort();
    const used = ({ from }: HostRule) => from.length > 0;
    return Object.fromEntries(names.map((name) => [name, k3sPorts(name, vms).filter(used)]));
}

/**
 * What a node listens on for others, whether or not there are any.
 *
 * @see https://docs.k3s.io/installation/requirements#inbound-rules-for-k3s-nodes
 */
export function k3sPorts(name: string, vms: Pick<K3sVmsSpec, "hosts" | "k3s">): HostRule[] {
    const { servers } = nodesOf(vms);
    const others = Object.keys(vms.hosts)
        .sort()
        .filter((each) => each !== name);
    const peers = servers.filter((each) => each !== name);
    const ofServer: HostRule[] = [
        { port: 6443, protocol: "tcp", from: "administrators", carries: "API of Kubernetes" },
        { port: 6443, protocol: "tcp", from: others, carries: "API of Kubernetes" },
        { port: 2379, protocol: "tcp", from: peers, carries: "etcd, asked by servers" },
        { port: 2380, protocol: "tcp", from: peers, carries: "etcd among servers" },
    ];
    const ofNode: HostRule[] = [
        { port: 8472, protocol: "udp", from: others, carries: "the network of pods (VXLAN)" },
        { port: 10_250, protocol: "tcp", from: others, carries: "kubelet" },
        { port: 9100, protocol: "tcp", from: others, carries: "measurements of the machine" },
    ];
    return servers.includes(name) ? [...ofServer, ...ofNode] : ofNode;
}
