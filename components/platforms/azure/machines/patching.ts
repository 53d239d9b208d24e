import * as maintenance from "@pulumi/azure-native/maintenance";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { PatchingSpec } from "../../../model/spec/azure-machines";
import type { PatchTier } from "./patch-group";
import { patchGroup } from "./patch-group";
import type { Where } from "./where";

export interface PatchingArgs extends LayerArgs {
    readonly clusterName: string;
    readonly where: Where;
    readonly patching: PatchingSpec;
    /** Those that have machines, in the order in which they are patched. */
    readonly tiers: readonly PatchTier[];
}

/** Hours that a window is open; the next one opens when it has closed. */
const windowHours = 2;

/** The Sunday that weeks are counted from, long past. */
const epoch = Date.UTC(2026, 0, 4);
const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const [hour, day] = [3_600_000, 86_400_000];

/**
 * When the window of a tier opens, weekly.
 *
 * @param nth Its place in the order of the tiers, from 0.
 * @returns the first time as Update Manager takes it, and the day of the week, which may be the one after.
 */
export function windowOf({ day: on, hourUtc }: PatchingSpec, nth: number) {
    const start = new Date(epoch + days.indexOf(on) * day + (hourUtc + nth * windowHours) * hour);
    const startDateTime = start.toISOString().slice(0, 16).replace("T", " ");
    return { startDateTime, recurEvery: `1Week ${days[start.getUTCDay()] ?? on}` };
}

/**
 * The patches of the machines: which are taken, and when. Those that keep data go first, one zone after the other;
 * applications follow, so that no machine restarts while what it depends on does.
 *
 * @see https://learn.microsoft.com/azure/update-manager/scheduled-patching
 */
export class Patching extends Layer {
    constructor(name: string, args: PatchingArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:Patching", name, args, opts);
        const { clusterName, where, patching, tiers } = args;
        tiers.forEach((tier, nth) => {
            const window = new maintenance.MaintenanceConfiguration(
                `${name}-${tier}`,
                {
                    ...where,
                    resourceName: patchGroup(clusterName, tier),
                    maintenanceScope: "InGuestPatch",
                    extensionProperties: { InGuestPatchMode: "User" },
                    ...windowOf(patching, nth),
                    duration: `0${String(windowHours)}:00`,
                    timeZone: "UTC",
                    visibility: "Custom",
                    installPatches: {
                        rebootSetting: patching.restart ? "IfRequired" : "Never",
                        // What repairs something that matters, and nothing else.
                        linuxParameters: { classificationsToInclude: ["Critical", "Security"] },
                    },
                    tags: this.tags(),
                },
                { parent: this },
            );
            // By tag: a machine that is added later is in the window of its tier from its first day.
            new maintenance.ConfigurationAssignmentsForSubscription(
                `${name}-${tier}`,
                {
                    configurationAssignmentName: patchGroup(clusterName, tier),
                    maintenanceConfigurationId: window.id,
                    filter: {
                        resourceTypes: ["Microsoft.Compute/virtualMachines"],
                        locations: [where.location],
                        osTypes: ["Linux"],
                        tagSettings: {
                            filterOperator: "All",
                            tags: { PatchGroup: [patchGroup(clusterName, tier)] },
                        },
                    },
                },
                { parent: this },
            );
        });
        this.registerOutputs();
    }
}
