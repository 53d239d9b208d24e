import { now } from "../../provider/identifiers";
import { blocksAt, flagAt, isGiven, numberAt, textAt, textsAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import type { Admission, AzureType, Making, Problem } from "../azure-type";
import { refuse } from "../azure-type";
import { lowerName, onlyName, storageAccountName } from "../names";
import { findById } from "../references";
import { checkSealing, principalOf } from "../rights";
import { inGroup } from "./paths";

export const accountType = "azure-native:storage:StorageAccount";
export const shareType = "azure-native:storage:FileShare";
const account = "Microsoft.Storage/storageAccounts/{accountName}";

const isPremium = (sku: string): boolean => /^Premium/.test(sku);

/** @see https://learn.microsoft.com/azure/storage/common/storage-account-overview */
function* accountProblems(inputs: Props): Generator<Problem> {
    const [kind, sku] = [text(inputs, "kind") ?? "", textAt(inputs, "sku.name") ?? ""];
    if (kind === "FileStorage" && sku !== "" && !isPremium(sku) && !/V2/.test(sku))
        yield {
            property: "sku.name",
            reason: `${sku} is none of a FileStorage account; give a Premium one`,
        };
    if (kind === "StorageV2" && /^Premium_ZRS|^PremiumV2/.test(sku))
        yield { property: "sku.name", reason: `${sku} goes with FileStorage or BlockBlobStorage` };
    if (isGiven(inputs, "accessTier") && (kind === "FileStorage" || kind === "BlockBlobStorage"))
        yield {
            property: "accessTier",
            reason: `goes with StorageV2 and BlobStorage, not ${kind}`,
        };
    if (flagAt(inputs, "enableNfsV3") === true && flagAt(inputs, "isHnsEnabled") !== true)
        yield { property: "isHnsEnabled", reason: "must be true with enableNfsV3" };
    if (["TLS1_0", "TLS1_1"].includes(text(inputs, "minimumTlsVersion") ?? ""))
        yield {
            property: "minimumTlsVersion",
            reason: "was retired in February 2026; give TLS1_2",
        };
    for (const [at, range] of textsAt(inputs, "networkRuleSet.ipRules.iPAddressOrRange").entries())
        yield* addressProblems(`networkRuleSet.ipRules[${at}].iPAddressOrRange`, range);
}

const privateRange = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;

/** @see https://learn.microsoft.com/azure/storage/common/storage-network-security-limitations */
function* addressProblems(property: string, range: string): Generator<Problem> {
    if (privateRange.test(range))
        yield { property, reason: `${range} is private; rules are for addresses of the Internet` };
    if (/\/3[12]$/.test(range))
        yield { property, reason: `${range} is too small a range; give its addresses singly` };
}

function endpoints(name: string): Props {
    const kinds = ["blob", "dfs", "file", "queue", "table"];
    const each = kinds.map((kind) => [kind, `https://${name}.${kind}.core.windows.net/`]);
    return {
        ...Object.fromEntries(each),
        web: `https://${name}.z13.web.core.windows.net/`,
    } as Props;
}

function madeAccount({ inputs }: Making): Props {
    const [name, location] = [text(inputs, "accountName") ?? "", text(inputs, "location") ?? ""];
    const created = `${now().slice(0, 19)}.0000000Z`;
    return {
        accountMigrationInProgress: false,
        blobRestoreStatus: null,
        creationTime: created,
        customDomain: null,
        failoverInProgress: false,
        geoReplicationStats: null,
        isSkuConversionBlocked: false,
        keyCreationTime: { key1: created, key2: created },
        lastGeoFailoverTime: null,
        primaryEndpoints: endpoints(name),
        primaryLocation: location,
        privateEndpointConnections: [],
        secondaryEndpoints: null,
        secondaryLocation: null,
        statusOfPrimary: "available",
        statusOfSecondary: null,
        storageAccountSkuConversionStatus: null,
    };
}

/** The account that a share, a container or a setting lies in. */
function accountOf({ id, cloud }: Admission): Props {
    const owner = findById(cloud, id.replace(/(\/storageAccounts\/[^/]+)\/.*$/i, "$1"));
    return owner?.outputs ?? {};
}

/** @see https://learn.microsoft.com/azure/storage/files/files-nfs-protocol */
function admitShare(admission: Admission): void {
    const { inputs } = admission;
    const owner = accountOf(admission);
    const [kind, sku] = [text(owner, "kind") ?? "", textAt(owner, "sku.name") ?? ""];
    const premium = kind === "FileStorage";
    const size = numberAt(inputs, "shareQuota");
    if (text(inputs, "enabledProtocols") === "NFS") {
        if (!premium || !isPremium(sku))
            refuse(
                "UnsupportedHttpVerb",
                `enabledProtocols: NFS needs a FileStorage account of a Premium sku, not ${sku}`,
            );
        if (owner["enableHttpsTrafficOnly"] !== false)
            refuse(
                "InvalidRequest",
                "enabledProtocols: NFS does not speak HTTPS; the account needs enableHttpsTrafficOnly false, and is then shut by its network rules",
            );
    }
    if (premium && sku !== "PremiumV2_LRS" && size !== undefined && (size < 100 || size > 102_400))
        refuse(
            "InvalidHeaderValue",
            `shareQuota: ${size} GiB is not 100 to 102400, as a premium share takes it`,
        );
    if (premium && isGiven(inputs, "accessTier") && text(inputs, "accessTier") !== "Premium")
        refuse("InvalidAccessTier", "accessTier: a FileStorage account has Premium only");
}

/** @see https://learn.microsoft.com/azure/storage/blobs/anonymous-read-access-prevent */
function admitContainer(admission: Admission): void {
    const access = text(admission.inputs, "publicAccess") ?? "None";
    if (access === "None" || accountOf(admission)["allowBlobPublicAccess"] === true) return;
    refuse(
        "PublicAccessNotPermitted",
        `publicAccess: ${access} is not permitted on this storage account`,
    );
}

function admitAccount({ inputs, cloud, old }: Admission): void {
    const path = "encryption.keyVaultProperties";
    const identity = textAt(inputs, "encryption.encryptionIdentity.encryptionUserAssignedIdentity");
    const vault = textAt(inputs, `${path}.keyVaultUri`)?.replace(/\/?$/, "/");
    const key = vault && `${vault}keys/${textAt(inputs, `${path}.keyName`) ?? ""}`;
    if (identity !== undefined) checkSealing(cloud, path, key, principalOf(cloud, identity));
    const [was, is] = [old?.outputs["kind"], inputs["kind"]];
    if (typeof was === "string" && was !== is && !(was === "Storage" && is === "StorageV2"))
        refuse("AccountPropertyCannotBeUpdated", "kind: cannot be changed");
}

/** Accounts, containers and shares. @see https://learn.microsoft.com/rest/api/storagerp */
export const storageTypes: Readonly<Record<string, AzureType>> = {
    [accountType]: {
        path: inGroup(account),
        name: storageAccountName,
        unique: "global",
        immutable: ["isHnsEnabled"],
        fixed: ["enableNfsV3", "encryption.requireInfrastructureEncryption"],
        tagLimits: { count: 50, key: 128, value: 256 },
        defaults: {
            accessTier: "Hot",
            allowCrossTenantReplication: false,
            enableHttpsTrafficOnly: true,
            encryption: { keySource: "Microsoft.Storage" },
            keyPolicy: null,
            minimumTlsVersion: "TLS1_0",
            networkRuleSet: { bypass: "AzureServices", defaultAction: "Allow" },
            sasPolicy: null,
        },
        inputProblems: accountProblems,
        admit: admitAccount,
        made: madeAccount,
    },
    "azure-native:storage:BlobContainer": {
        path: inGroup(`${account}/blobServices/default/containers/{containerName}`),
        name: lowerName(3, 63),
        defaults: { metadata: null },
        admit: admitContainer,
        made: () => ({
            deleted: false,
            deletedTime: null,
            hasImmutabilityPolicy: false,
            hasLegalHold: false,
            immutabilityPolicy: null,
            lastModifiedTime: now(),
            leaseDuration: null,
            leaseState: "Available",
            leaseStatus: "Unlocked",
            legalHold: { hasLegalHold: false, tags: [] },
            remainingRetentionDays: 0,
            version: null,
        }),
    },
    [shareType]: {
        path: inGroup(`${account}/fileServices/default/shares/{shareName}`),
        name: lowerName(3, 63),
        fixed: ["enabledProtocols"],
        defaults: { metadata: null, enabledProtocols: "SMB" },
        admit: admitShare,
        made: () => ({
            accessTierChangeTime: null,
            accessTierStatus: null,
            deleted: false,
            deletedTime: null,
            includedBurstIops: 0,
            lastModifiedTime: now(),
            leaseDuration: null,
            leaseState: "available",
            leaseStatus: "unlocked",
            maxBurstCreditsForIops: 0,
            nextAllowedProvisionedBandwidthDowngradeTime: null,
            nextAllowedProvisionedIopsDowngradeTime: null,
            nextAllowedQuotaDowngradeTime: null,
            remainingRetentionDays: 0,
            shareUsageBytes: 0,
            snapshotTime: null,
            version: null,
        }),
    },
    "azure-native:storage:BlobServiceProperties": {
        path: inGroup(`${account}/blobServices/{blobServicesName}`),
        name: onlyName("default"),
        setting: true,
        *inputProblems(inputs) {
            for (const key of ["deleteRetentionPolicy", "containerDeleteRetentionPolicy"])
                yield* retentionProblems(inputs, key);
        },
        made: () => ({ sku: { name: "Standard_LRS", tier: "Standard" } }),
    },
    "azure-native:storage:FileServiceProperties": {
        path: inGroup(`${account}/fileServices/{fileServicesName}`),
        name: onlyName("default"),
        setting: true,
        inputProblems: (inputs) => retentionProblems(inputs, "shareDeleteRetentionPolicy"),
        made: () => ({ sku: { name: "Premium_LRS", tier: "Premium" } }),
    },
    "azure-native:storage:ManagementPolicy": {
        path: inGroup(`${account}/managementPolicies/{managementPolicyName}`),
        name: onlyName("default"),
        *inputProblems(inputs) {
            const names = blocksAt(inputs, "policy.rules").map((rule) => text(rule, "name"));
            const twice = names.find((name, at) => names.indexOf(name) !== at);
            if (twice !== undefined)
                yield { property: "policy.rules", reason: `${twice} is there twice` };
        },
        made: () => ({ lastModifiedTime: now() }),
    },
};

function* retentionProblems(inputs: Props, key: string): Generator<Problem> {
    const days = numberAt(inputs, `${key}.days`);
    if (flagAt(inputs, `${key}.enabled`) !== true) return;
    if (days === undefined || days < 1 || days > 365)
        yield { property: `${key}.days`, reason: "is not 1 to 365" };
}
