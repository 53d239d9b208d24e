import * as consumption from "@pulumi/azure-native/consumption";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { contactKind } from "../../model/contact";
import type { PartyBudget } from "../../model/party-budgets";
import type { HubBudget } from "../../model/spec/budgets";
import { ownerKeys } from "../../model/tags";
import type { Place } from "./place";

/** What a budget counts: all of the subscription, or what carries these tags. */
export type Counted = "all" | Readonly<Record<string, readonly string[]>>;

export interface BudgetArgs {
    readonly place: Place;
    /** In its name, after the cluster's. */
    readonly noun: string;
    /** US dollars a month; Azure takes it for the currency of the bill. */
    readonly monthlyUsd: number;
    readonly counts: Counted;
    /** Of whoever pays. */
    readonly contact: string;
    readonly actionGroupId: pulumi.Input<string>;
}

/** Percent of the budget, and whether it is spent or will be at the end of the month. */
const notices = [
    { threshold: 80, thresholdType: "Actual" },
    { threshold: 100, thresholdType: "Forecasted" },
    { threshold: 100, thresholdType: "Actual" },
] as const;

/**
 * A budget of the subscription for a month, which mails whoever pays. It begins in the month it is made in, since
 * Azure takes no other; afterwards that stays as it is.
 *
 * @see https://learn.microsoft.com/rest/api/consumption/budgets/create-or-update
 */
export function monthlyBudget(
    name: string,
    { place, noun, monthlyUsd, counts, contact, actionGroupId }: BudgetArgs,
    parent: pulumi.Resource,
): consumption.Budget {
    const contactEmails = contactKind(contact) === "email" ? [contact] : [];
    return new consumption.Budget(
        `${name}-budget`,
        {
            scope: `subscriptions/${place.subscriptionId}`,
            budgetName: `${place.clusterName}-${noun}`,
            category: "Cost",
            amount: monthlyUsd,
            timeGrain: "Monthly",
            timePeriod: { startDate: firstOfMonth(new Date()) },
            ...(counts === "all" ? {} : { filter: filterOf(counts) }),
            notifications: Object.fromEntries(
                notices.map(({ threshold, thresholdType }) => [
                    `${thresholdType.toLowerCase()}-${String(threshold)}`,
                    {
                        enabled: true,
                        operator: "GreaterThanOrEqualTo",
                        threshold,
                        thresholdType,
                        contactEmails,
                        contactGroups: [actionGroupId],
                    },
                ]),
            ),
        },
        { parent, ignoreChanges: ["timePeriod"] },
    );
}

export function firstOfMonth(day: Date): string {
    return `${day.toISOString().slice(0, 7)}-01T00:00:00Z`;
}

function filterOf(tags: Readonly<Record<string, readonly string[]>>) {
    const each = Object.entries(tags).map(([name, values]) => ({
        tags: { name, operator: "In", values: [...values] },
    }));
    const [only] = each;
    return each.length === 1 && only !== undefined ? only : { and: each };
}

/**
 * A filter of Azure takes in and never leaves out: what hubs that others pay for cost is counted in the budget of
 * whoever answers for the account as well.
 */
export function countedOf(clusterName: string, counts: PartyBudget["counts"]): Counted {
    switch (counts.of) {
        case "account":
            return "all";
        case "cluster":
            return { [ownerKeys.cluster]: [clusterName] };
        case "hubs":
            return { [ownerKeys.cluster]: [clusterName], [ownerKeys.hub]: counts.hubs };
    }
}

export interface BudgetBillingArgs extends LayerArgs {
    readonly place: Place;
    readonly hub: string;
    readonly budget: HubBudget;
    /** The action group of whoever answers for the budget. */
    readonly actionGroupId: pulumi.Input<string>;
}

/** The budget and billing layer on Azure: one budget for one hub, which mails whoever pays. */
export class BudgetBilling extends Layer {
    constructor(name: string, args: BudgetBillingArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:BudgetBilling", name, args, opts);
        const { place, hub, budget, actionGroupId } = args;
        const ofHub = countedOf(place.clusterName, { of: "hubs", hubs: [hub] });
        monthlyBudget(
            name,
            {
                place,
                noun: `hub-${hub}`,
                monthlyUsd: budget.monthlyUsd,
                counts: budget.covers === "hub" ? ofHub : "all",
                contact: this.owner.contact,
                actionGroupId,
            },
            this,
        );
        this.registerOutputs();
    }
}

export interface AccountArgs extends LayerArgs {
    readonly place: Place;
    readonly budgets: readonly PartyBudget[];
    /** The action group of whoever pays. */
    readonly groupOf: (payer: PartyBudget["payer"]) => pulumi.Input<string>;
}

/**
 * The layer of whoever pays for the whole: a budget for each party that pays for more than one hub's budget shows.
 * Like an alert it belongs to whoever answers for the account, and mails whom it is about.
 */
export class Account extends Layer {
    constructor(name: string, args: AccountArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:Account", name, args, opts);
        const { place, budgets, groupOf } = args;
        for (const { payer, monthlyUsd, counts } of budgets) {
            monthlyBudget(
                `${name}-${payer.party}`,
                {
                    place,
                    noun: payer.party,
                    monthlyUsd,
                    counts: countedOf(place.clusterName, counts),
                    contact: payer.owner.contact,
                    actionGroupId: groupOf(payer),
                },
                this,
            );
        }
        this.registerOutputs();
    }
}
