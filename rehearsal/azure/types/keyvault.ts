import { hex } from "../../provider/identifiers";
import { flagAt, isGiven, numberAt, textAt } from "../../provider/look";
import type { Cloud, CloudObject } from "../../provider/stand-in";
import { text } from "../../provider/stand-in";
import type { Props, Value } from "../../provider/values";
import { isProps } from "../../provider/values";
import { lastOf, normal } from "../arm-id";
import type { Admission, AzureType, Making } from "../azure-type";
import { refuse } from "../azure-type";
import { letteredName, vaultName } from "../names";
import { inGroup } from "./paths";

export const vaultType = "azure-native:keyvault:Vault";
/** A vault that was deleted keeps its name, and what is in it, until it is purged. */
export const deletedVaultType = "azure-native:keyvault:VaultDeleted";

/** So does a key or a secret, in its vault. */
export const deletedItemType = "azure-native:keyvault:ItemDeleted";

/** Outside of any group: it holds back no group, and goes with its vault alone. */
function deletedItemId(id: string): string {
    const [, subscription = "", item = ""] =
        /^(\/subscriptions\/[^/]+)\/.*\/vaults\/(.+)$/.exec(normal(id)) ?? [];
    return `${subscription}/providers/Microsoft.KeyVault/deletedItems/${item}`;
}

/**
 * Later releases of the provider recover it by themselves; this one's does not.
 *
 * @see https://learn.microsoft.com/azure/key-vault/general/key-vault-recovery
 */
function refuseDeletedItem({ id, cloud, old }: Admission): void {
    if (old !== undefined) return;
    const gone = normal(deletedItemId(id));
    if (cloud.all(deletedItemType).every((each) => normal(each.id) !== gone)) return;
    refuse(
        "ObjectIsDeletedButRecoverable",
        `${lastOf(id)} was deleted and its vault keeps it and its name; recover it with \`az keyvault\` and import it, or choose another name`,
    );
}

const deletedItem = ({ id }: CloudObject): readonly CloudObject[] => {
    const deletedId = deletedItemId(id);
    return [{ type: deletedItemType, id: deletedId, urn: deletedId, inputs: {}, outputs: {} }];
};

function refuseDeletedName(id: string, cloud: Cloud): void {
    const name = lastOf(normal(id));
    const gone = cloud.all(deletedVaultType).find((each) => lastOf(normal(each.id)) === name);
    if (gone === undefined) return;
    const wait = text(gone.outputs, "scheduledPurgeDate") ?? "";
    refuse(
        "ConflictError",
        `a vault of the name ${name} was deleted and is kept until ${wait}; recover it with createMode recover, ` +
            "purge it where that is allowed, or choose another name",
    );
}

function purgeDate(days: number): string {
    return new Date(Date.now() + days * 24 * 3600 * 1000).toISOString().slice(0, 10);
}

const propertiesOf = (props: Props): Props => {
    const { properties } = props;
    return isProps(properties) ? properties : {};
};

/** @see https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview */
function admitVault({ id, inputs, cloud, old }: Admission): void {
    if (old === undefined) {
        if (textAt(inputs, "properties.createMode") !== "recover") refuseDeletedName(id, cloud);
        return;
    }
    const before = propertiesOf(old.outputs);
    if (
        before["enablePurgeProtection"] === true &&
        flagAt(inputs, "properties.enablePurgeProtection") !== true
    )
        refuse(
            "BadRequest",
            "properties.enablePurgeProtection: once true, it cannot be taken back",
        );
    const [was, is] = [
        before["softDeleteRetentionInDays"],
        numberAt(inputs, "properties.softDeleteRetentionInDays"),
    ];
    if (typeof was === "number" && is !== undefined && was !== is)
        refuse(
            "BadRequest",
            "properties.softDeleteRetentionInDays: is set once and cannot be changed",
        );
}

function secretUris({ inputs }: Making, kind: "keys" | "secrets", name: string): Props {
    const vault = text(inputs, "vaultName") ?? "";
    const uri = `https://${vault}.vault.azure.net/${kind}/${name}`;
    return { uri, versioned: `${uri}/${hex(32)}` };
}

