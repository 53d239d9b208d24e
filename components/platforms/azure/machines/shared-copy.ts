import { DiagnosticSetting, ScheduledQueryRule } from "@pulumi/azure-native/monitor";
import type { PrivateZone } from "@pulumi/azure-native/privatedns";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { containers } from "../containers";
import { globalName } from "../names";
import type { Place } from "../place";
import { privateEndpoint } from "../private-link";
import { grant } from "../role-assignment";
import { closedAccount } from "../storage-account";
import { copiesAccount } from "./names";
import { copyContainers } from "./shared-copy-start";
import type { Where } from "./where";

export interface SharedCopyArgs extends LayerArgs {
    readonly place: Place;
    readonly where: Where;
    readonly zonal: boolean;
    /** Days for which what was deleted or overwritten can be had back. */
    readonly keepDays: number;
    /** The identities of the machines that copy. */
    readonly principals: Readonly<Record<string, pulumi.Input<string>>>;
    /** Where the account has its address. */
    readonly subnetId: pulumi.Input<string>;
    readonly groupId: pulumi.Input<string>;
    readonly zone: PrivateZone;
    readonly workspaceId: pulumi.Input<string>;
    /** Who is told when a day goes by without a copy. */
    readonly actionGroupId: pulumi.Input<string>;
}

/**
 * The part of the backups layer that keeps the shared directory in another account, in a second region as well:
 * snapshots lie in the share, and go with its account. A machine copies, by an identity, as `sharedCopyStart` has it.
 */
export class SharedCopy extends Layer {
    constructor(name: string, args: SharedCopyArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:SharedCopy", name, args, opts);
        const { place, where, zonal, keepDays, workspaceId } = args;
        const { resourceGroupName } = where;
        const tags = this.tags();
        const account = closedAccount(
            `${name}-copies`,
            { place, resourceGroupName, what: copiesAccount, keeps: "copies", zonal, tags },
            this,
        );
        const { service, made } = containers(
            `${name}-copies`,
            {
                resourceGroupName,
                account,
                containers: [
                    { name: copyContainers.shared, keepVersionsDays: keepDays },
                    { name: copyContainers.runs, keepVersionsDays: keepDays },
                ],
            },
            this,
        );
        privateEndpoint(
            `${name}-copies`,
            {
                place,
                resourceGroupName,
                noun: "copies",
                service: "blob",
                target: account.id,
                subnetId: args.subnetId,
                groupId: args.groupId,
                zone: args.zone,
                tags,
            },
            this,
        );
        for (const [host, principalId] of Object.entries(args.principals)) {
            made.forEach(({ id: scope }, at) =>
                grant(
                    `${name}-copies-${host}-${Object.keys(copyContainers)[at] ?? ""}`,
                    {
                        subscriptionId: place.subscriptionId,
                        role: "Storage Blob Data Contributor",
                        scope,
                        principalId,
                        principalType: "ServicePrincipal",
                    },
                    { parent: this },
                ),
            );
        }
        new DiagnosticSetting(
            `${name}-copies-writes`,
            {
                resourceUri: service.id,
                name: "steward",
                workspaceId,
                logs: [{ category: "StorageWrite", enabled: true }],
            },
            { parent: this },
        );
        new ScheduledQueryRule(
            `${name}-copies-missed`,
            {
                ...where,
                ruleName: `${place.clusterName}-shared-directory-copy`,
                displayName: `${place.clusterName}-shared-directory-copy`,
                description: `${place.clusterName}: no copy of the shared directory went well for two days`,
                kind: "LogAlert",
                enabled: true,
                severity: 1,
                scopes: [workspaceId],
                evaluationFrequency: "PT6H",
                windowSize: "P2D",
                autoMitigate: true,
                // The table is made by the first account that writes to it.
                skipQueryValidation: true,
                criteria: {
                    allOf: [
                        {
                            query: runsQuery(
                                globalName("storageAccount", { ...place, what: copiesAccount }),
                            ),
                            timeAggregation: "Count",
                            operator: "LessThan",
                            threshold: 1,
                            failingPeriods: {
                                numberOfEvaluationPeriods: 1,
                                minFailingPeriodsToAlert: 1,
                            },
                        },
                    ],
                },
                actions: { actionGroups: [args.actionGroupId] },
                tags,
            },
            { parent: this },
        );
        this.registerOutputs();
    }
}

/**
 * Copies that went well: each writes last that it did.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/reference/tables/storagebloblogs
 */
export function runsQuery(accountName: string): string {
    return [
        "StorageBlobLogs",
        `| where AccountName == "${accountName}" and StatusText == "Success"`,
        `| where OperationName startswith "Put" and Uri has "/${copyContainers.runs}/last"`,
    ].join("\n");
}
