import { isGiven, textAt, textsAt } from "../../provider/look";
import type { Cloud } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import { isProps } from "../../provider/values";
import { groupOf } from "../arm-id";
import type { Admission, AzureType, Making } from "../azure-type";
import { refuse } from "../azure-type";
import { letteredName } from "../names";
import { findById } from "../references";
import { mayDo } from "../rights";
import { inGroup } from "./paths";

const vault = "Microsoft.DataProtection/backupVaults/{vaultName}";
const instanceType = "azure-native:dataprotection:BackupInstance";

const disks = "microsoft.compute/disks";

/** What the vault's identity must be allowed, by what is copied, and where: on it, or on where snapshots go. */
const needed: Readonly<
    Record<string, readonly (readonly ["source" | "snapshots" | "group", string])[]>
> = {
    [disks]: [
        ["source", "Disk Backup Reader"],
        ["snapshots", "Disk Snapshot Contributor"],
    ],
    "microsoft.dbforpostgresql/flexibleservers": [
        ["source", "PostgreSQL Flexible Server Long Term Retention Backup Role"],
        ["group", "Reader"],
    ],
    "microsoft.storage/storageaccounts/blobservices": [
        ["source", "Storage Account Backup Contributor"],
    ],
};

/** @see https://learn.microsoft.com/azure/backup/backup-managed-disks#configure-backup */
function admitInstance({ id, inputs, cloud }: Admission): void {
    const owner = findById(cloud, id.replace(/\/[^/]+\/[^/]+$/, ""));
    const principalId = textAt(owner?.outputs ?? {}, "identity.principalId");
    if (owner !== undefined && principalId === undefined)
        refuse(
            "UserErrorMissingIdentity",
            `${owner.id} has no identity, with which it would read what it copies`,
        );
    const source = textAt(inputs, "properties.dataSourceInfo.resourceID") ?? "";
    const snapshots = textAt(
        inputs,
        "properties.policyInfo.policyParameters.dataStoreParametersList.resourceGroupId",
    );
    const places = {
        source,
        group: groupOf(source) ?? "",
        snapshots: snapshots ?? groupOf(source) ?? "",
    };
    const kind = (textAt(inputs, "properties.dataSourceInfo.datasourceType") ?? "").toLowerCase();
    for (const [where, role] of needed[kind] ?? [])
        if (!mayDo(cloud, principalId, [role], places[where]))
            refuse(
                "UserErrorMissingPermissions",
                `the identity of ${owner?.id ?? "the vault"} needs the role ${role} on ${places[where]}; assign it and let this depend on it`,
            );
    if (kind === disks) checkSeal(cloud, source, principalId);
}

/** @see https://learn.microsoft.com/azure/backup/disk-backup-troubleshoot */
function checkSeal(cloud: Cloud, source: string, principalId: string | undefined): void {
    const disk = findById(cloud, source)?.inputs ?? {};
    const set = textAt(disk, "encryption.diskEncryptionSetId");
    if (set !== undefined && !mayDo(cloud, principalId, ["Reader"], set))
        refuse(
            "UserErrorMSIPermissionsNotPresentOnDES",
            `the vault's identity may not read ${set}, which seals ${source}; give it the role Reader there and let this depend on it`,
        );
}

const told = ({ inputs }: Making): Props => ({
    properties: {
        ...(isProps(inputs["properties"]) ? inputs["properties"] : {}),
        provisioningState: "Succeeded",
    },
});

/** Copies of disks, databases and containers. @see https://learn.microsoft.com/azure/backup/backup-vault-overview */
export const dataprotectionTypes: Readonly<Record<string, AzureType>> = {
    "azure-native:dataprotection:BackupVault": {
        path: inGroup(vault),
        name: letteredName(2, 50),
        fixed: ["properties.storageSettings"],
        heldBy: [instanceType],
        inUse: "ResourceDeletionFailed",
        admit({ inputs, old }) {
            const state = (props: Props) =>
                textAt(props, "properties.securitySettings.immutabilitySettings.state");
            if (state(old?.outputs ?? {}) === "Locked" && state(inputs) !== "Locked")
                refuse(
                    "UserErrorImmutabilityLocked",
                    "properties.securitySettings: is locked for good",
                );
        },
        computed: told,
    },
    "azure-native:dataprotection:BackupPolicy": {
        path: inGroup(`${vault}/backupPolicies/{backupPolicyName}`),
        name: letteredName(3, 150),
        required: ["properties"],
        heldBy: [instanceType],
        inUse: "BMSUserErrorPolicyInUse",
        *inputProblems(inputs) {
            const rules = textsAt(inputs, "properties.policyRules.objectType");
            if (isGiven(inputs, "properties") && !rules.includes("AzureRetentionRule"))
                yield { property: "properties.policyRules", reason: "has no AzureRetentionRule" };
        },
        made: ({ inputs }) => ({
            properties: isProps(inputs["properties"]) ? inputs["properties"] : {},
        }),
    },
    [instanceType]: {
        path: inGroup(`${vault}/backupInstances/{backupInstanceName}`),
        name: {
            length: [1, 260],
            pattern: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
            words: "letters, digits, underscores and hyphens",
        },
        required: ["properties"],
        admit: admitInstance,
        computed: told,
    },
};
