import { z } from "zod";
import { logDays } from "./aws-network";
import { says, wholeNumber } from "./shared";

const release = (newest: string) =>
    z
        .string()
        .regex(/^\d+\.\d+\.\d+$/, says("is not a released version", `write one such as ${newest}`))
        .default(newest);

/** What is measured inside the cluster and written down, and for how long it is kept. */
export const monitoring = z
    .strictObject({
        prometheusChartVersion: release("29.27.0").describe(
            "Release of the Prometheus community's chart, Alertmanager included",
        ),
        grafanaChartVersion: release("12.11.1").describe(
            "Release of the Grafana community's chart",
        ),
        logsChartVersion: release("0.58.1").describe("Release of the Fluent Bit chart"),
        retentionDays: wholeNumber(1, 400, "days")
            .default(30)
            .describe("How long measurements are kept, as far as the disk goes"),
        volumeGiB: wholeNumber(5, 1_000, "GiB").default(20).describe("Their disk; it only grows"),
        logs: z
            .strictObject({
                retentionDays: logDays.default(30),
                userServers: z
                    .boolean()
                    .default(false)
                    .describe("Also what users' servers write, which may tell what users do"),
            })
            .prefault({}),
    })
    .prefault({});

export type MonitoringSpec = z.infer<typeof monitoring>;
