import { z } from "zod";
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

/** What may write to a dataset or push an image: a role or user of IAM, or on Azure a principal of Entra. */
const principal = z
    .string()
    .regex(
        /^(arn:aws:iam::\d{12}:(role|user)\/[\w+=,.@/-]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
        says(
            "is not a role or user of IAM",
            "write its ARN, arn:aws:iam::<account>:role/<name>, or on Azure the object id of a principal",
        ),
    );

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

const scratch = z
    .strictObject({
        bucket: bucketName.describe(inAll),
        deleteAfterDays: wholeNumber(1, 365, "days"),
    })
    .optional();

const persistent = z
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

/** `service:Action`, with `*` and `?` in the action. https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const action = z
    .string()
    .regex(
        /^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/,
        says("is no action of IAM", "write one such as s3:GetObject"),
    );

const statement = z.strictObject({
    actions: z.array(action).min(1),
    resources: z
        .array(
            z
                .string()
                .regex(/^(\*|arn:aws:.+)$/, says("is no resource of IAM", "write an ARN, or *")),
        )
        .min(1),
});

/** Roles of data that Azure brings; of what is done to resources themselves none. */
export const dataRoles = [
    "Storage Blob Data Contributor",
    "Storage Blob Data Reader",
    "Storage File Data Privileged Reader",
] as const;

/** https://learn.microsoft.com/azure/role-based-access-control/scope-overview */
const role = z.strictObject({
    role: z.enum(
        dataRoles,
        says("is no role that users may have", `take one of: ${dataRoles.join(", ")}`),
    ),
    scope: z
        .string()
        .regex(
            /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[\w().-]{1,90}\/providers\/Microsoft\.Storage\/storageAccounts\/[a-z0-9]{3,24}(\/(blob|file)Services\/default\/(containers|shares)\/[a-z0-9-]{3,63})?$/,
            says(
                "is no storage account, container or share",
                "write its resource id, as `az storage account show` has it",
            ),
        ),
});

const cloudPermissions = z
    .strictObject({
        readBuckets: z
            .array(bucketName)
            .default([])
            .describe("Buckets of this or another account that users may read"),
        statements: z.array(statement).default([]).describe("What else users' servers may do"),
        roles: z
            .array(role)
            .default([])
            .describe("On Azure, instead of both: what users may do with data that stands already"),
    })
    .prefault({})
    .describe("What every user of the hub may do in the cloud: all share one identity");

const images = z
    .strictObject({
        keep: wholeNumber(1, 1_000, "images")
            .default(50)
            .describe("Older images than so many are deleted"),
        builders: z.array(principal).default([]).describe("Who may push an image"),
    })
    .optional()
    .describe("A repository of the hub's own for the images that the community builds");

/** Further keys of a hub: what it keeps, and what its users may reach. */
export const storageKeys = {
    homes,
    database,
    scratch,
    persistent,
    accessLogs: z
        .strictObject({
            bucket: bucketName.describe(
                "Unique in all of AWS; on Azure it names an account, whose name has it after the cluster's as far as it fits",
            ),
            deleteAfterDays: wholeNumber(1, 3_650, "days").default(90),
        })
        .optional()
        .describe("Who read and wrote what in the hub's kept buckets, written to one more bucket"),
    cloudPermissions,
    datasets: z.array(dataset).default([]).describe("Buckets of prepared data that users read"),
    images,
};

export type HomesSpec = z.infer<typeof homes>;
export type NfsHomes = z.infer<typeof nfs>;
export type EfsHomes = z.infer<typeof efs>;
export type AzureFilesHomes = z.infer<typeof azureFiles>;
export type RdsSpec = z.infer<typeof rds>;
export type FlexibleServerSpec = z.infer<typeof flexibleServer>;
export type DatasetSpec = z.infer<typeof dataset>;
export type ImagesSpec = NonNullable<z.infer<typeof images>>;
export type PermissionStatement = z.infer<typeof statement>;
