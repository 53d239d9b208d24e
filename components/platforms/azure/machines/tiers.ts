import type * as pulumi from "@pulumi/pulumi";
import type { Balancer } from "../../../model/commcare/plan";
import { formatCidr, parseCidr } from "../../../model/cidr";
import type { Tier } from "../network";

/** The subnets of a cluster of machines, larger ones first. */
export const machineSlices = {
    apps: { name: "apps", bits: 2 },
    data: { name: "data", bits: 2 },
    endpoints: { name: "endpoints", bits: 4 },
    /** Of the gateway in front of the site: a /24 where it grows to its ten instances and is made anew beside them. */
    gateway: { name: "gateway", bits: 4 },
    /** Azure demands a /26 at least, and the name. */
    bastion: { name: "bastion", bits: 6, subnetName: "AzureBastionSubnet" },
} as const;

/**
 * The network of a cluster of machines: applications, what keeps data, addresses of services of the cloud, and the two
 * ways in. What the first three open is one security group's matter.
 *
 * @see https://learn.microsoft.com/azure/bastion/bastion-nsg
 */
export function machineTiers(
    groups: { readonly machines: pulumi.Input<string>; readonly gateway: pulumi.Input<string> },
    bastion: boolean,
): Tier[] {
    const { apps, data, endpoints, gateway } = machineSlices;
    const open = { waysIn: {}, closed: true } as const;
    return [
        { ...apps, ...open, reachesOut: true, securityGroupId: groups.machines },
        { ...data, ...open, reachesOut: true, securityGroupId: groups.machines },
        { ...endpoints, ...open, reachesOut: false, securityGroupId: groups.machines },
        { ...gateway, ...open, reachesOut: false, securityGroupId: groups.gateway },
        ...(bastion ? [bastionTier] : []),
    ];
}

const bastionTier: Tier = {
    ...machineSlices.bastion,
    reachesOut: false,
    waysIn: {
        people: { from: "Internet", ports: [443] },
        upkeep: { from: "GatewayManager", ports: [443] },
        probes: { from: "AzureLoadBalancer", ports: [443] },
        itself: { from: "VirtualNetwork", ports: [8080, 5701], protocol: "*" },
    },
    closed: true,
};

/**
 * The addresses of the load balancers inside: the last ones of the subnet of data, which Azure gives to machines last.
 *
 * @param range Of that subnet.
 */
export function balancerAddresses(
    range: string,
    balancers: readonly Pick<Balancer, "name">[],
): Record<string, string> {
    const parsed = parseCidr(range);
    if (parsed === undefined) throw new Error(`${range} is no range`);
    const last = parsed.first + 2 ** (32 - parsed.prefix) - 2; // the very last is the broadcast
    return Object.fromEntries(
        balancers.map(({ name }, at) => [
            name,
            formatCidr({ first: last - at, prefix: 32 }).replace("/32", ""),
        ]),
    );
}
