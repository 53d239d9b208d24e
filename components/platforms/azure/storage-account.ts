import type { StorageAccountArgs } from "@pulumi/azure-native/storage";
import { StorageAccount } from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";
import { globalName } from "./names";
import type { Place } from "./place";

export interface ClosedAccountArgs {
    readonly place: Place;
    readonly resourceGroupName: pulumi.Input<string>;
    /** What of the cluster it keeps, in its name. */
    readonly what: string;
    /** Blobs, shares of files on fast disks, or copies that are seldom read and lie in a second region too. */
    readonly keeps: "blobs" | "shares" | "copies";
    /** Whether it is kept in three zones. */
    readonly zonal: boolean;
    /** Whether somebody outside the network writes to it, by an identity. */
    readonly fromOutside?: boolean;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * A storage account that nobody reaches without an identity, and but for `fromOutside` nobody from outside: services
 * have endpoints in the network. NFS knows neither TLS nor identities, so shares live by the network alone.
 *
 * @see https://learn.microsoft.com/azure/storage/files/files-nfs-protocol#security-and-networking
 */
export function closedAccount(
    name: string,
    args: ClosedAccountArgs,
    parent: pulumi.Resource,
): StorageAccount {
    const { place, resourceGroupName, what, keeps, zonal, fromOutside = false, tags } = args;
    const redundancy = zonal ? "ZRS" : "LRS";
    const kinds: Record<
        typeof keeps,
        Pick<StorageAccountArgs, "kind" | "sku" | "enableHttpsTrafficOnly" | "accessTier">
    > = {
        blobs: {
            kind: "StorageV2",
            sku: { name: `Standard_${redundancy}` },
            accessTier: "Hot",
            enableHttpsTrafficOnly: true,
        },
        copies: {
            kind: "StorageV2",
            sku: { name: zonal ? "Standard_GZRS" : "Standard_GRS" },
            accessTier: "Cool",
            enableHttpsTrafficOnly: true,
        },
        shares: {
            kind: "FileStorage",
            sku: { name: `Premium_${redundancy}` },
            enableHttpsTrafficOnly: false,
        },
    };
    return new StorageAccount(
        `${name}-account`,
        {
            resourceGroupName,
            location: place.location,
            accountName: globalName("storageAccount", { ...place, what }),
            ...kinds[keeps],
            minimumTlsVersion: "TLS1_2",
            allowSharedKeyAccess: false,
            allowBlobPublicAccess: false,
            allowCrossTenantReplication: false,
            defaultToOAuthAuthentication: true,
            isLocalUserEnabled: false,
            publicNetworkAccess: fromOutside ? "Enabled" : "Disabled",
            networkRuleSet: {
                bypass: "AzureServices",
                defaultAction: fromOutside ? "Allow" : "Deny",
            },
            tags,
        },
        { parent, protect: true },
    );
}
