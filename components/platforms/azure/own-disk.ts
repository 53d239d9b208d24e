import { Disk } from "@pulumi/azure-native/compute";
import type * as pulumi from "@pulumi/pulumi";
import type { HubSite } from "./hub-site";
import { grant } from "./role-assignment";

export interface OwnDiskArgs {
    readonly site: HubSite;
    readonly resourceGroupName: pulumi.Input<string>;
    /** In its name, after the cluster's. */
    readonly noun: string;
    readonly sizeGiB: number;
    /** Of a disk whose speed is asked for; without it the ordinary one of its size. */
    readonly speed?: { readonly iops: number; readonly throughputMiBps: number };
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * A disk that pods of the core nodes mount, made here and by no class, so that it has an owner, a name and copies. One
 * whose speed is asked for is of the second generation of premium disks.
 *
 * @returns it, and what must stand before it can be attached.
 * @see https://learn.microsoft.com/azure/virtual-machines/disks-types#premium-ssd-v2
 */
export function ownDisk(
    name: string,
    { site, resourceGroupName, noun, sizeGiB, speed, tags }: OwnDiskArgs,
    parent: pulumi.Resource,
): { disk: Disk; ready: pulumi.Resource[] } {
    const { place, controlPlane, zone } = site;
    const disk = new Disk(
        `${name}-disk`,
        {
            resourceGroupName,
            location: place.location,
            diskName: `${place.clusterName}-${noun}`,
            zones: [zone],
            sku: { name: speed === undefined ? "Premium_LRS" : "PremiumV2_LRS" },
            creationData: { createOption: "Empty" },
            diskSizeGB: sizeGiB,
            ...(speed && {
                diskIOPSReadWrite: speed.iops,
                diskMBpsReadWrite: speed.throughputMiBps,
            }),
            // Nobody downloads it; copies are made inside Azure.
            networkAccessPolicy: "DenyAll",
            publicNetworkAccess: "Disabled",
            tags,
        },
        { parent, protect: true },
    );
    // To read and change a disk, and no more: what it takes to attach one.
    const attaches = grant(
        `${name}-attaches`,
        {
            subscriptionId: place.subscriptionId,
            role: "Disk Restore Operator",
            scope: disk.id,
            principalId: controlPlane.identity.principalId,
            principalType: "ServicePrincipal",
        },
        { parent },
    );
    return { disk, ready: [attaches] };
}
