import { z } from "zod";
import { principal } from "./jupyterhub-principal";
import { says, wholeNumber } from "./shared";

const inAll = "Unique in all of AWS; on Azure the container, in an account of the hub's";

/**
 * The names that S3 takes and containers of Azure as well, but for `--`, which those refuse.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const bucketName = z
    .string()
    .regex(
        /^(?!xn--|sthree-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9](?<!-s3alias|--ol-s3)$/,
        says("is not a bucket name", "use 3 to 63 of a-z, 0-9 and -"),
    );

export const scratch = z
    .strictObject({
        bucket: bucketName.describe(inAll),
        deleteAfterDays: wholeNumber(1, 365, "days"),
    })
    .optional();

export const persistent = z
    .strictObject({
        bucket: bucketName.describe(inAll),
        deleteAfterDays: wholeNumber(30, 3_650, "days")
            .optional()
            .describe("Without it nothing is deleted but by its writers"),
        keepVersionsDays: wholeNumber(1, 365, "days")
            .default(30)
            .describe("How long what was deleted or overwritten can be had back"),
    })
    .optional()
    .describe("A bucket for what users want to keep; versioned, under a key of the hub");

const dataset = z.strictObject({
    bucket: bucketName.describe(inAll),
    editors: z.array(principal).default([]).describe("Who may write; users only read"),
    keepVersionsDays: wholeNumber(1, 365, "days").default(30),
});

export const datasets = z
    .array(dataset)
    .default([])
    .describe("Buckets of prepared data that users read");

/** Who read and wrote what in the hub's kept buckets. */
export const accessLogs = z
    .strictObject({
        bucket: bucketName.describe(
            "Unique in all of AWS; on Azure it names an account, whose name has it after the cluster's as far as it fits",
        ),
        deleteAfterDays: wholeNumber(1, 3_650, "days").default(90),
    })
    .optional()
    .describe("Who read and wrote what in the hub's kept buckets, written to one more bucket");

export type DatasetSpec = z.infer<typeof dataset>;
