import * as budgets from "@pulumi/aws/budgets";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { contactKind } from "../../model/contact";
import type { HubSpec } from "../../model/spec/jupyterhub";
import { ownerKeys } from "../../model/tags";

export interface BudgetBillingArgs extends LayerArgs {
    readonly hub: string;
    readonly budget: HubSpec["budget"];
    /** The topic of whoever answers for the budget. */
    readonly topicArn: pulumi.Input<string>;
}

/** Percent of the budget, and whether spent or only foreseen. */
const warnings = [
    { threshold: 80, notificationType: "ACTUAL" },
    { threshold: 100, notificationType: "FORECASTED" },
    { threshold: 100, notificationType: "ACTUAL" },
] as const;

/** The budget and billing layer on AWS: one budget for one hub, which mails whoever pays. */
export class BudgetBilling extends Layer {
    constructor(name: string, args: BudgetBillingArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:BudgetBilling", name, args, opts);
        const { hub, budget, topicArn } = args;
        const { contact } = this.owner;
        const mailed = contactKind(contact) === "email" ? [contact] : [];

        new budgets.Budget(
            `${name}-budget`,
            {
                budgetType: "COST",
                timeUnit: "MONTHLY",
                limitAmount: String(budget.monthlyUsd),
                limitUnit: "USD",
                ...(budget.covers === "hub"
                    ? {
                          costFilters: [
                              { name: "TagKeyValue", values: [`user:${ownerKeys.hub}$${hub}`] },
                          ],
                      }
                    : {}),
                notifications: warnings.map((warning) => ({
                    ...warning,
                    comparisonOperator: "GREATER_THAN",
                    thresholdType: "PERCENTAGE",
                    subscriberEmailAddresses: mailed,
                    subscriberSnsTopicArns: [topicArn],
                })),
                tags: this.tags(),
            },
            { parent: this },
        );
        this.registerOutputs();
    }
}
