import type { Cidr } from "../../../components/model/cidr";
import { contains, formatCidr, overlap, parseCidr, sizeOf } from "../../../components/model/cidr";
import { textsAt } from "../../provider/look";
import type { Cloud, CloudObject } from "../../provider/stand-in";
import { normal } from "../arm-id";
import type { Admission, AzureType, Problem } from "../azure-type";
import { refuse } from "../azure-type";
import { networkName, shortNetworkName } from "../names";
import { findById } from "../references";
import { inGroup } from "./paths";

export const networkType = "azure-native:network:VirtualNetwork";
export const subnetType = "azure-native:network:Subnet";

/** What stands in a subnet and keeps it, and its network, from being deleted. */
export const inSubnets = [
    "azure-native:network:NetworkInterface",
    "azure-native:network:PrivateEndpoint",
    "azure-native:network:LoadBalancer",
    "azure-native:network:ApplicationGateway",
    "azure-native:network:BastionHost",
    "azure-native:containerservice:ManagedCluster",
    "azure-native:containerservice:AgentPool",
    "azure-native:dbforpostgresql:Server",
];

/** Least sizes that services demand of the subnets that they fix the name of. */
const named: Readonly<Record<string, number>> = {
    AzureBastionSubnet: 26,
    AzureFirewallSubnet: 26,
    GatewaySubnet: 29,
};

function* blockProblems(property: string, blocks: readonly string[]): Generator<Problem> {
    const read = blocks.map((text) => ({
        text,
        block: text.includes(":") ? "v6" : parseCidr(text),
    }));
    for (const { text, block } of read)
        if (block === undefined)
            yield {
                property,
                reason: `${text} is not the first address of a block such as 10.0.0.0/16`,
            };
    const known = read.flatMap(({ text, block }) =>
        typeof block === "object" ? [{ text, block }] : [],
    );
    for (const [at, one] of known.entries()) {
        const other = known.slice(at + 1).find(({ block }) => overlap(one.block, block));
        if (other !== undefined) yield { property, reason: `${one.text} overlaps ${other.text}` };
    }
}

const prefixesOf = (props: CloudObject["outputs"]): readonly string[] => [
    ...textsAt(props, "addressPrefix"),
    ...textsAt(props, "addressPrefixes"),
];
const blocksOf = (texts: readonly string[]): readonly Cidr[] =>
    texts.flatMap((text) => parseCidr(text) ?? []);

/** The subnets that stand in a network. */
export function subnetsIn(cloud: Cloud, networkId: string): readonly CloudObject[] {
    const inside = `${normal(networkId)}/subnets/`;
    return cloud.all(subnetType).filter(({ id }) => normal(id).startsWith(inside));
}

function admitSubnet({ id, inputs, cloud }: Admission): void {
    const networkId = id.replace(/\/subnets\/[^/]+$/, "");
    const network = findById(cloud, networkId);
    const space = blocksOf(textsAt(network?.outputs ?? {}, "addressSpace.addressPrefixes"));
    const others = subnetsIn(cloud, networkId).filter((each) => normal(each.id) !== normal(id));
    for (const text of prefixesOf(inputs)) {
        const block = parseCidr(text);
        if (block === undefined) continue;
        if (!space.some((each) => contains(each, block)))
            refuse("NetcfgInvalidSubnet", `${text} is outside the address space of ${networkId}`);
        for (const other of others)
            if (blocksOf(prefixesOf(other.outputs)).some((each) => overlap(each, block)))
                refuse(
                    "NetcfgSubnetRangesOverlap",
                    `${text} overlaps ${other.id}; choose another block`,
                );
    }
}

/** Refuses an address space without the blocks of its subnets. */
function admitNetwork({ id, inputs, cloud, old }: Admission): void {
    if (old === undefined) return;
    const space = blocksOf(textsAt(inputs, "addressSpace.addressPrefixes"));
    for (const subnet of subnetsIn(cloud, id))
        for (const block of blocksOf(prefixesOf(subnet.outputs)))
            if (!space.some((each) => contains(each, block)))
                refuse(
                    "InUsePrefixCannotBeDeleted",
                    `addressSpace.addressPrefixes: ${subnet.id} lies outside; keep its block`,
                );
}

/** Addresses of a subnet that Azure keeps: the first four and the last. */
const kept = 4;

