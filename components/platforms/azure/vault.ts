import { Vault } from "@pulumi/azure-native/keyvault";
import type * as pulumi from "@pulumi/pulumi";
import { globalName } from "./names";
import type { Place } from "./place";

export interface VaultArgs {
    readonly place: Place;
    readonly resourceGroupName: pulumi.Input<string>;
    /** What of the cluster it is for, in its name. */
    readonly what: string;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * A key vault of which roles say who may what, closed to the internet. For 90 days after its end nobody gets rid of
 * what was in it, and its name is taken: a cluster of that name that comes back has to recover it first.
 *
 * @see https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
 */
export function keyVault(
    name: string,
    { place, resourceGroupName, what, tags }: VaultArgs,
    parent: pulumi.Resource,
): Vault {
    return new Vault(
        `${name}-vault`,
        {
            resourceGroupName,
            location: place.location,
            vaultName: globalName("keyVault", { ...place, what }),
            properties: {
                tenantId: place.tenantId,
                sku: { family: "A", name: "standard" },
                enableRbacAuthorization: true,
                enableSoftDelete: true,
                softDeleteRetentionInDays: 90,
                enablePurgeProtection: true,
                publicNetworkAccess: "disabled",
                networkAcls: { bypass: "AzureServices", defaultAction: "Deny" },
            },
            tags,
        },
        { parent, protect: true },
    );
}
