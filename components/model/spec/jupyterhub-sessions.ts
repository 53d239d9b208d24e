import { z } from "zod";
import { cidr, says, wholeNumber } from "./shared";

/** When an idle server ends. */
export const idle = z
    .strictObject({
        timeoutSeconds: wholeNumber(60, 604_800, "seconds").default(3_600),
        maxAgeSeconds: wholeNumber(0, 2_592_000, "seconds")
            .default(0)
            .describe("Ends a server of that age, idle or not; 0: never"),
        everySeconds: wholeNumber(10, 3_600, "seconds")
            .optional()
            .describe("How often to look; without it every 10 minutes, or as often as the timeout"),
        removeUsers: z
            .boolean()
            .default(false)
            .describe("Forgets a user who was idle that long: for hubs that keep nothing of users"),
    })
    .prefault({});

const gibibytes = z
    .number()
    .min(0.25, says("is below 0.25", "write GiB from 0.25 to 24,576"))
    .max(24_576, says("is above 24,576", "write GiB from 0.25 to 24,576"));

const cores = z
    .number()
    .min(0.01, says("is below 0.01", "write cores from 0.01 to 448"))
    .max(448, says("is above 448", "write cores from 0.01 to 448"));

/** A server that no profile describes. */
export const server = z
    .strictObject({
        memoryGuaranteeGiB: gibibytes.default(1),
        memoryLimitGiB: gibibytes.default(1),
        cpuGuarantee: cores.default(0.05),
        cpuLimit: cores.optional().describe("Without it, whatever nobody else of the machine uses"),
    })
    .prefault({});

/** Seats kept free, so that users do not wait for a machine to start. */
export const placeholders = z.strictObject({
    seats: wholeNumber(1, 1_000, "seats").optional(),
    arrivals: z
        .strictObject({
            users: wholeNumber(1, 10_000, "users"),
            withinMinutes: wholeNumber(1, 240, "minutes"),
            nodeStartMinutes: wholeNumber(1, 60, "minutes").default(10),
        })
        .optional()
        .describe("Users who come at once: as many seats as come while a machine starts"),
});

/** Private addresses that users' servers may reach; all others are shut. */
export const reaches = z.array(
    z.strictObject({ cidr, ports: z.array(wholeNumber(1, 65_535, "ports")).min(1) }),
);

export const imagePullPolicy = z.enum(["IfNotPresent", "Always"]);