/** The next free address of a subnet, and not one that somebody has. */
export function freeAddress(cloud: Cloud, subnet: CloudObject | undefined): string {
    const [block] = blocksOf(prefixesOf(subnet?.outputs ?? {}));
    if (block === undefined) return "10.0.0.4";
    for (let at = kept; at < sizeOf(block.prefix) - 1; at += 1) {
        const address = formatCidr({ first: block.first + at, prefix: 32 }).replace("/32", "");
        if ([...cloud.mentioning(address)].length === 0) return address;
    }
    return refuse("SubnetIsFull", `${subnet?.id ?? ""} has no address left; choose a larger block`);
}

/** Refuses an address that is not one of a subnet, or that Azure keeps for itself. */
export function checkAddress(address: string, subnet: CloudObject | undefined): void {
    const [block] = blocksOf(prefixesOf(subnet?.outputs ?? {}));
    const one = parseCidr(`${address}/32`);
    if (block === undefined || one === undefined) return;
    const at = one.first - block.first;
    if (at >= kept && at < sizeOf(block.prefix) - 1) return;
    refuse("PrivateIPAddressNotInSubnet", `${address} is none that ${subnet?.id ?? ""} hands out`);
}

/**
 * The subnet that an argument names, where it is one of the account's own.
 *
 * @throws Refusal where it belongs to a service that takes nothing else in: another delegation than `service`.
 */
export function enterSubnet(cloud: Cloud, id: string, service?: string): CloudObject | undefined {
    const subnet = findById(cloud, id);
    const delegated = textsAt(subnet?.outputs ?? {}, "delegations.serviceName");
    const other = delegated.find((each) => each !== service);
    if (other !== undefined)
        refuse(
            "SubnetWithDelegationsCannotBeUsed",
            `${id} is delegated to ${other}, which takes nothing else in; choose another subnet`,
        );
    if (subnet !== undefined && service !== undefined && delegated.length === 0)
        refuse("SubnetNotDelegated", `${id} is not delegated to ${service}; delegate it`);
    return subnet;
}

/**
 * Networks and their subnets.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq
 */
export const subnetTypes: Readonly<Record<string, AzureType>> = {
    [networkType]: {
        path: inGroup("Microsoft.Network/virtualNetworks/{virtualNetworkName}"),
        name: shortNetworkName,
        required: ["addressSpace"],
        defaults: { subnets: [], virtualNetworkPeerings: [], flowLogs: [] },
        heldBy: inSubnets,
        inUse: "InUseSubnetCannotBeDeleted",
        *inputProblems(inputs) {
            const property = "addressSpace.addressPrefixes";
            const blocks = textsAt(inputs, property);
            yield* blockProblems(property, blocks);
            for (const text of blocks) {
                const block = parseCidr(text);
                if (block !== undefined && (block.prefix < 2 || block.prefix > 29))
                    yield { property, reason: `${text}: Azure takes blocks from /2 to /29` };
            }
        },
        admit: admitNetwork,
    },
    [subnetType]: {
        path: inGroup(
            "Microsoft.Network/virtualNetworks/{virtualNetworkName}/subnets/{subnetName}",
        ),
        name: networkName,
        fixed: ["defaultOutboundAccess"],
        parts: ["delegations"],
        defaults: {
            privateEndpointNetworkPolicies: "Disabled",
            privateLinkServiceNetworkPolicies: "Enabled",
        },
        heldBy: inSubnets,
        inUse: "InUseSubnetCannotBeDeleted",
        *inputProblems(inputs) {
            const blocks = prefixesOf(inputs);
            yield* blockProblems("addressPrefix", blocks);
            const given = ["addressPrefix", "addressPrefixes"].filter((key) => key in inputs);
            if (given.length !== 1 && !("ipamPoolPrefixAllocations" in inputs))
                yield {
                    property: "addressPrefix",
                    reason: "give one of addressPrefix, addressPrefixes",
                };
            const name = inputs["subnetName"];
            const least = typeof name === "string" ? (named[name] ?? 29) : 29;
            for (const text of blocks) {
                const block = parseCidr(text);
                if (block !== undefined && block.prefix > least)
                    yield {
                        property: "addressPrefix",
                        reason: `${text}: the smallest that Azure takes here is /${least}`,
                    };
            }
        },
        admit: admitSubnet,
        made: () => ({
            ipConfigurationProfiles: [],
            ipConfigurations: [],
            privateEndpoints: [],
            purpose: "",
            resourceNavigationLinks: [],
            serviceAssociationLinks: [],
        }),
    },
};
