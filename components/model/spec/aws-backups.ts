import { z } from "zod";
import { says, wholeNumber } from "./shared";

const keepDays = wholeNumber(7, 365, "days");

const span = {
    minDays: wholeNumber(1, 36_500, "days").describe("No copy may be kept for less"),
    maxDays: wholeNumber(1, 36_500, "days").describe("No copy may be kept for longer"),
};

const lock = z.discriminatedUnion("mode", [
    z
        .strictObject({ mode: z.literal("governance"), ...span })
        .describe("Who has the permission may lift it"),
    z
        .strictObject({
            mode: z.literal("compliance"),
            ...span,
            changeableForDays: wholeNumber(3, 36_500, "days").describe(
                "Until then it can still be lifted; afterwards by nobody, AWS included",
            ),
            acknowledged: z
                .literal("cannot-be-undone")
                .optional()
                .describe("Written by whoever knows what a compliance lock is"),
        })
        .describe("Nobody lifts it"),
]);

export const backups = z
    .strictObject({
        keepDays: keepDays.default(35),
        keep: z
            .partialRecord(z.enum(["home-storage", "hub-database", "data-services"]), keepDays)
            .default({})
            .describe("Days by layer, where they differ from keepDays"),
        hourUtc: wholeNumber(0, 23, "hours").default(3),
        lock: lock.optional().describe("What keeps copies from being deleted before their time"),
        copyTo: z
            .strictObject({
                region: z
                    .string()
                    .regex(
                        /^[a-z]{2}(-[a-z]+)+-\d$/,
                        says("is no region", "write one such as eu-west-3"),
                    ),
                keepDays: keepDays.default(35),
            })
            .optional()
            .describe(
                "A second region, which keeps a copy of every copy; the lock holds there too",
            ),
        restoreTest: z
            .enum(["weekly", "none"])
            .default("weekly")
            .describe("Whether the newest copy of each disk is restored, on trial, every Sunday"),
    })
    .prefault({});

export type BackupsSpec = z.infer<typeof backups>;
