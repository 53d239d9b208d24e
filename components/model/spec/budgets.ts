import { z } from "zod";
import { slug, wholeNumber } from "./shared";

export const monthlyUsd = wholeNumber(1, 10_000_000, "US dollars");

/** The budget of one hub. */
export const hubBudget = z.strictObject({
    monthlyUsd,
    covers: z
        .enum(["account", "hub", "party"])
        .default("account")
        .describe(
            "hub: only what carries its `hub` tag, once the payer activated that tag; party: the amount is part of its payer's budget, and the hub has none of its own",
        ),
});

/** The budgets of those who pay, by party; who pays for several hubs has one in any case. */
export const budgets = z
    .record(
        slug,
        z.strictObject({
            monthlyUsd: monthlyUsd.describe("For all that the party pays for"),
            covers: z
                .enum(["account", "cluster"])
                .default("account")
                .describe(
                    "Of whoever answers for the account: all of it, or only what carries the cluster's tag; in either case without the hubs that others pay for",
                ),
        }),
    )
    .default({})
    .describe(
        "Budget of a party over all it pays for; without an entry the sum of its hubs', where it pays for several",
    );

export type HubBudget = z.infer<typeof hubBudget>;
export type BudgetsSpec = z.infer<typeof budgets>;
