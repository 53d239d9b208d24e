import * as azure from "@pulumi/azure-native/network";
import type { PrivateZone } from "@pulumi/azure-native/privatedns";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { Slice } from "./network-plan";
import { planNetwork } from "./network-plan";
import type { Place } from "./place";
import { privateZone } from "./private-link";
import type { PrivateService } from "./private-services";
import type { WayIn } from "./security-rules";
import { securityRules } from "./security-rules";

/** A tier of the network: one subnet for all zones, since a subnet of Azure spans them. */
export interface Tier extends Slice {
    /** Where a service demands one, such as AzureBastionSubnet; else the tier's own. */
    readonly subnetName?: string;
    /** The service that it is for alone, such as Microsoft.ContainerService/managedClusters. */
    readonly delegatedTo?: string;
    /** Whether what stands there reaches the internet, by the NAT gateway. */
    readonly reachesOut: boolean;
    readonly waysIn: Readonly<Record<string, WayIn>>;
    /** Whether only those come in; else whoever stands in the network as well. */
    readonly closed: boolean;
}

export interface NetworkArgs extends LayerArgs {
    readonly place: Place;
    readonly resourceGroupName: pulumi.Input<string>;
    /** The range of the network, /16 to /20. */
    readonly cidr: string;
    /** Larger ones first. Another one at the end moves none of the others. */
    readonly tiers: readonly Tier[];
    /** Services of Azure that have a private address here. */
    readonly privateServices: readonly PrivateService[];
}

/**
 * The network layer on Azure: one virtual network for one cluster, the way out of it, and the names of the services
 * that have an address in it.
 */
export class Network extends Layer {
    readonly vnet: azure.VirtualNetwork;
    /** By tier. */
    readonly subnets: Readonly<Record<string, azure.Subnet>>;
    /** By tier, in CIDR form. */
    readonly ranges: Readonly<Record<string, string>>;
    /** By service. */
    readonly zones: Readonly<Partial<Record<PrivateService, PrivateZone>>>;
    readonly natGateway: azure.NatGateway;
    /** What must stand before a machine reaches the internet, and services by their private addresses. */
    readonly ready: readonly pulumi.Resource[];

    readonly #name: string;
    readonly #args: NetworkArgs;

    constructor(name: string, args: NetworkArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:Network", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { place, resourceGroupName, cidr, tiers, privateServices } = args;
        const { location, clusterName } = place;

        this.vnet = new azure.VirtualNetwork(
            `${name}-vnet`,
            {
                resourceGroupName,
                location,
                virtualNetworkName: clusterName,
                addressSpace: { addressPrefixes: [cidr] },
                tags: this.tags(),
            },
            // Its subnets are resources of their own, which the network tells of as well.
            { parent: this, ignoreChanges: ["subnets"] },
        );
        this.natGateway = this.#wayOut();
        this.ranges = planNetwork(cidr, tiers);
        let last: azure.Subnet | undefined;
        const subnets = tiers.map((tier) => {
            // One after the other: a network takes one change at a time.
            last = this.#subnet(tier, last === undefined ? [] : [last]);
            return [tier.name, last] as const;
        });
        this.subnets = Object.fromEntries(subnets);
        const zones = privateServices.map((service) => {
            const made = privateZone(
                `${name}-${service}`,
                {
                    service,
                    resourceGroupName,
                    vnetId: this.vnet.id,
                    clusterName,
                    tags: this.tags(),
                },
                this,
            );
            return [service, made] as const;
        });
        this.zones = Object.fromEntries(zones.map(([service, { zone }]) => [service, zone]));
        this.ready = [...Object.values(this.subnets), ...zones.map(([, { link }]) => link)];
        this.registerOutputs({ vnetId: this.vnet.id });
    }

    /** One for all zones: it stands in one that Azure chose, and a subnet takes no second. */
    #wayOut(): azure.NatGateway {
        const { place, resourceGroupName } = this.#args;
        const { location, clusterName } = place;
        const address = new azure.PublicIPAddress(
            `${this.#name}-out`,
            {
                resourceGroupName,
                location,
                publicIpAddressName: `${clusterName}-out`,
                publicIPAllocationMethod: "Static",
                publicIPAddressVersion: "IPv4",
                sku: { name: "Standard", tier: "Regional" },
                tags: this.tags(),
            },
            { parent: this },
        );
        return new azure.NatGateway(
            `${this.#name}-nat`,
            {
                resourceGroupName,
                location,
                natGatewayName: clusterName,
                sku: { name: "Standard" },
                // Minutes of silence after which a connection is forgotten.
                idleTimeoutInMinutes: 10,
                publicIpAddresses: [{ id: address.id }],
                tags: this.tags(),
            },
            { parent: this },
        );
    }

    #subnet(tier: Tier, after: pulumi.Resource[]): azure.Subnet {
        const { place, resourceGroupName } = this.#args;
        const group = new azure.NetworkSecurityGroup(
            `${this.#name}-${tier.name}`,
            {
                resourceGroupName,
                location: place.location,
                networkSecurityGroupName: `${place.clusterName}-${tier.name}`,
                securityRules: securityRules(tier.waysIn, tier.closed),
                tags: this.tags(),
            },
            { parent: this },
        );
        const { delegatedTo } = tier;
        return new azure.Subnet(
            `${this.#name}-${tier.name}`,
            {
                resourceGroupName,
                virtualNetworkName: this.vnet.name,
                subnetName: tier.subnetName ?? tier.name,
                addressPrefix: this.ranges[tier.name] ?? "",
                networkSecurityGroup: { id: group.id },
                ...(tier.reachesOut ? { natGateway: { id: this.natGateway.id } } : {}),
                ...(delegatedTo === undefined
                    ? {}
                    : { delegations: [{ name: "service", serviceName: delegatedTo }] }),
                // No address that Azure would lend to whoever has no way out.
                defaultOutboundAccess: false,
                privateEndpointNetworkPolicies: "NetworkSecurityGroupEnabled",
            },
            { parent: this, dependsOn: after },
        );
    }
}
