import { z } from "zod";
import { triedCommit } from "../commcare/control-machine";
import { says, slug, wholeNumber } from "./shared";

/** People who look after the machines by SSH: commcare-cloud makes an account for each. */
export const operators = z
    .array(
        z.strictObject({
            name: z
                .string()
                .regex(
                    /^[a-z_][a-z0-9_-]{0,31}$/,
                    says("is no name of an account", "write one such as adiallo"),
                ),
            sshKey: z
                .string()
                .regex(
                    /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/=]+( .*)?$/,
                    says("is no public key", "write the one line of the .pub file"),
                ),
        }),
    )
    .min(1, says("names nobody", "name who may sign in to the machines"))
    .describe("Who may sign in to the machines, with a public key each");

/** Where commcare-cloud reads secrets, by its own words. */
export const secretsBackend = z.enum(["aws-secrets", "ansible-vault"]);
export type SecretsBackend = z.infer<typeof secretsBackend>;

/** Which commcare-cloud installs the cluster. */
export const commcareCloud = z
    .string()
    .regex(/^[0-9a-f]{40}$/, says("is no commit", "write all 40 of its letters and digits"))
    .default(triedCommit);

/** How CommCare sends mail; user and password stand with the secrets. */
export const mail = z.strictObject({
    smtpHost: z.string().min(1),
    smtpPort: wholeNumber(1, 65_535, "a port").default(587),
    from: z.email().describe("What mail of the site is from"),
    support: z.email().describe("Where users write to"),
    server: z.email().describe("Who is told of errors"),
});

const queue = z.strictObject({
    concurrency: wholeNumber(1, 1_000, "tasks").optional(),
    pooling: z.enum(["gevent", "prefork"]).optional(),
    max_tasks_per_child: wholeNumber(1, 100_000, "tasks").optional(),
    num_workers: wholeNumber(1, 100, "workers").optional(),
    prefetch_multiplier: wholeNumber(1, 1_000, "tasks").optional(),
});

const pillow = z.strictObject({
    num_processes: wholeNumber(1, 200, "processes").optional(),
    start_process: wholeNumber(0, 200, "a number").optional(),
    total_processes: wholeNumber(1, 200, "processes").optional(),
    gevent_workers: wholeNumber(0, 200, "workers").optional(),
    dedicated_migration_process: z.boolean().optional(),
    processor_chunk_size: wholeNumber(0, 10_000, "changes").optional(),
});

const machine = z.string().describe("Name of a machine, such as celery-a1");

/** Which machine runs which queue and pillow, by the words of commcare-cloud; without it: spread evenly. */
export const processes = z.strictObject({
    formplayerMemory: z
        .string()
        .regex(/^\d+[gm]$/, says("is no memory", "write it as in 2g"))
        .optional(),
    celery: z.record(machine, z.record(z.string(), queue)),
    pillows: z.record(machine, z.record(z.string(), pillow)),
    managementCommands: z.record(machine, z.array(z.string())).default({}),
});

const endpoint = z.strictObject({
    endpoint: z.string().describe("A balancer of pgbouncer, or a machine"),
});

const partition = endpoint.extend({
    shards: z.tuple([wholeNumber(0, 65_535, "a shard"), wholeNumber(0, 65_535, "a shard")]),
});

/** Databases with an address of their own; without it all share one. */
export const databases = z.strictObject({
    main: endpoint,
    formplayer: endpoint.optional(),
    ucr: endpoint.optional(),
    synclogs: endpoint.optional(),
    auditcare: endpoint.optional(),
    repeaters: endpoint.optional(),
    formProcessing: z
        .strictObject({ proxy: machine, partitions: z.record(slug, partition) })
        .optional()
        .describe("Shards of forms and cases behind PL/Proxy"),
    pool: wholeNumber(1, 5_000, "connections").optional().describe("Of each database's pool"),
});
export type Queue = z.infer<typeof queue>;
export type Pillow = z.infer<typeof pillow>;
