import * as recoveryservices from "@pulumi/azure-native/recoveryservices";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { DueRoute } from "../alerts";
import type { Where } from "./where";

export interface MachineBackupsArgs extends LayerArgs {
    readonly clusterName: string;
    readonly where: Where;
    /** Where machines lie, which their names in the vault hold. */
    readonly machines: Readonly<
        Record<
            string,
            {
                readonly id: pulumi.Input<string>;
                readonly name: pulumi.Input<string>;
                readonly resourceGroupName: pulumi.Input<string>;
            }
        >
    >;
    readonly zones: number;
    /** Days that a copy is kept, 7 to 9999. */
    readonly keepDays: number;
    /** Hour of the day in which copies begin. */
    readonly hourUtc: number;
}

/**
 * Copies of the machines that keep data, disks and all, once a day, in a vault that keeps what is deleted. A policy of
 * the second kind: the first does not know Trusted Launch.
 *
 * @see https://learn.microsoft.com/azure/backup/backup-azure-vms-enhanced-policy
 */
export class MachineBackups extends Layer {
    /** The vault's own alerts of jobs that failed. */
    readonly route: DueRoute;

    constructor(name: string, args: MachineBackupsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:MachineBackups", name, args, opts);
        const { clusterName, where, keepDays, hourUtc } = args;
        const { resourceGroupName } = where;
        const vault = new recoveryservices.Vault(
            `${name}-machines`,
            {
                ...where,
                vaultName: `${clusterName}-machines`,
                sku: { name: "RS0", tier: "Standard" },
                properties: {
                    publicNetworkAccess: "Disabled",
                    redundancySettings: {
                        standardTierStorageRedundancy:
                            args.zones > 1 ? "ZoneRedundant" : "LocallyRedundant",
                        crossRegionRestore: "Disabled",
                    },
                    securitySettings: {
                        softDeleteSettings: {
                            softDeleteState: "Enabled",
                            softDeleteRetentionPeriodInDays: 30,
                        },
                        immutabilitySettings: { state: "Unlocked" },
                    },
                    monitoringSettings: {
                        azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" },
                        classicAlertSettings: { alertsForCriticalOperations: "Disabled" },
                    },
                },
                tags: this.tags(),
            },
            { parent: this, protect: true },
        );
        this.route = {
            noun: "failed-machine-backups",
            layer: "backups",
            description: `Copies of machines of ${clusterName} that failed`,
            scope: vault.id,
        };
        const at = `2026-01-01T${String(hourUtc).padStart(2, "0")}:00:00Z`;
        const policy = new recoveryservices.ProtectionPolicy(
            `${name}-machines`,
            {
                resourceGroupName,
                vaultName: vault.name,
                policyName: "daily",
                properties: {
                    backupManagementType: "AzureIaasVM",
                    policyType: "V2",
                    timeZone: "UTC",
                    instantRpRetentionRangeInDays: 7,
                    schedulePolicy: {
                        schedulePolicyType: "SimpleSchedulePolicyV2",
                        scheduleRunFrequency: "Daily",
                        dailySchedule: { scheduleRunTimes: [at] },
                    },
                    retentionPolicy: {
                        retentionPolicyType: "LongTermRetentionPolicy",
                        dailySchedule: {
                            retentionTimes: [at],
                            retentionDuration: { count: keepDays, durationType: "Days" },
                        },
                    },
                },
            },
            { parent: this },
        );
        for (const [host, machine] of Object.entries(args.machines)) {
            const words = pulumi.interpolate`iaasvmcontainerv2;${machine.resourceGroupName};${machine.name}`;
            new recoveryservices.ProtectedItem(
                `${name}-${host}`,
                {
                    resourceGroupName,
                    vaultName: vault.name,
                    fabricName: "Azure",
                    containerName: pulumi.interpolate`iaasvmcontainer;${words}`,
                    protectedItemName: pulumi.interpolate`vm;${words}`,
                    properties: {
                        protectedItemType: "Microsoft.Compute/virtualMachines",
                        policyId: policy.id,
                        sourceResourceId: machine.id,
                    },
                },
                { parent: this, protect: true },
            );
        }
        this.registerOutputs();
    }
}
