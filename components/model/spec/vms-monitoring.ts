import { z } from "zod";
import { slug, wholeNumber } from "./shared";

/** How hosts are watched, and how their owners are told. */
export const monitoring = z
    .strictObject({
        host: z
            .string()
            .min(1)
            .optional()
            .describe("Machine that watches the others; the control machine if not said"),
        keepDays: wholeNumber(1, 400, "days")
            .default(60)
            .describe("How long measurements are kept, as far as `keepGiB` goes"),
        keepGiB: wholeNumber(1, 500, "GiB").default(8).describe("What measurements may take"),
        mail: z
            .strictObject({
                host: z.string().min(1).optional(),
                port: wholeNumber(1, 65_535, "a port").optional(),
                from: z.email().optional(),
                username: z
                    .string()
                    .min(1)
                    .optional()
                    .describe("Its password is `steward:secrets`, hosts.smtpPassword"),
                tls: z
                    .boolean()
                    .default(true)
                    .describe(
                        "False only for a relay that takes mail in clear, without a password",
                    ),
            })
            .prefault({})
            .describe("Where it differs from `steward:commcare.mail`"),
        webhooks: z
            .array(slug)
            .default([])
            .describe("Parties whose https address takes posts of Alertmanager's webhook"),
        heartbeat: z
            .boolean()
            .default(false)
            .describe(
                "A sign of life each five minutes to `steward:secrets`, hosts.heartbeatUrl: whoever keeps that tells when it stays away",
            ),
    })
    .prefault({});

export type VmsMonitoringSpec = z.infer<typeof monitoring>;
