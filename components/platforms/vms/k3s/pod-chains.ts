/** Interfaces of pods on their host, and of pods on other hosts. */
const interfaces = '{ "cni0", "flannel.1" }';

/** What pods reach of the host that they are on: the API of Kubernetes, the kubelet, what measures the machine. */
const ports = "{ 6443, 10250, 9100 }";

/** In the chain of what comes to the host itself. */
export const fromPods = (podCidr: string): string[] => [
    `iifname ${interfaces} ip saddr ${podCidr} tcp dport ${ports} accept comment "pods of this host"`,
];

/**
 * A chain for what passes through a host: pods are behind it. Ports that Kubernetes opens on every host (NodePort) are
 * led to pods before any chain of what comes in sees them, and would be open to everybody. In come the gateway's two.
 * What pods open to one another is for network policies to bound: those of k3s are in tables of its own.
 *
 * @see https://docs.k3s.io/networking/networking-services#service-load-balancer
 */
export const forwardChain = [
    "    chain forward {",
    "        type filter hook forward priority filter; policy drop;",
    "        ct state established,related accept",
    "        ct state invalid drop",
    `        iifname ${interfaces} accept comment "pods"`,
    // Not as a set: nftables of Debian 12 lists one of these as numbers of no type.
    ...[80, 443].map(
        (port) =>
            `        ct status dnat meta l4proto tcp ct original proto-dst ${String(port)} accept comment "the gateway"`,
    ),
    "    }",
];
