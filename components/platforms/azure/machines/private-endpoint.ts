import * as network from "@pulumi/azure-native/network";
import * as privatedns from "@pulumi/azure-native/privatedns";
import type * as pulumi from "@pulumi/pulumi";
import type { Where } from "./where";

/**
 * What a private endpoint reaches, with the zone in which Azure looks for its name.
 *
 * @see https://learn.microsoft.com/azure/private-link/private-endpoint-dns
 */
export const privateServices = {
    postgresql: { group: "postgresqlServer", zone: "privatelink.postgres.database.azure.com" },
    redis: { group: "redisEnterprise", zone: "privatelink.redis.azure.net" },
    files: { group: "file", zone: "privatelink.file.core.windows.net" },
} as const;

export type PrivateService = keyof typeof privateServices;

export interface PrivateEndpointArgs {
    readonly where: Where;
    /** Unique in its resource group. */
    readonly endpointName: string;
    readonly service: PrivateService;
    /** What it leads to. */
    readonly targetId: pulumi.Input<string>;
    readonly subnetId: pulumi.Input<string>;
    /** The application security group of the service. */
    readonly groupId: pulumi.Input<string>;
    readonly zoneId: pulumi.Input<string>;
    readonly tags: Readonly<Record<string, string>>;
}

/** The one way to a service of the cloud: a card of its own inside the network, and its name there. */
export function privateEndpoint(
    name: string,
    {
        where,
        endpointName,
        service,
        targetId,
        subnetId,
        groupId,
        zoneId,
        tags,
    }: PrivateEndpointArgs,
    opts: pulumi.CustomResourceOptions,
): network.PrivateEndpoint {
    const endpoint = new network.PrivateEndpoint(
        name,
        {
            ...where,
            privateEndpointName: endpointName,
            customNetworkInterfaceName: `${endpointName}-card`,
            subnet: { id: subnetId },
            applicationSecurityGroups: [{ id: groupId }],
            privateLinkServiceConnections: [
                {
                    name: service,
                    privateLinkServiceId: targetId,
                    groupIds: [privateServices[service].group],
                },
            ],
            tags: { ...tags },
        },
        opts,
    );
    new network.PrivateDnsZoneGroup(
        name,
        {
            resourceGroupName: where.resourceGroupName,
            privateEndpointName: endpoint.name,
            privateDnsZoneGroupName: "default",
            privateDnsZoneConfigs: [{ name: service, privateDnsZoneId: zoneId }],
        },
        opts,
    );
    return endpoint;
}

/** The zone of a kind of service, known to the cluster's network and to nobody else. */
export function privateServiceZone(
    name: string,
    {
        where,
        service,
        networkId,
        tags,
    }: Omit<
        PrivateEndpointArgs,
        "endpointName" | "targetId" | "subnetId" | "groupId" | "zoneId"
    > & { readonly networkId: pulumi.Input<string> },
    opts: pulumi.CustomResourceOptions,
): privatedns.PrivateZone {
    const { resourceGroupName } = where;
    const zone = new privatedns.PrivateZone(
        name,
        {
            resourceGroupName,
            location: "global",
            privateZoneName: privateServices[service].zone,
            tags: { ...tags },
        },
        opts,
    );
    new privatedns.VirtualNetworkLink(
        name,
        {
            resourceGroupName,
            location: "global",
            privateZoneName: zone.name,
            virtualNetworkLinkName: "cluster",
            virtualNetwork: { id: networkId },
            registrationEnabled: false,
            tags: { ...tags },
        },
        opts,
    );
    return zone;
}
