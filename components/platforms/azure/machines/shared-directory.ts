import * as storage from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";
import type { Where } from "./where";

export interface SharedDirectoryArgs {
    readonly where: Where;
    /** Unique in Azure, 3 to 24 letters and digits. */
    readonly accountName: string;
    readonly shareName: string;
    /** What is provisioned and paid, whether or not it is full. */
    readonly sizeGiB: number;
    /** Whether copies lie in three zones. */
    readonly zoneRedundant: boolean;
    readonly key: {
        readonly vaultUri: pulumi.Input<string>;
        readonly name: pulumi.Input<string>;
        readonly identityId: pulumi.Input<string>;
        readonly ready: pulumi.Resource;
    };
    readonly tags: Readonly<Record<string, string>>;
}

export interface SharedDirectory {
    readonly account: storage.StorageAccount;
    /** What measures how full the share is. */
    readonly service: storage.FileServiceProperties;
    readonly share: storage.FileShare;
}

/**
 * The directory that machines share, on Azure Files by NFS 4.1. NFS knows neither keys nor TLS there: it is open to
 * whoever reaches the private endpoint, which the security group says, and has no other address.
 *
 * @see https://learn.microsoft.com/azure/storage/files/files-nfs-protocol
 */
export function sharedDirectory(
    name: string,
    args: SharedDirectoryArgs,
    parent: pulumi.Resource,
): SharedDirectory {
    const { where, accountName, key, zoneRedundant } = args;
    const account = new storage.StorageAccount(
        name,
        {
            ...where,
            accountName,
            kind: "FileStorage",
            sku: { name: zoneRedundant ? "Premium_ZRS" : "Premium_LRS" },
            allowBlobPublicAccess: false,
            allowCrossTenantReplication: false,
            allowSharedKeyAccess: false,
            enableHttpsTrafficOnly: false, // else NFS is refused
            minimumTlsVersion: "TLS1_2",
            publicNetworkAccess: "Disabled",
            networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
            identity: { type: "UserAssigned", userAssignedIdentities: [key.identityId] },
            encryption: {
                keySource: "Microsoft.Keyvault",
                keyVaultProperties: { keyVaultUri: key.vaultUri, keyName: key.name },
                encryptionIdentity: { encryptionUserAssignedIdentity: key.identityId },
                services: { file: { enabled: true, keyType: "Account" } },
                requireInfrastructureEncryption: true,
            },
            tags: { ...args.tags },
        },
        { parent, protect: true, dependsOn: [key.ready] },
    );
    const { resourceGroupName } = where;
    const service = new storage.FileServiceProperties(
        name,
        {
            resourceGroupName,
            accountName: account.name,
            fileServicesName: "default",
            shareDeleteRetentionPolicy: { enabled: true, days: 30 },
        },
        { parent },
    );
    const share = new storage.FileShare(
        name,
        {
            resourceGroupName,
            accountName: account.name,
            shareName: args.shareName,
            enabledProtocols: "NFS",
            rootSquash: "NoRootSquash", // Ansible makes directories for several users
            shareQuota: args.sizeGiB,
        },
        { parent, protect: true, dependsOn: [service] },
    );
    return { account, service, share };
}
