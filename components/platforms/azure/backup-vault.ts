import { BackupInstance, BackupPolicy, BackupVault } from "@pulumi/azure-native/dataprotection";
import type * as pulumi from "@pulumi/pulumi";
import type { Place } from "./place";
import { principalOf } from "./owner-tags";
import { grant } from "./role-assignment";

type Tags = Readonly<Record<string, string>>;

export interface VaultArgs {
    readonly place: Place;
    readonly resourceGroupName: pulumi.Input<string>;
    /** Whether the region has zones for the cluster. */
    readonly zonal: boolean;
    readonly tags: Tags;
}

/**
 * The vault of a cluster's copies. What it holds itself nobody deletes before its time, and what is deleted comes back
 * for two weeks. Of disks it holds the schedule alone: their copies are snapshots, which whoever may write in the group
 * of backups can delete, and which are then gone.
 *
 * @see https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept
 * @see https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about
 */
export function backupVault(
    name: string,
    { place, resourceGroupName, zonal, tags }: VaultArgs,
    parent: pulumi.Resource,
): BackupVault {
    return new BackupVault(
        `${name}-vault`,
        {
            resourceGroupName,
            location: place.location,
            vaultName: `${place.clusterName}-backups`,
            identity: { type: "SystemAssigned" },
            properties: {
                storageSettings: [
                    {
                        datastoreType: "VaultStore",
                        type: zonal ? "ZoneRedundant" : "LocallyRedundant",
                    },
                ],
                securitySettings: {
                    softDeleteSettings: { state: "On", retentionDurationInDays: 14 },
                    // Unlocked: who may change the vault may lift it; Locked nobody ever could.
                    immutabilitySettings: { state: "Unlocked" },
                },
                featureSettings: { crossSubscriptionRestoreSettings: { state: "Disabled" } },
                monitoringSettings: {
                    azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" },
                },
            },
            tags,
        },
        { parent, protect: true },
    );
}

/** An ISO 8601 repetition: every day at that hour. The first day is long past, so that the next run is today's. */
export const everyDay = (hourUtc: number): string =>
    `R/2026-01-01T${String(hourUtc).padStart(2, "0")}:00:00+00:00/P1D`;

export interface DiskPolicyArgs {
    readonly resourceGroupName: pulumi.Input<string>;
    readonly vault: BackupVault;
    /** In its name, such as the layer that it is of. */
    readonly noun: string;
    readonly hourUtc: number;
    readonly keepDays: number;
}

/** A daily copy of disks, kept in the operational store: as incremental snapshots beside them. */
export function diskPolicy(
    name: string,
    { resourceGroupName, vault, noun, hourUtc, keepDays }: DiskPolicyArgs,
    parent: pulumi.Resource,
): BackupPolicy {
    const store = { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" };
    return new BackupPolicy(
        `${name}-${noun}-policy`,
        {
            resourceGroupName,
            vaultName: vault.name,
            backupPolicyName: `disks-${noun}`,
            properties: {
                objectType: "BackupPolicy",
                datasourceTypes: ["Microsoft.Compute/disks"],
                policyRules: [
                    {
                        objectType: "AzureBackupRule",
                        name: "daily",
                        backupParameters: {
                            objectType: "AzureBackupParams",
                            backupType: "Incremental",
                        },
                        dataStore: store,
                        trigger: {
                            objectType: "ScheduleBasedTriggerContext",
                            schedule: {
                                repeatingTimeIntervals: [everyDay(hourUtc)],
                                timeZone: "UTC",
                            },
                            taggingCriteria: [
                                {
                                    isDefault: true,
                                    taggingPriority: 99,
                                    tagInfo: { tagName: "Default" },
                                },
                            ],
                        },
                    },
                    {
                        objectType: "AzureRetentionRule",
                        name: "Default",
                        isDefault: true,
                        lifecycles: [
                            {
                                sourceDataStore: store,
                                deleteAfter: {
                                    objectType: "AbsoluteDeleteOption",
                                    duration: `P${String(keepDays)}D`,
                                },
                            },
                        ],
                    },
                ],
            },
        },
        { parent },
    );
}

/** A disk encryption set: whoever copies or restores a disk that it seals has to be able to read it. */
export interface DiskSeal {
    /** In names. */
    readonly noun: string;
    readonly id: pulumi.Input<string>;
}

/** A disk that is to be copied. */
export interface DueDisk {
    /** In names: what it holds and for whom, such as `hub-database-prod`. */
    readonly noun: string;
    /** Whose days of keeping are taken. */
    readonly layer: "home-storage" | "hub-database" | "data-services";
    readonly id: pulumi.Input<string>;
    readonly name: pulumi.Input<string>;
    /** What seals it with a key of the cluster's; without one Azure's own key does. */
    readonly sealedBy?: DiskSeal;
}

export interface ProtectedDiskArgs {
    readonly place: Place;
    readonly resourceGroupName: pulumi.Input<string>;
    /** Where snapshots lie: the id of a resource group. */
    readonly snapshotsIn: pulumi.Input<string>;
    readonly vault: BackupVault;
    readonly policy: BackupPolicy;
    readonly disk: DueDisk;
    /** What must stand before: its rights to make snapshots and to read what seals disks, and time for them to be known. */
    readonly ready: readonly pulumi.Resource[];
    readonly tags: Tags;
}

/**
 * A disk under a policy. The vault reads that disk alone.
 *
 * @see https://learn.microsoft.com/azure/backup/backup-managed-disks
 */
export function protectedDisk(
    name: string,
    { place, resourceGroupName, snapshotsIn, vault, policy, disk, ready, tags }: ProtectedDiskArgs,
    parent: pulumi.Resource,
): BackupInstance {
    const reads = grant(
        `${name}-${disk.noun}-reads`,
        {
            subscriptionId: place.subscriptionId,
            role: "Disk Backup Reader",
            scope: disk.id,
            principalId: principalOf(vault.identity),
            principalType: "ServicePrincipal",
        },
        { parent },
    );
    const source = {
        resourceID: disk.id,
        resourceName: disk.name,
        resourceUri: disk.id,
        resourceLocation: place.location,
        resourceType: "Microsoft.Compute/disks",
        datasourceType: "Microsoft.Compute/disks",
    };
    return new BackupInstance(
        `${name}-${disk.noun}`,
        {
            resourceGroupName,
            vaultName: vault.name,
            backupInstanceName: disk.noun,
            properties: {
                objectType: "BackupInstance",
                friendlyName: disk.noun,
                dataSourceInfo: { objectType: "Datasource", ...source },
                policyInfo: {
                    policyId: policy.id,
                    policyParameters: {
                        dataStoreParametersList: [
                            {
                                objectType: "AzureOperationalStoreParameters",
                                dataStoreType: "OperationalStore",
                                resourceGroupId: snapshotsIn,
                            },
                        ],
                    },
                },
            },
            tags,
        },
        { parent, protect: true, dependsOn: [reads, ...ready] },
    );
}
