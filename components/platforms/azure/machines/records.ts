import * as monitor from "@pulumi/azure-native/monitor";
import { Workspace } from "@pulumi/azure-native/operationalinsights";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { Place } from "../place";
import type { Where } from "./where";

export interface RecordsArgs extends LayerArgs {
    readonly place: Place;
    readonly where: Where;
    readonly keepDays: number;
    /** Whose every use is taken down. */
    readonly vaultId: pulumi.Input<string>;
}

/**
 * Where the cluster's services, machines and the subscription write down who did what: one workspace of Log Analytics.
 * It cannot be read by a key, only by who has a role.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/essentials/activity-log
 */
export class Records extends Layer {
    readonly workspaceId: pulumi.Output<string>;

    constructor(name: string, args: RecordsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:Records", name, args, opts);
        const { place, where, keepDays } = args;
        const workspace = new Workspace(
            `${name}-records`,
            {
                ...where,
                workspaceName: `${place.clusterName}-records`,
                sku: { name: "PerGB2018" },
                retentionInDays: keepDays,
                features: { disableLocalAuth: true },
                tags: this.tags(),
            },
            { parent: this },
        );
        this.workspaceId = workspace.id;
        const taken = (noun: string, resourceUri: pulumi.Input<string>, categories: string[]) =>
            new monitor.DiagnosticSetting(
                `${name}-${noun}`,
                {
                    name: `steward-${place.clusterName}`,
                    resourceUri,
                    workspaceId: workspace.id,
                    logs: categories.map((category) => ({ category, enabled: true })),
                },
                { parent: this },
            );
        taken("vault", args.vaultId, ["AuditEvent"]);
        taken("subscription", `/subscriptions/${place.subscriptionId}`, [
            "Administrative",
            "Security",
            "Policy",
            "Alert",
        ]);
        this.registerOutputs();
    }
}
