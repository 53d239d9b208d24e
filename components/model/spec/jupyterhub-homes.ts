import { z } from "zod";
import { says, wholeNumber } from "./shared";

const noQuota = z
    .never(says("is a quota per user, which EFS does not know", "remove it, or take storage: nfs"))
    .optional();
const noDisk = (what: string) =>
    z.never(says(`is ${what} of a disk, which EFS is not`, "remove it: EFS grows and shrinks"));

const noSpeed = z
    .never(says("is the speed of a disk, which is not to be chosen here", "remove it"))
    .optional();

const shared = z
    .boolean()
    .default(false)
    .describe("A directory for all: ~/shared to read, ~/shared-readwrite for admins");

const nfs = z.strictObject({
    storage: z.literal("nfs").optional().default("nfs"),
    sizeGiB: wholeNumber(1, 65_536, "GiB").describe("The volume of all home directories, gp3"),
    iops: wholeNumber(3_000, 80_000, "operations per second").optional(),
    throughputMiBps: wholeNumber(125, 2_000, "MiB per second").optional(),
    quotaGiB: wholeNumber(1, 65_536, "GiB").describe("What one user may store"),
    shared,
});

/** https://docs.aws.amazon.com/efs/latest/APIReference/API_LifecyclePolicy.html */
const efs = z.strictObject({
    storage: z.literal("efs"),
    coldAfterDays: z
        .union(
            [7, 14, 30, 60, 90].map((days) => z.literal(days)),
            says("is no period that EFS knows", "take 7, 14, 30, 60 or 90 days"),
        )
        .default(90)
        .describe("Files that nobody opened for so long become cheaper to keep and dearer to read"),
    quotaGiB: noQuota,
    sizeGiB: noDisk("the size").optional(),
    iops: noDisk("the speed").optional(),
    throughputMiBps: noDisk("the speed").optional(),
    shared,
});

/** https://learn.microsoft.com/azure/storage/files/understanding-billing#provisioned-v1-model */
const azureFiles = z.strictObject({
    storage: z.literal("azure-files"),
    sizeGiB: wholeNumber(100, 102_400, "GiB").describe(
        "The share of all home directories, billed as such",
    ),
    quotaGiB: z
        .never(
            says(
                "is a quota per user, which a share does not know",
                "remove it, or take storage: nfs",
            ),
        )
        .optional(),
    iops: noSpeed,
    throughputMiBps: noSpeed,
    shared,
});

/** A directory of one host, where somebody else racked it. */
const localPath = z.strictObject({
    storage: z.literal("local-path"),
    quotaGiB: z
        .never(
            says(
                "is a quota per user, which a directory does not know",
                "remove it, or take storage: nfs",
            ),
        )
        .optional(),
    sizeGiB: z
        .never(says("is the size of a disk, which a directory is not", "remove it"))
        .optional(),
    iops: noSpeed,
    throughputMiBps: noSpeed,
    shared,
});

const none = z.strictObject({ storage: z.literal("none") });

/** Where the home directories of a hub's users are kept. */
export const homes = z
    .discriminatedUnion(
        "storage",
        [nfs, efs, azureFiles, localPath, none],
        says(
            "is no home storage",
            "take storage: nfs (a disk with quotas per user), efs (grows by itself), azure-files (a share on Azure), local-path (a directory of one host) or none",
        ),
    )
    .describe(
        "nfs: a disk with quotas; efs on AWS: grows by itself, without quotas; azure-files: a share, without quotas; local-path on vms: a directory of one host, where all its users' servers run; none: nothing kept",
    );

export type HomesSpec = z.infer<typeof homes>;
export type NfsHomes = z.infer<typeof nfs>;
export type EfsHomes = z.infer<typeof efs>;
export type AzureFilesHomes = z.infer<typeof azureFiles>;
