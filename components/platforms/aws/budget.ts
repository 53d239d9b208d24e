import * as budgets from "@pulumi/aws/budgets";
import type { budgets as inputs } from "@pulumi/aws/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { contactKind } from "../../model/contact";
import type { PartyBudget } from "../../model/party-budgets";
import type { HubBudget } from "../../model/spec/budgets";
import { ownerKeys } from "../../model/tags";

export interface BudgetBillingArgs extends LayerArgs {
    readonly clusterName: string;
    readonly hub: string;
    readonly budget: HubBudget;
    /** The topic of whoever answers for the budget. */
    readonly topicArn: pulumi.Input<string>;
}

/** The budget and billing layer on AWS: one budget for one hub, which mails whoever pays. */
export class BudgetBilling extends Layer {
    constructor(name: string, args: BudgetBillingArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:BudgetBilling", name, args, opts);
        const { clusterName, hub, budget, topicArn } = args;
        const counts = { of: "hubs", hubs: [hub] } as const;
        monthlyBudget(
            name,
            {
                monthlyUsd: budget.monthlyUsd,
                filter: budget.covers === "hub" ? filterOf(clusterName, counts) : undefined,
                contact: this.owner.contact,
                topicArn,
                tags: this.tags(),
            },
            this,
        );
        this.registerOutputs();
    }
}

export interface AccountArgs extends LayerArgs {
    readonly clusterName: string;
    readonly budgets: readonly PartyBudget[];
    /** The topic of whoever pays. */
    readonly topicOf: (payer: PartyBudget["payer"]) => pulumi.Input<string>;
}

/**
 * The account layer on AWS: a budget for each party that pays for more than one hub's budget shows. Like an alarm
 * it belongs to whoever answers for the account, and mails whom it is about.
 */
export class Account extends Layer {
    constructor(name: string, args: AccountArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:Account", name, args, opts);
        const { clusterName, topicOf } = args;
        for (const { payer, monthlyUsd, counts } of args.budgets) {
            monthlyBudget(
                `${name}-${payer.party}`,
                {
                    monthlyUsd,
                    filter: filterOf(clusterName, counts),
                    contact: payer.owner.contact,
                    topicArn: topicOf(payer),
                    tags: this.tags(),
                },
                this,
            );
        }
        this.registerOutputs();
    }
}

/** Percent of the budget, and whether spent or only foreseen. */
const warnings = [
    { threshold: 80, notificationType: "ACTUAL" },
    { threshold: 100, notificationType: "FORECASTED" },
    { threshold: 100, notificationType: "ACTUAL" },
] as const;

interface MonthlyBudget {
    readonly monthlyUsd: number;
    /** What is counted; without one the whole account. */
    readonly filter: inputs.BudgetFilterExpression | undefined;
    /** Of whoever pays. */
    readonly contact: string;
    readonly topicArn: pulumi.Input<string>;
    readonly tags: Record<string, string>;
}

function monthlyBudget(
    name: string,
    { monthlyUsd, filter, contact, topicArn, tags }: MonthlyBudget,
    parent: pulumi.Resource,
): void {
    new budgets.Budget(
        `${name}-budget`,
        {
            budgetType: "COST",
            timeUnit: "MONTHLY",
            limitAmount: String(monthlyUsd),
            limitUnit: "USD",
            ...(filter === undefined ? {} : { filterExpression: filter, metrics: "UnblendedCost" }),
            notifications: warnings.map((warning) => ({
                ...warning,
                comparisonOperator: "GREATER_THAN",
                thresholdType: "PERCENTAGE",
                subscriberEmailAddresses: contactKind(contact) === "email" ? [contact] : [],
                subscriberSnsTopicArns: [topicArn],
            })),
            tags,
        },
        { parent },
    );
}

const tagged = (key: string, values: readonly string[]) => ({ tags: { key, values: [...values] } });

/**
 * What a budget counts. The older `costFilters` do not say how two tags are joined, and a hub's name alone would
 * count a hub of the same name in another cluster too. Nothing asks for what lacks a tag: the API takes a key
 * without values, the provider does not.
 *
 * @returns undefined for the whole account.
 * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Expression.html
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/budgets/budget/#budgetfilterexpression
 */
function filterOf(
    clusterName: string,
    counts: PartyBudget["counts"],
): inputs.BudgetFilterExpression | undefined {
    const cluster = tagged(ownerKeys.cluster, [clusterName]);
    const ofHubs = (hubs: readonly string[]) => tagged(ownerKeys.hub, hubs);
    if (counts.of === "hubs") return { ands: [cluster, ofHubs(counts.hubs)] };
    const { without } = counts;
    if (counts.of === "account") {
        return without.length === 0 ? undefined : { not: { ands: [cluster, ofHubs(without)] } };
    }
    return without.length === 0 ? cluster : { ands: [cluster, { not: ofHubs(without) }] };
}
