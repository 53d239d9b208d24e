import { PublicIPAddress } from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { Entrance } from "../foundation";
import { globalName } from "./names";
import type { Place } from "./place";
import { grant } from "./role-assignment";

export interface WayInArgs extends LayerArgs {
    readonly place: Place;
    readonly resourceGroupName: pulumi.Output<string>;
    readonly zones: readonly string[];
    /** The principal of the control plane, which puts the address in front of the gateway. */
    readonly principalId: pulumi.Input<string>;
}

/**
 * The gateway layer on Azure: the public address of all hubs, which the balancer of AKS takes on for the gateway's
 * Service. Protected: the hubs' domains point at it, also in zones that are not ours.
 *
 * @see https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
 * @see https://learn.microsoft.com/azure/aks/static-ip
 */
export class WayIn extends Layer {
    readonly address: PublicIPAddress;
    readonly service: Extract<Entrance["service"], { type: "LoadBalancer" }>;
    /** The name that hubs' domains point at. */
    readonly name: pulumi.Output<string>;
    /** What must stand before the gateway's Service has its address. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: WayInArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:WayIn", name, args, opts);
        const { place, resourceGroupName, zones, principalId } = args;
        const label = globalName("database", { ...place, what: "gateway" });
        const tags = this.tags();
        this.address = new PublicIPAddress(
            `${name}-address`,
            {
                resourceGroupName,
                location: place.location,
                publicIpAddressName: `${place.clusterName}-gateway`,
                publicIPAllocationMethod: "Static",
                publicIPAddressVersion: "IPv4",
                sku: { name: "Standard", tier: "Regional" },
                zones: [...zones],
                dnsSettings: { domainNameLabel: label },
                tags,
            },
            { parent: this, protect: true },
        );
        const { subscriptionId } = place;
        const whom = { subscriptionId, principalId, principalType: "ServicePrincipal" } as const;
        const takes = grant(
            `${name}-address`,
            { ...whom, role: "Network Contributor", scope: this.address.id },
            { parent: this },
        );
        // It looks for an address by its name in a list of all that are in the group.
        const finds = grant(
            `${name}-group`,
            {
                ...whom,
                role: "Reader",
                scope: pulumi.interpolate`/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`,
            },
            { parent: this },
        );
        const annotation = (key: string) => `service.beta.kubernetes.io/azure-${key}`;
        this.service = {
            type: "LoadBalancer",
            annotations: {
                [annotation("load-balancer-resource-group")]: resourceGroupName,
                [annotation("pip-name")]: this.address.name,
                [annotation("dns-label-name")]: label,
                [annotation("pip-tags")]: Object.entries(tags)
                    .map(([key, value]) => `${key}=${value}`)
                    .join(","),
            },
        };
        this.name = this.address.dnsSettings.apply((settings) => settings?.fqdn ?? "");
        this.ready = [takes, finds];
        this.registerOutputs({ address: this.name });
    }
}
