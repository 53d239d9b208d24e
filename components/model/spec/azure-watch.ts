import { z } from "zod";
import { wholeNumber } from "./shared";

/**
 * What to do about Defender's plans, which a subscription has once: `create` switches on those that the cluster
 * needs, for all of the subscription, and never off; `adopt` takes them as somebody else keeps them; `skip` looks at
 * no findings either.
 */
export const detection = z
    .enum(["create", "adopt", "skip"])
    .default("create")
    .describe(
        "Microsoft Defender's plans, one set for each subscription: switch them on, or take them as they are",
    );

/**
 * Whether Azure Policy looks for owners in the whole subscription: `audit` marks what has none, whoever made it, and
 * changes and refuses nothing. See docs/adr/0017-resource-groups.md for why there is no `deny`.
 */
export const subscriptionPolicy = z
    .enum(["none", "audit"])
    .default("none")
    .describe(
        "Azure Policy for all of the subscription: audit marks what names no owner as not compliant, whoever made it, and refuses nothing",
    );

const keepDays = wholeNumber(7, 360, "days");

/** Azure keeps a disk's copies 450 in number, and a share's 200: a daily one for 180 days at most. */
export const backups = z
    .strictObject({
        keepDays: wholeNumber(7, 180, "days").default(35),
        keep: z
            .partialRecord(z.enum(["home-storage", "hub-database", "data-services"]), keepDays)
            .default({})
            .describe("Days by layer, where they differ from keepDays"),
        hourUtc: wholeNumber(0, 23, "hours").default(3),
        restoreTest: z
            .enum(["weekly", "none"])
            .default("weekly")
            .describe("Whether the newest copy is restored, on trial, every Sunday"),
    })
    .prefault({});

export type AzureBackupsSpec = z.infer<typeof backups>;
export type AzureDetection = z.infer<typeof detection>;
export type AzureSubscriptionPolicy = z.infer<typeof subscriptionPolicy>;
