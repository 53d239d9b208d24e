import { machinesWith } from "../../../model/commcare/plan";
import type { AppProcesses } from "./app-processes";
import { appProcessesOf } from "./app-processes";
import type { EnvironmentInput } from "./input";
import type { Inventory } from "./inventory";
import { inventoryOf } from "./inventory";
import type { Postgresql } from "./postgresql";
import { postgresqlOf } from "./postgresql";
import type { Public } from "./public";
import { publicOf } from "./public";

/** A commcare-cloud environment as data: what its rules look at, before it is files. */
export interface Environment {
    readonly name: string;
    readonly meta: {
        readonly deploy_env: string;
        readonly env_monitoring_id: string;
        readonly users: readonly string[];
        readonly secrets_backend: string;
    };
    readonly proxy: Readonly<Record<string, unknown>> & { readonly SITE_HOST: string };
    readonly fabSettings: Readonly<Record<string, unknown>>;
    readonly elasticsearch: unknown;
    readonly inventory: Inventory;
    readonly appProcesses: AppProcesses;
    readonly postgresql: Postgresql;
    readonly public: Public;
    /** By name of the group of people. */
    readonly users: Readonly<
        Record<string, { readonly present: readonly string[]; readonly absent: readonly string[] }>
    >;
    /** Public key of each person. */
    readonly keys: Readonly<Record<string, string>>;
    /** Secrets that the platform made, by variable: where each is read. */
    readonly platformSecrets: Readonly<Record<string, string>>;
}

/** The environment of a cluster. Pure; `checkEnvironment` says what is wrong with it. */
export function environmentOf(input: EnvironmentInput): Environment {
    const { spec, addresses, hosts } = input;
    const { plan, commcare } = spec.workload;
    const nodes = machinesWith(plan, "elasticsearch").length;
    const dataNodes = machinesWith(plan, "elasticsearch-data").length;
    const people = `${spec.name}-operators`;
    return {
        name: spec.name,
        meta: {
            deploy_env: spec.name,
            env_monitoring_id: spec.name,
            users: [people],
            secrets_backend: "ansible-vault",
        },
        proxy: {
            SITE_HOST: commcare.domain,
            // The world's certificate is the load balancer's; behind it nginx shows one of its own making.
            fake_ssl_cert: true,
            primary_ssl_env: spec.name,
            nginx_hsts_max_age: 31_536_000,
            trusted_proxies: [addresses.cidr],
        },
        fabSettings:
            plan.machines.length === 1
                ? {}
                : { shared_dir_for_staticfiles: `/mnt/shared_${spec.name}/temp` },
        elasticsearch: {
            settings: { default: { number_of_replicas: nodes + dataNodes > 1 ? 1 : 0 } },
        },
        inventory: inventoryOf(input),
        appProcesses: appProcessesOf(input),
        postgresql: postgresqlOf(input),
        public: publicOf(input),
        users: { [people]: { present: commcare.operators.map(({ name }) => name), absent: [] } },
        keys: Object.fromEntries(commcare.operators.map(({ name, sshKey }) => [name, sshKey])),
        platformSecrets: hosts.secrets,
    };
}
