import { z } from "zod";
import { logDays } from "./aws-network";
import { says, wholeNumber } from "./shared";

/** What to do about something that an account has once, or that somebody else may keep for all of it. */
const singleton = z.enum(["create", "adopt", "skip"]);

const weekday = z.enum(["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]);

/** The machines of a CommCare cluster, and what keeps them whole. */
export const machinesSchema = z
    .strictObject({
        imageRelease: z
            .string()
            .regex(/^20\d{6}$/, says("is no release", 'write one such as "20260110", in quotes'))
            .optional()
            .describe(
                "Release of Ubuntu 22.04 by Canonical; without it the newest at the first deploy is kept",
            ),
        bastion: z
            .boolean()
            .default(false)
            .describe(
                "An EC2 Instance Connect endpoint, for SSH to the control machine without a public address; sessions of Systems Manager work in any case",
            ),
        logRetentionDays: logDays.default(90),
        patching: z
            .strictObject({
                day: weekday.default("SUN"),
                hourUtc: wholeNumber(0, 20, "hours")
                    .default(1)
                    .describe("Of the first window; application machines follow an hour later"),
                restart: z
                    .boolean()
                    .default(true)
                    .describe("Whether a machine restarts when its patches ask for it"),
            })
            .prefault({}),
        trail: singleton
            .default("create")
            .describe(
                "CloudTrail: adopt where the organisation keeps a trail for all its accounts; `doctor` says which there are",
            ),
        config: singleton
            .default("adopt")
            .describe(
                "AWS Config's recorder, one for each account and region: adopt adds the rule on tags to the one there is, or creates one",
            ),
        recorder: z
            .string()
            .min(1)
            .max(256)
            .optional()
            .describe(
                "Name of a recorder that stands already, where it is neither default nor AWS Control Tower's",
            ),
    })
    .prefault({})
    .describe("Of CommCare's clusters");

export type MachinesSpec = z.infer<typeof machinesSchema>;