/** Vaults, keys and secrets. @see https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates */
export const keyvaultTypes: Readonly<Record<string, AzureType>> = {
    [vaultType]: {
        path: inGroup("Microsoft.KeyVault/vaults/{vaultName}"),
        name: vaultName,
        unique: "global",
        immutable: ["properties.tenantId"],
        *inputProblems(inputs) {
            const days = numberAt(inputs, "properties.softDeleteRetentionInDays");
            if (days !== undefined && (days < 7 || days > 90))
                yield {
                    property: "properties.softDeleteRetentionInDays",
                    reason: `${days} is not 7 to 90`,
                };
            if (flagAt(inputs, "properties.enableSoftDelete") === false)
                yield {
                    property: "properties.enableSoftDelete",
                    reason: "can no longer be turned off",
                };
            if (flagAt(inputs, "properties.enablePurgeProtection") === false)
                yield {
                    property: "properties.enablePurgeProtection",
                    reason: "takes true, or is left out",
                };
            const roles = flagAt(inputs, "properties.enableRbacAuthorization");
            if (roles !== true && !isGiven(inputs, "properties.accessPolicies"))
                yield {
                    property: "properties.accessPolicies",
                    reason: "is required unless enableRbacAuthorization is true",
                };
        },
        admit: admitVault,
        computed({ inputs }) {
            const name = text(inputs, "vaultName") ?? "";
            const properties: Record<string, Value> = {
                enableSoftDelete: true,
                softDeleteRetentionInDays: 90,
                publicNetworkAccess: "Enabled",
                ...propertiesOf(inputs),
                privateEndpointConnections: [],
                provisioningState: "Succeeded",
                vaultUri: `https://${name}.vault.azure.net/`,
            };
            return { properties };
        },
        leaves({ id, outputs }) {
            const days = numberAt(outputs, "properties.softDeleteRetentionInDays") ?? 90;
            const [, subscription = ""] = /^(\/subscriptions\/[^/]+)/.exec(id) ?? [];
            const place = `locations/${text(outputs, "location") ?? ""}/deletedVaults/${lastOf(id)}`;
            const deletedId = `${subscription}/providers/Microsoft.KeyVault/${place}`;
            const kept: CloudObject = {
                type: deletedVaultType,
                id: deletedId,
                urn: deletedId,
                inputs: {},
                outputs: { scheduledPurgeDate: purgeDate(days) },
            };
            return [kept];
        },
    },
    "azure-native:keyvault:Key": {
        path: inGroup("Microsoft.KeyVault/vaults/{vaultName}/keys/{keyName}"),
        name: letteredName(1, 127),
        immutable: ["properties.kty", "properties.keySize", "properties.curveName"],
        // Azure takes such a request and changes nothing, which nobody notices: here it is refused.
        fixed: ["tags", "properties.attributes", "properties.keyOps", "properties.rotationPolicy"],
        admit: refuseDeletedItem,
        leaves: deletedItem,
        computed(making) {
            const made = secretUris(making, "keys", text(making.inputs, "keyName") ?? "");
            const before = making.old?.outputs["keyUriWithVersion"];
            return {
                keyUri: made["uri"] ?? "",
                keyUriWithVersion: before ?? made["versioned"] ?? "",
            };
        },
        defaults: { tags: {} },
        made: () => ({ location: "" }),
    },
    "azure-native:keyvault:Secret": {
        path: inGroup("Microsoft.KeyVault/vaults/{vaultName}/secrets/{secretName}"),
        name: letteredName(1, 127),
        writeOnly: ["properties.value"],
        admit: refuseDeletedItem,
        leaves: deletedItem,
        *inputProblems(inputs) {
            if ((textAt(inputs, "properties.value") ?? "").length > 25_600)
                yield { property: "properties.value", reason: "is larger than 25 kB" };
        },
        computed(making) {
            const made = secretUris(making, "secrets", text(making.inputs, "secretName") ?? "");
            const { value: _, ...told } = propertiesOf(making.inputs);
            const before = propertiesOf(making.old?.outputs ?? {})["secretUriWithVersion"];
            const same =
                textAt(making.old?.inputs ?? {}, "properties.value") ===
                textAt(making.inputs, "properties.value");
            return {
                properties: {
                    ...told,
                    secretUri: made["uri"] ?? "",
                    secretUriWithVersion: (same ? before : undefined) ?? made["versioned"] ?? "",
                },
            };
        },
        defaults: { tags: {} },
        made: () => ({ location: "" }),
    },
};
