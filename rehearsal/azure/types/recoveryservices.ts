import { isGiven, numberAt, textAt, textsAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import { isProps } from "../../provider/values";
import { lastOf, normal } from "../arm-id";
import type { Admission, AzureType, Making } from "../azure-type";
import { refuse } from "../azure-type";
import type { NameRule } from "../names";
import { letteredName } from "../names";
import { findById } from "../references";
import { inGroup } from "./paths";
import { shareType } from "./storage";

const vault = "Microsoft.RecoveryServices/vaults/{vaultName}";
const container = `${vault}/backupFabrics/{fabricName}/protectionContainers/{containerName}`;
const itemType = "azure-native:recoveryservices:ProtectedItem";

/** What a container or an item is called: kind;more;group;name. */
const partedName: NameRule = {
    length: [3, 400],
    pattern: /^[^<>*%&?/\\]+$/,
    words: "parts with semicolons between",
};

/** Outputs as the inputs, for the service says `properties` again and adds little. */
const told = ({ inputs }: Making) => ({
    properties: isProps(inputs["properties"]) ? inputs["properties"] : {},
});

/** @see https://learn.microsoft.com/azure/backup/azure-file-share-support-matrix */
function admitItem({ inputs, cloud }: Admission): void {
    if (textAt(inputs, "properties.protectedItemType") !== "AzureFileShareProtectedItem") return;
    const account = normal(textAt(inputs, "properties.sourceResourceId") ?? "");
    const name = lastOf(
        normal(text(inputs, "protectedItemName") ?? "").replace(/^azurefileshare;/, ""),
    );
    for (const share of cloud.all(shareType)) {
        if (!normal(share.id).startsWith(`${account}/`) || lastOf(normal(share.id)) !== name)
            continue;
        if (share.outputs["enabledProtocols"] !== "NFS") continue;
        refuse(
            "FileShareNotSupported",
            `protectedItemName: ${share.id} speaks NFS, which Azure Backup does not cover; take snapshots of the share`,
        );
    }
}

function admitOfVault({ inputs, cloud }: Admission): void {
    for (const id of textsAt(inputs, "properties.policyId"))
        if (findById(cloud, id) === undefined)
            refuse("BMSUserErrorPolicyNotFound", `properties.policyId: there is no ${id}`);
}

/** Copies of machines and SMB shares. @see https://learn.microsoft.com/azure/backup/backup-azure-recovery-services-vault-overview */
export const recoveryservicesTypes: Readonly<Record<string, AzureType>> = {
    "azure-native:recoveryservices:Vault": {
        path: inGroup(vault),
        name: letteredName(2, 50),
        required: ["sku.name"],
        heldBy: [itemType],
        inUse: "ServiceResourceNotEmptyWithBackendMessage",
        computed: ({ inputs }) => ({
            properties: {
                publicNetworkAccess: "Enabled",
                ...(isProps(inputs["properties"]) ? inputs["properties"] : {}),
                backupStorageVersion: "V2",
                privateEndpointConnections: [],
                provisioningState: "Succeeded",
            },
        }),
    },
    "azure-native:recoveryservices:ProtectionPolicy": {
        path: inGroup(`${vault}/backupPolicies/{policyName}`),
        name: letteredName(3, 150),
        required: ["properties"],
        heldBy: [itemType],
        inUse: "BMSUserErrorPolicyInUse",
        *inputProblems(inputs) {
            const days = numberAt(
                inputs,
                "properties.retentionPolicy.dailySchedule.retentionDuration.count",
            );
            if (days !== undefined && (days < 7 || days > 9999))
                yield {
                    property: "properties.retentionPolicy.dailySchedule",
                    reason: `${days} days are not 7 to 9999`,
                };
            const snapshots = numberAt(inputs, "properties.instantRpRetentionRangeInDays");
            const enhanced = textAt(inputs, "properties.policyType") === "V2";
            const most = enhanced ? 30 : 5;
            if (snapshots !== undefined && (snapshots < 1 || snapshots > most))
                yield {
                    property: "properties.instantRpRetentionRangeInDays",
                    reason: `${snapshots} is not 1 to ${most}`,
                };
        },
        computed: told,
    },
    "azure-native:recoveryservices:ProtectionContainer": {
        path: inGroup(container),
        name: partedName,
        required: ["properties"],
        heldBy: [itemType],
        inUse: "BMSUserErrorContainerHasItems",
        // The vault finds machines by itself; storage accounts are registered.
        implicit: (id) => /^iaasvmcontainer/i.test(lastOf(id)),
        computed: told,
    },
    [itemType]: {
        path: inGroup(`${container}/protectedItems/{protectedItemName}`),
        name: partedName,
        required: ["properties"],
        *inputProblems(inputs) {
            if (isGiven(inputs, "properties") && !isGiven(inputs, "properties.policyId"))
                yield { property: "properties.policyId", reason: "is required and not given" };
        },
        admit(admission) {
            admitOfVault(admission);
            admitItem(admission);
        },
        computed: told,
    },
};
