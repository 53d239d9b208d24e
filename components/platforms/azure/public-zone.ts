import { Zone } from "@pulumi/azure-native/dns";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import type { AzureDnsSpec } from "../../model/spec/azure-dns";
import { zoneGroupName } from "./due-groups";
import type { Place } from "./place";

export interface PublicZoneArgs {
    readonly place: Place;
    /** Names a zone, to make or to take. */
    readonly dns: AzureDnsSpec;
    readonly tags: Readonly<Record<string, string>>;
}

/** A zone that was made, or one that stands. */
export interface PublicZone {
    readonly id: pulumi.Output<string>;
    readonly name: pulumi.Output<string>;
    readonly resourceGroupName: pulumi.Output<string>;
    /** Of a zone that was made: what its parent has to delegate to. */
    readonly servers?: pulumi.Output<string[]>;
}

/** What the engine neither deletes nor replaces: another zone of the name has other servers, which its parent does not name. */
const outlives = { protect: true, retainOnDelete: true } as const;

/**
 * The zone that the stack file names. One that is made has a resource group of its own, for Azure deletes a group with
 * everything in it: both stay in the subscription when the cluster goes.
 *
 * @see https://learn.microsoft.com/azure/dns/dns-protect-zones-recordsets
 */
export function publicZone(
    name: string,
    { place, dns, tags }: PublicZoneArgs,
    parent: pulumi.Resource,
): PublicZone {
    const { subscriptionId, location, clusterName } = place;
    const { create, zone: standing = "", resourceGroup = "" } = dns;
    if (create === undefined) {
        const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/dnsZones/${standing}`;
        return {
            id: pulumi.output(id),
            name: pulumi.output(standing),
            resourceGroupName: pulumi.output(resourceGroup),
        };
    }
    const group = new ResourceGroup(
        `${name}-zone-group`,
        { resourceGroupName: zoneGroupName(clusterName), location, tags },
        { parent, ...outlives },
    );
    const zone = new Zone(
        `${name}-zone`,
        {
            resourceGroupName: group.name,
            location: "global",
            zoneName: create,
            zoneType: "Public",
            tags,
        },
        { parent, ...outlives },
    );
    return {
        id: zone.id,
        name: zone.name,
        resourceGroupName: group.name,
        servers: zone.nameServers,
    };
}

/** A domain as its zone calls it: `@` at the top. */
export function relativeName(domain: string, zone: string): string {
    return domain === zone ? "@" : domain.slice(0, -zone.length - 1);
}
