import type * as pulumi from "@pulumi/pulumi";
import { layerArgs } from "../../layer-args";
import { partyBudgets } from "../../model/party-budgets";
import type { AwsClusterSpec } from "../../model/spec";
import type { Alerts } from "./alerts";
import { Account, BudgetBilling } from "./budget";

/** The budgets of a cluster: of each hub that has one of its own, and of each party that pays for more. */
export function buildBudgets(
    spec: AwsClusterSpec,
    alerts: Alerts,
    opts: pulumi.ComponentResourceOptions,
): void {
    const { hubs } = spec.workload.jupyterhub;
    const clusterName = spec.name;
    for (const { name: hub, budget } of hubs) {
        if (budget === undefined || budget.covers === "party") continue;
        const args = layerArgs(spec, "budget-billing", hub);
        const topicArn = alerts.topicOf(args.owner).arn;
        new BudgetBilling(
            `budget-billing-${hub}`,
            { ...args, clusterName, hub, budget, topicArn },
            opts,
        );
    }
    const budgets = partyBudgets(spec.matrix, hubs, spec.budgets);
    if (budgets.length === 0) return;
    const topicOf = ({ owner }: { owner: Parameters<Alerts["topicOf"]>[0] }) =>
        alerts.topicOf(owner).arn;
    new Account("account", { ...layerArgs(spec, "account"), clusterName, budgets, topicOf }, opts);
}
