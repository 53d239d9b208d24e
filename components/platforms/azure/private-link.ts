import { PrivateDnsZoneGroup, PrivateEndpoint } from "@pulumi/azure-native/network";
import { PrivateZone, VirtualNetworkLink } from "@pulumi/azure-native/privatedns";
import type * as pulumi from "@pulumi/pulumi";
import type { Place } from "./place";
import type { PrivateService } from "./private-services";
import { privateServices } from "./private-services";

type Tags = Readonly<Record<string, string>>;

export interface PrivateZoneArgs {
    readonly service: PrivateService;
    readonly resourceGroupName: pulumi.Input<string>;
    readonly vnetId: pulumi.Input<string>;
    readonly clusterName: string;
    readonly tags: Tags;
}

/** The names of a service inside a network. */
export function privateZone(
    name: string,
    { service, resourceGroupName, vnetId, clusterName, tags }: PrivateZoneArgs,
    parent: pulumi.Resource,
): { zone: PrivateZone; link: VirtualNetworkLink } {
    const zone = new PrivateZone(
        `${name}-zone`,
        {
            resourceGroupName,
            location: "global",
            privateZoneName: privateServices[service].zone,
            tags,
        },
        { parent },
    );
    const link = new VirtualNetworkLink(
        `${name}-link`,
        {
            resourceGroupName,
            location: "global",
            privateZoneName: zone.name,
            virtualNetworkLinkName: clusterName,
            virtualNetwork: { id: vnetId },
            registrationEnabled: false,
            // What others keep behind endpoints of theirs is looked for outside, where it was before.
            resolutionPolicy: "NxDomainRedirect",
            tags,
        },
        { parent },
    );
    return { zone, link };
}

export interface PrivateEndpointArgs {
    readonly place: Place;
    readonly resourceGroupName: pulumi.Input<string>;
    /** In names, such as `prod-blob`. */
    readonly noun: string;
    readonly service: PrivateService;
    /** The id of what it stands for. */
    readonly target: pulumi.Input<string>;
    readonly subnetId: pulumi.Input<string>;
    readonly zone: PrivateZone;
    readonly tags: Tags;
}

/** An address in the network for one resource of a service, and its name. @returns what must stand before it is found. */
export function privateEndpoint(
    name: string,
    { place, resourceGroupName, noun, service, target, subnetId, zone, tags }: PrivateEndpointArgs,
    parent: pulumi.Resource,
): pulumi.Resource[] {
    const called = `${place.clusterName}-${noun}`;
    const endpoint = new PrivateEndpoint(
        `${name}-endpoint`,
        {
            resourceGroupName,
            location: place.location,
            privateEndpointName: called,
            // Else Azure names the interface anew with each endpoint.
            customNetworkInterfaceName: `${called}-nic`,
            subnet: { id: subnetId },
            privateLinkServiceConnections: [
                {
                    name: service,
                    privateLinkServiceId: target,
                    groupIds: [privateServices[service].groupId],
                },
            ],
            tags,
        },
        { parent },
    );
    const group = new PrivateDnsZoneGroup(
        `${name}-endpoint`,
        {
            resourceGroupName,
            privateEndpointName: endpoint.name,
            privateDnsZoneGroupName: "default",
            privateDnsZoneConfigs: [{ name: service, privateDnsZoneId: zone.id }],
        },
        { parent },
    );
    return [endpoint, group];
}
