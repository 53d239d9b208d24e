import type { StorageAccountArgs } from "@pulumi/azure-native/storage";
import { StorageAccount } from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";
import { formatCidr, parseCidr, rangeAt, sizeOf } from "../../model/cidr";
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
    /** Set where services of Azure write to it by themselves: networks outside that it is read from besides. */
    readonly besideServices?: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * A storage account that nobody reaches without an identity, and but for `fromOutside` nobody from outside: services
 * have endpoints in the network. NFS knows neither TLS nor identities, so shares live by the network alone. Where public
 * access is disabled, the exception for Azure's services is too: an account that they write to denies instead.
 *
 * @see https://learn.microsoft.com/azure/storage/common/storage-network-security-trusted-azure-services
 * @see https://learn.microsoft.com/azure/storage/files/files-nfs-protocol#security-and-networking
 */
export function closedAccount(
    name: string,
    args: ClosedAccountArgs,
    parent: pulumi.Resource,
): StorageAccount {
    const { place, resourceGroupName, what, keeps, zonal, fromOutside = false, tags } = args;
    const { besideServices: ranges } = args;
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
            publicNetworkAccess: fromOutside || ranges !== undefined ? "Enabled" : "Disabled",
            networkRuleSet: {
                bypass: "AzureServices",
                defaultAction: fromOutside ? "Allow" : "Deny",
                ...(ranges === undefined
                    ? {}
                    : { ipRules: ranges.flatMap(addressesOf).map(admitted) }),
            },
            tags,
        },
        { parent, protect: true },
    );
}

/**
 * A range as the rules of an account take it: of /31 and /32 they want single addresses.
 *
 * @see https://learn.microsoft.com/azure/storage/common/storage-network-security-limitations
 */
function addressesOf(range: string): string[] {
    const whole = parseCidr(range);
    if (whole === undefined || whole.prefix < 31) return [range];
    return Array.from({ length: sizeOf(whole.prefix) }, (_, at) =>
        formatCidr(rangeAt(whole, at, 32)).replace("/32", ""),
    );
}

const admitted = (iPAddressOrRange: string) => ({ iPAddressOrRange, action: "Allow" as const });
