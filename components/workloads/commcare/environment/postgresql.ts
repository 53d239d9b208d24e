import { machinesWith } from "../../../model/commcare/plan";
import type { EnvironmentInput } from "./input";
import { databaseGroup, groupOf } from "./inventory";

interface Database {
    readonly pgbouncer_endpoint: string;
    readonly pgbouncer_hosts: readonly string[];
}

/** What `postgresql.yml` says. */
export interface Postgresql {
    readonly DEFAULT_POSTGRESQL_HOST: string;
    readonly SEPARATE_SYNCLOGS_DB: boolean;
    readonly SEPARATE_FORM_PROCESSING_DBS: boolean;
    readonly REPORTING_DATABASES: Readonly<Record<string, string>>;
    readonly dbs: Readonly<
        Record<"main" | "formplayer" | "ucr", Database> & {
            auditcare?: Database;
            repeaters?: Database;
            synclogs: Database | null;
            form_processing: {
                readonly proxy: { readonly host: string };
                readonly partitions: Readonly<
                    Record<string, Database & { readonly shards: readonly [number, number] }>
                >;
            } | null;
        }
    >;
    readonly postgres_override: Readonly<Record<string, string | number>>;
    readonly pgbouncer_override: Readonly<Record<string, string | number>>;
}

/** Databases that one server of pgbouncer may have to serve: main, formplayer and reports. */
const usualDatabases = 3;

/** Where each database is reached: all by one address, or each by its own where the stack file says so. */
export function postgresqlOf({ spec }: EnvironmentInput): Postgresql {
    const { plan, commcare } = spec.workload;
    const said = commcare.databases;
    const pools = machinesWith(plan, "pgbouncer");
    const usual =
        plan.balancers.find(({ service }) => service === "pgbouncer")?.name ?? pools[0]?.name ?? "";
    const at = (endpoint: string = usual): Database => {
        const behind = plan.balancers.find(({ name }) => name === endpoint)?.machines ?? [endpoint];
        return { pgbouncer_endpoint: groupOf(endpoint), pgbouncer_hosts: behind.map(groupOf) };
    };
    const [managed] = plan.postgresql;
    const [server] = machinesWith(plan, "postgresql");
    const main = at(said?.main.endpoint);
    const connections = managed?.maxConnections ?? 200;
    const shards = said?.formProcessing;
    return {
        DEFAULT_POSTGRESQL_HOST:
            managed === undefined ? groupOf(server?.name ?? "") : databaseGroup(managed.name),
        SEPARATE_SYNCLOGS_DB: said?.synclogs !== undefined,
        SEPARATE_FORM_PROCESSING_DBS: shards !== undefined,
        REPORTING_DATABASES: { ucr: "ucr" },
        dbs: {
            main,
            formplayer: said?.formplayer === undefined ? main : at(said.formplayer.endpoint),
            ucr: said?.ucr === undefined ? main : at(said.ucr.endpoint),
            ...(said?.auditcare === undefined ? {} : { auditcare: at(said.auditcare.endpoint) }),
            ...(said?.repeaters === undefined ? {} : { repeaters: at(said.repeaters.endpoint) }),
            synclogs: said?.synclogs === undefined ? null : at(said.synclogs.endpoint),
            form_processing:
                shards === undefined
                    ? null
                    : {
                          proxy: { host: groupOf(shards.proxy) },
                          partitions: Object.fromEntries(
                              Object.entries(shards.partitions).map(([name, each]) => [
                                  name,
                                  { shards: each.shards, ...at(each.endpoint) },
                              ]),
                          ),
                      },
        },
        postgres_override: {
            postgresql_version: (managed?.version ?? "14").split(".")[0] ?? "14",
            // Reports of a day's work stay in a transaction for hours; a client that died does not.
            postgresql_idle_in_transaction_session_timeout: "86400000",
            postgresql_max_connections: connections,
        },
        pgbouncer_override: {
            pgbouncer_pool_mode: "transaction",
            pgbouncer_max_connections: 4_000,
            pgbouncer_pool_timeout: 1,
            pgbouncer_reserve_pool: 5,
            // All pools full, the server still takes an administrator.
            pgbouncer_default_pool:
                said?.pool ?? poolOf(connections, Math.max(1, pools.length), pools[0]?.vcpus ?? 2),
        },
    };
}

/** As many connections for each pool as the server has for all: machines × processes × databases of them. */
function poolOf(connections: number, machines: number, vcpus: number): number {
    const pools = machines * Math.min(2, vcpus) * usualDatabases;
    return Math.max(5, Math.floor((connections - 20) / pools) - 5);
}
