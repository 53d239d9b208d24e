import type * as pulumi from "@pulumi/pulumi";
import { layerArgs } from "../../layer-args";
import { partyBudgets } from "../../model/party-budgets";
import type { AzureClusterSpec } from "../../model/spec";
import type { Alerts } from "./alerts";
import { Account, BudgetBilling } from "./budget";
import { placeOf } from "./place";

/** The budgets of a cluster: of each hub that has one of its own, and of each party that pays for more. */
export function buildBudgets(
    spec: AzureClusterSpec,
    alerts: Alerts,
    opts: pulumi.ComponentResourceOptions,
): void {
    const { hubs } = spec.workload.jupyterhub;
    const place = placeOf(spec);
    for (const { name: hub, budget } of hubs) {
        if (budget === undefined || budget.covers === "party") continue;
        const args = layerArgs(spec, "budget-billing", hub);
        const actionGroupId = alerts.groupOf(args.owner).id;
        new BudgetBilling(
            `budget-billing-${hub}`,
            { ...args, place, hub, budget, actionGroupId },
            opts,
        );
    }
    const budgets = partyBudgets(spec.matrix, hubs, spec.budgets);
    if (budgets.length === 0) return;
    const groupOf = ({ owner }: (typeof budgets)[number]["payer"]) => alerts.groupOf(owner).id;
    new Account("account", { ...layerArgs(spec, "account"), place, budgets, groupOf }, opts);
}
