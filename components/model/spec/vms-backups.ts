import { z } from "zod";
import { says, wholeNumber } from "./shared";
import { hostKey, port } from "./vms-entered";

const https = z
    .string()
    .regex(
        /^https:\/\/[^\s'@/]+\/[^\s'@]+$/,
        says(
            "is no address of a repository",
            "write one such as https://backups.example.org/commcare",
        ),
    );

const user = z
    .string()
    .regex(
        /^[A-Za-z0-9._-]+$/,
        says("is no name of an account", "write one such as commcare-copies"),
    );

/**
 * Where copies go. Each host has a repository of its own below it, so that one that is damaged or locked is one
 * host's.
 *
 * @see https://restic.readthedocs.io/en/stable/030_preparing_a_new_repo.html
 */
const repository = z.discriminatedUnion("kind", [
    z
        .strictObject({
            kind: z.literal("sftp"),
            address: z
                .string()
                .regex(
                    /^[A-Za-z0-9.:-]+$/,
                    says("is no address", "write one such as 203.0.113.40 or backups.example.org"),
                ),
            port,
            user,
            hostKey,
            folder: z
                .string()
                .regex(
                    /^\/[A-Za-z0-9._/-]+$/,
                    says("is no folder", "write one such as /srv/backups/commcare"),
                ),
        })
        .describe("A machine with SSH; its key is the secret hosts.backupsPrivateKey"),
    z
        .strictObject({ kind: z.literal("rest"), url: https, user: user.optional() })
        .describe("restic's rest-server; with `user` the secret hosts.backupsRestPassword"),
    z
        .strictObject({ kind: z.literal("s3"), url: https, region: z.string().min(1).optional() })
        .describe(
            "Whatever speaks S3; secrets hosts.backupsAccessKeyId and hosts.backupsSecretAccessKey",
        ),
]);

/** Copies off the hosts; the secret hosts.backupsPassword seals them. */
export const vmsBackups = z.strictObject({
    repository,
    hourUtc: wholeNumber(0, 23, "hours")
        .default(3)
        .describe("When copies are made: within half an hour after it"),
    keep: z
        .strictObject({
            daily: wholeNumber(1, 366, "copies").default(14),
            weekly: wholeNumber(0, 520, "copies").default(8),
            monthly: wholeNumber(0, 240, "copies").default(12),
        })
        .prefault({}),
    prune: z
        .boolean()
        .default(true)
        .describe(
            "false where the repository lets nothing be deleted: then whoever keeps it forgets old copies",
        ),
    drill: z
        .strictObject({
            day: z.enum(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]).default("Sun"),
            hourUtc: wholeNumber(0, 23, "hours").default(5),
            folder: z
                .string()
                .regex(
                    /^\/[A-Za-z0-9._/-]+$/,
                    says("is no folder", "write one such as /opt/data/steward-drill"),
                )
                .default("/var/lib/steward/drill")
                .describe("Where the newest copies are restored on trial: as large as the data"),
        })
        .prefault({}),
});

export type VmsBackupsSpec = z.infer<typeof vmsBackups>;
