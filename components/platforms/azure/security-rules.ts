import type { network } from "@pulumi/azure-native/types/input";

type SecurityRule = network.SecurityRuleArgs;

/** One way in, in the words of a network security group. */
export interface WayIn {
    /** A range, or a service tag such as `Internet`. */
    readonly from: string;
    readonly ports: readonly number[];
    readonly protocol?: "Tcp" | "Udp" | "*";
}

/** The first priority that a group takes; rules of ours stand ten apart, so that one fits between two. */
const firstPriority = 100;

/**
 * Rules of a network security group: the ways in that are named, and, where it is `closed`, no other. Without that
 * Azure lets everybody in who stands in the same network.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules
 */
export function securityRules(
    waysIn: Readonly<Record<string, WayIn>>,
    closed: boolean,
): SecurityRule[] {
    const inbound = { direction: "Inbound", sourcePortRange: "*", destinationAddressPrefix: "*" };
    const rules = Object.entries(waysIn).map(
        ([name, { from, ports, protocol = "Tcp" }], at): SecurityRule => ({
            ...inbound,
            name,
            priority: firstPriority + 10 * at,
            access: "Allow",
            protocol,
            sourceAddressPrefix: from,
            destinationPortRanges: ports.map(String),
        }),
    );
    const rest: SecurityRule = {
        ...inbound,
        name: "nobody-else",
        priority: 4096,
        access: "Deny",
        protocol: "*",
        sourceAddressPrefix: "*",
        destinationPortRange: "*",
    };
    return closed ? [...rules, rest] : rules;
}
