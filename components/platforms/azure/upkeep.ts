import type { ManagedCluster } from "@pulumi/azure-native/containerservice";
import { MaintenanceConfiguration } from "@pulumi/azure-native/containerservice";
import type * as pulumi from "@pulumi/pulumi";
import type { AzureSpec } from "../../model/spec/azure";

/** When patches of Kubernetes come, and new images of the machines: for four hours of one day of the week. */
export function upkeep(
    name: string,
    resourceGroupName: pulumi.Input<string>,
    cluster: ManagedCluster,
    { day, hourUtc }: AzureSpec["kubernetes"]["maintenance"],
    parent: pulumi.Resource,
): void {
    for (const [noun, configName] of [
        ["upgrades", "aksManagedAutoUpgradeSchedule"],
        ["images", "aksManagedNodeOSUpgradeSchedule"],
    ] as const) {
        new MaintenanceConfiguration(
            `${name}-${noun}`,
            {
                resourceGroupName,
                resourceName: cluster.name,
                configName,
                maintenanceWindow: {
                    durationHours: 4,
                    startDate: "2026-01-01",
                    startTime: `${String(hourUtc).padStart(2, "0")}:00`,
                    utcOffset: "+00:00",
                    schedule: { weekly: { dayOfWeek: day, intervalWeeks: 1 } },
                },
            },
            { parent },
        );
    }
}
