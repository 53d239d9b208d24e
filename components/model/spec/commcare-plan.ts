import { z } from "zod";
import { movable } from "../commcare/sizing";
import { placeable } from "../commcare/services";
import type { ServiceSlug } from "../commcare/services";
import { says, wholeNumber } from "./shared";

const service = z.enum(
    placeable as readonly [ServiceSlug, ...ServiceSlug[]],
    says("is no service that stands on a machine", `take some of: ${placeable.join(", ")}`),
);

const name = z
    .string()
    .regex(
        /^[a-z][a-z0-9]{0,19}$/,
        says("is no name of a line", "use up to 20 of a-z and 0-9, beginning with a letter"),
    );

const label = z
    .string()
    .regex(
        /^[a-z][a-z0-9-]{0,29}[a-z0-9]$/,
        says("is no name here", "use 2 to 31 of a-z, 0-9 and -, beginning with a letter"),
    );

const line = z.strictObject({
    services: z.array(service).min(1).optional(),
    first: z.array(service).optional().describe("What only the first machine runs as well"),
    also: z
        .record(z.string(), z.array(service).min(1))
        .optional()
        .describe("What single machines of the line run as well, by name, such as pgbouncer-a2"),
    count: wholeNumber(1, 100, "machines").optional(),
    instanceType: z.string().optional().describe("Instead of vcpus and memoryGiB"),
    vcpus: wholeNumber(1, 128, "vCPUs").optional(),
    memoryGiB: wholeNumber(1, 1_024, "GiB").optional(),
    rootGiB: wholeNumber(30, 16_000, "GiB").optional(),
    dataGiB: wholeNumber(10, 16_000, "GiB").nullable().optional(),
    zones: z
        .array(z.string())
        .min(1)
        .optional()
        .describe("The zone of each machine in turn; without it one zone after the other"),
});

const postgresql = z.strictObject({
    instanceClass: z.string().optional(),
    diskGiB: wholeNumber(20, 64_000, "GiB").optional(),
    standby: z.boolean().optional(),
    version: z
        .string()
        .regex(/^1[4-7](\.\d+)?$/, says("is no version", 'write one such as "14.18", in quotes'))
        .optional(),
    maxConnections: wholeNumber(20, 5_000, "connections").optional(),
    deletionProtection: z
        .boolean()
        .optional()
        .describe("By AWS itself, beside the stack's own; false only to give the database up"),
});

const redis = z.strictObject({
    nodeType: z.string().optional(),
    nodes: wholeNumber(1, 6, "nodes").optional(),
});

const balancer = z.strictObject({
    kind: z.enum(["network", "application"]),
    service: z.enum(["pgbouncer", "couchdb-proxy"]),
    machines: z.array(z.string()).min(1).describe("Names of machines, such as pgbouncer-a1"),
});

/** Lines that replace, complete or take away those that follow from the users. */
export const plan = z
    .strictObject({
        basis: z
            .enum(["users", "nothing"])
            .default("users")
            .describe("nothing: the plan is what stands here, and no more"),
        machines: z.record(name, line.nullable()).default({}).describe("null takes a line away"),
        postgresql: z.record(label, postgresql.nullable()).default({}),
        redis: redis.optional(),
        redisBroker: redis.optional(),
        balancers: z.record(label, balancer.nullable()).default({}),
    })
    .prefault({});

export const stands = z
    .partialRecord(z.enum(movable), z.enum(["machine", "cloud"]))
    .default({})
    .describe("Which data services the cloud runs; those that are not here: by the size");
export type LineSpec = z.infer<typeof line>;
