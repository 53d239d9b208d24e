import * as ssm from "@pulumi/aws/ssm";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { MachinesSpec } from "../../../model/spec/aws-machines";
import type { PatchTier } from "./patch-group";
import { patchGroup, patchTiers } from "./patch-group";

export interface PatchingArgs extends LayerArgs {
    readonly clusterName: string;
    readonly patching: MachinesSpec["patching"];
}

/**
 * What is installed by itself: of Ubuntu 22.04, what repairs something that matters. The Patch Manager knows no
 * delay for Ubuntu, so a patch is taken in the first window after it came out.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchRule.html
 */
const approvals = [
    { level: "CRITICAL", priorities: ["Required", "Important"] },
    { level: "MEDIUM", priorities: ["Standard", "Optional", "Extra"] },
] as const;

/** How much of a tier is patched at once: of databases one, so that the others go on answering. */
const pace: Readonly<
    Record<PatchTier, { readonly maxConcurrency: string; readonly hour: number }>
> = {
    data: { maxConcurrency: "1", hour: 0 },
    application: { maxConcurrency: "25%", hour: 1 },
};

/** Hours that a window is open; nothing begins in the last of them. */
const window = { duration: 3, cutoff: 1 } as const;

/**
 * The patches of the machines: which are taken, and when. Those that keep data go first, one by one; applications
 * follow an hour later, so that no machine restarts while what it depends on does.
 */
export class Patching extends Layer {
    readonly #name: string;
    readonly #args: PatchingArgs;

    constructor(name: string, args: PatchingArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:Patching", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { clusterName } = args;
        const baseline = new ssm.PatchBaseline(
            `${name}-ubuntu`,
            {
                name: `${clusterName}-ubuntu`,
                description: `Patches of ${clusterName}`,
                operatingSystem: "UBUNTU",
                approvalRules: approvals.map(({ level, priorities }) => ({
                    complianceLevel: level,
                    enableNonSecurity: false,
                    patchFilters: [
                        { key: "PRODUCT", values: ["Ubuntu22.04"] },
                        { key: "PRIORITY", values: [...priorities] },
                    ],
                })),
                tags: this.tags(),
            },
            { parent: this },
        );
        for (const tier of patchTiers) {
            const group = new ssm.PatchGroup(
                `${name}-${tier}`,
                { baselineId: baseline.id, patchGroup: patchGroup(clusterName, tier) },
                { parent: this },
            );
            this.#window(tier, group);
        }
        this.registerOutputs();
    }

    #window(tier: PatchTier, group: ssm.PatchGroup): void {
        const { clusterName, patching } = this.#args;
        const { maxConcurrency, hour } = pace[tier];
        const noun = `${this.#name}-${tier}`;
        const open = new ssm.MaintenanceWindow(
            noun,
            {
                name: `${clusterName}-${tier}`,
                description: `Patches machines of ${clusterName}: ${tier}`,
                schedule: `cron(0 ${String(patching.hourUtc + hour)} ? * ${patching.day} *)`,
                scheduleTimezone: "Etc/UTC",
                ...window,
                allowUnassociatedTargets: false,
                tags: this.tags(),
            },
            { parent: this },
        );
        const target = new ssm.MaintenanceWindowTarget(
            noun,
            {
                windowId: open.id,
                name: `${clusterName}-${tier}`,
                resourceType: "INSTANCE",
                targets: [{ key: "tag:PatchGroup", values: [patchGroup(clusterName, tier)] }],
                ownerInformation: this.owner.contact,
            },
            { parent: this },
        );
        new ssm.MaintenanceWindowTask(
            noun,
            {
                windowId: open.id,
                name: `${clusterName}-${tier}`,
                taskType: "RUN_COMMAND",
                taskArn: "AWS-RunPatchBaseline",
                priority: 1,
                maxConcurrency,
                maxErrors: "1", // what broke one database is not tried on the next
                cutoffBehavior: "CANCEL_TASK",
                targets: [{ key: "WindowTargetIds", values: [target.id] }],
                taskInvocationParameters: {
                    runCommandParameters: {
                        timeoutSeconds: 600,
                        parameters: [
                            { name: "Operation", values: ["Install"] },
                            {
                                name: "RebootOption",
                                values: [patching.restart ? "RebootIfNeeded" : "NoReboot"],
                            },
                        ],
                    },
                },
            },
            { parent: this, dependsOn: [group] },
        );
    }
}
