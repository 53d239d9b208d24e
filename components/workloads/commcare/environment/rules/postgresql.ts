import type { EnvironmentRule } from "./rule";
import { hostsOf } from "./rule";

const file = "postgresql.yml";

export const postgresqlRules: readonly EnvironmentRule[] = [
    {
        id: "databases-separate-or-not",
        why: "The loader takes a separate database only with its flag, and the flag only with the database.",
        check({ postgresql }) {
            const { dbs } = postgresql;
            return (
                [
                    ["SEPARATE_SYNCLOGS_DB", "synclogs"],
                    ["SEPARATE_FORM_PROCESSING_DBS", "form_processing"],
                ] as const
            )
                .filter(([flag, key]) => postgresql[flag] !== (dbs[key] !== null))
                .map(([flag, key]) => ({
                    path: `${file}:${flag}`,
                    message: `is ${String(postgresql[flag])}, and dbs.${key} says otherwise`,
                    fix: `set both, or neither with dbs.${key}: null`,
                }));
        },
    },
    {
        id: "shards-whole",
        why: "A form whose shard is nowhere cannot be stored.",
        check({ postgresql: { dbs } }) {
            const partitions = dbs.form_processing?.partitions;
            if (partitions === undefined) return [];
            const path = `${file}:dbs.form_processing.partitions`;
            const names = Object.keys(partitions);
            const say = (message: string, fix: string) => [{ path, message, fix }];
            const odd = names.find((name, at) => name !== `p${at + 1}`);
            if (odd !== undefined || names.length === 0) {
                return say(`${odd ?? "none"} is out of turn`, "name them p1, p2, …");
            }
            let next = 0;
            for (const [name, { shards }] of Object.entries(partitions)) {
                if (shards[0] !== next || shards[1] < shards[0]) {
                    return say(`${name} does not go on at ${next}`, "leave no gap and no overlap");
                }
                next = shards[1] + 1;
            }
            if ((next & (next - 1)) === 0) return [];
            return say(`has ${next} shards`, "take a power of two");
        },
    },
    {
        id: "reports-somewhere",
        why: "REPORTING_DATABASES may name databases of dbs only.",
        check({ postgresql: { REPORTING_DATABASES: reports, dbs } }) {
            return Object.values(reports)
                .filter((alias) => alias !== "default" && !Object.hasOwn(dbs, alias))
                .map((alias) => ({
                    path: `${file}:REPORTING_DATABASES`,
                    message: `${alias} is no database`,
                    fix: `take one of: ${Object.keys(dbs).join(", ")}`,
                }));
        },
    },
    {
        id: "database-hosts-known",
        why: "A word that is no host, or a group of several, stops the loader.",
        check(environment) {
            const { DEFAULT_POSTGRESQL_HOST: usual, dbs } = environment.postgresql;
            const { form_processing: shards, ...plain } = dbs;
            const databases = [...Object.values(plain), ...Object.values(shards?.partitions ?? {})];
            const words = [
                usual,
                ...(shards === null ? [] : [shards.proxy.host]),
                ...databases.flatMap((each) =>
                    each === null ? [] : [each.pgbouncer_endpoint, ...each.pgbouncer_hosts],
                ),
            ];
            return [...new Set(words)]
                .filter((word) => hostsOf(environment, word).length !== 1)
                .map((word) => ({
                    path: file,
                    message: `${JSON.stringify(word)} stands for ${hostsOf(environment, word).length} hosts`,
                    fix: "write the group of one machine, database or balancer",
                }));
        },
    },
    {
        id: "connections-fit",
        why: "Pools that hold more connections than the server takes fail under load, and only then.",
        check({ postgresql: { postgres_override: server, pgbouncer_override: pool } }) {
            const most = Number(server["postgresql_max_connections"]);
            const wanted = Number(pool["pgbouncer_default_pool"]);
            if (wanted < most) return [];
            const message = `${wanted} in each pool, and the server takes ${most}`;
            const fix = "make the pool smaller, or the server's limit larger";
            return [{ path: `${file}:pgbouncer_override`, message, fix }];
        },
    },
];
