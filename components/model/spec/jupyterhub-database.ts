import { z } from "zod";
import { says, wholeNumber } from "./shared";

/** `ddd:hh24:mi-ddd:hh24:mi`, UTC. */
const weekly = z
    .string()
    .regex(
        /^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d$/,
        says("is no weekly window", "write one in UTC such as tue:09:00-tue:10:00"),
    );
const daily = z
    .string()
    .regex(
        /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/,
        says("is no daily window", "write one in UTC such as 07:00-07:30"),
    );

const rds = z.strictObject({
    kind: z.literal("rds"),
    version: z
        .string()
        .regex(/^1[4-9]$/, says("is no version of PostgreSQL", 'write one such as "17", in quotes'))
        .default("17")
        .describe("PostgreSQL's major version; minor ones come in the maintenance window"),
    instanceClass: z
        .string()
        .regex(
            /^db\.[a-z0-9-]+\.[a-z0-9]+$/,
            says("is no class of database instances", "write one such as db.t4g.micro"),
        )
        .default("db.t4g.micro"),
    sizeGiB: wholeNumber(20, 1_000, "GiB").default(20),
    maxSizeGiB: wholeNumber(20, 10_000, "GiB")
        .default(100)
        .describe("How far the disk may grow by itself"),
    multiAz: z
        .boolean()
        .default(false)
        .describe("A second instance in another zone; the hub itself runs in one"),
    keepDays: wholeNumber(7, 35, "days").default(14).describe("Backups to any second of these"),
    deletionProtection: z
        .boolean()
        .default(true)
        .describe("By AWS itself, beside the stack's own; false only to give the database up"),
    backupWindow: daily.default("07:00-07:30").describe("UTC"),
    maintenanceWindow: weekly.default("tue:09:00-tue:10:00").describe("UTC"),
});

/** https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-compute */
const flexibleServer = z.strictObject({
    kind: z.literal("flexible-server"),
    version: z
        .string()
        .regex(/^1[4-9]$/, says("is no version of PostgreSQL", 'write one such as "17", in quotes'))
        .default("17")
        .describe("PostgreSQL's major version; minor ones come in the maintenance window"),
    vmSize: z
        .string()
        .regex(
            /^Standard_[BDE]\d+[a-z]*(_v\d+)?$/,
            says("is no size of a flexible server", "write one such as Standard_B1ms"),
        )
        .default("Standard_B1ms"),
    sizeGiB: z
        .union(
            [32, 64, 128, 256, 512, 1_024].map((size) => z.literal(size)),
            says("is no size of a flexible server's disk", "take 32, 64, 128, 256, 512 or 1024"),
        )
        .default(32)
        .describe("It grows by itself before it is full, and never shrinks"),
    highAvailability: z
        .boolean()
        .default(false)
        .describe("A second server in another zone; not to be had with Standard_B sizes"),
    keepDays: wholeNumber(7, 35, "days").default(14).describe("Backups to any second of these"),
});

/** Where a hub keeps what it knows of its users and their servers. */
export const database = z
    .discriminatedUnion(
        "kind",
        [
            z.strictObject({ kind: z.literal("sqlite-pvc").optional().default("sqlite-pvc") }),
            rds,
            flexibleServer,
        ],
        says(
            "is no database",
            "take kind: sqlite-pvc (a file on a disk), rds (PostgreSQL by AWS) or flexible-server (by Azure)",
        ),
    )
    .prefault({});

export type RdsSpec = z.infer<typeof rds>;
export type FlexibleServerSpec = z.infer<typeof flexibleServer>;
