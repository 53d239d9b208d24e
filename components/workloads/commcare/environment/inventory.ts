import { hostName } from "../../../model/commcare/internal-names";
import { machineLayer } from "../../../model/commcare/machine-layer";
import type { Machine } from "../../../model/commcare/plan";
import { services } from "../../../model/commcare/services";
import { ownerOf } from "../../../model/matrix";
import type { EnvironmentInput } from "./input";

export interface Host {
    /** The one group that holds this host alone: how other files refer to it. */
    readonly group: string;
    readonly address: string;
    readonly variables: Readonly<Record<string, string | number>>;
}

/** What `inventory.ini` says. */
export interface Inventory {
    readonly hosts: readonly Host[];
    /** Groups of groups, each with the groups it consists of. */
    readonly children: Readonly<Record<string, readonly string[]>>;
    readonly variables: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Ansible takes no hyphen in a group: web-a1 → web_a1. */
export const groupOf = (name: string): string => name.replaceAll("-", "_");

/** The group of a database of the cloud, as commcare-cloud names it. */
export const databaseGroup = (name: string): string => `rds_${groupOf(name)}`;

const searchKinds = {
    es_master: "elasticsearch-master",
    es_data: "elasticsearch-data",
    es_coordinator: "elasticsearch-coordinator",
} as const;

/** Groups that commcare-cloud's roles look up whether or not anything is in them. */
const alwaysThere = ["pg_standby", "redis", "shared_dir_host"];

/** One line for each machine and each address of the cloud, and the groups that services install by. */
export function inventoryOf(input: EnvironmentInput): Inventory {
    const { spec, addresses } = input;
    const { plan } = spec.workload;
    const machines = plan.machines.map((machine) => hostOf(machine, input));
    const outside = [
        ...plan.postgresql.map(({ name }) => ({ group: databaseGroup(name), name })),
        ...plan.balancers.map(({ name }) => ({ group: groupOf(name), name })),
    ].map(({ group, name }): Host => {
        return { group, address: addresses.endpoints[name] ?? "", variables: {} };
    });
    const children: Record<string, string[]> = {};
    for (const group of alwaysThere) children[group] = [];
    const put = (group: string, member: string) => {
        const members = (children[group] ??= []);
        if (!members.includes(member)) members.push(member);
    };
    for (const { name, services: placed } of plan.machines) {
        const groups = placed.flatMap((slug) => services[slug].groups);
        for (const group of groups) {
            // A machine in front of shards pools connections by itself.
            if (group === "pgbouncer" && placed.includes("plproxy")) continue;
            put(group, groupOf(name));
        }
        if (placed.includes("postgresql")) put("pg_backup", groupOf(name));
    }
    for (const { name } of plan.postgresql) {
        put("remote_postgresql", databaseGroup(name));
        put("postgresql", "remote_postgresql");
        put("ansible_skip", "remote_postgresql");
    }
    for (const { name, service } of plan.balancers) {
        const groups = service === "pgbouncer" ? ["pgbouncer"] : ["couchdb2_proxy", "couchdb2_alb"];
        for (const group of [...groups, "ansible_skip"]) put(group, groupOf(name));
    }
    for (const kind of Object.keys(searchKinds)) {
        if (children[kind] !== undefined) put("elasticsearch", kind);
    }
    if (plan.sharedDirectory === "cloud") {
        for (const group of ["celery", "django_manage", "proxy", "pillowtop", "webworkers"]) {
            put("shared_efs_client_host", group);
        }
    }
    return { hosts: [...machines, ...outside], children, variables: searchVariables(children) };
}

function searchVariables(children: Readonly<Record<string, readonly string[]>>) {
    const roles = { es_master: ["true", "false"], es_coordinator: ["false", "false"] } as const;
    const entries = Object.entries(roles).flatMap(([group, [master, data]]) =>
        children[group] === undefined
            ? []
            : [[group, { elasticsearch_master: master, elasticsearch_data: data }] as const],
    );
    return Object.fromEntries(entries);
}

function hostOf(machine: Machine, { spec, addresses, hosts }: EnvironmentInput): Host {
    const { name, services: placed, dataGiB, vcpus } = machine;
    const { plan } = spec.workload;
    const nth = (slug: "kafka" | "zookeeper") =>
        1 +
        plan.machines
            .filter((each) => each.services.includes(slug))
            .findIndex((each) => each.name === name);
    const variables: Record<string, string | number> = {
        hostname: hostName(spec.name, name),
        ...(hosts.privateInterface === undefined
            ? {}
            : { ufw_private_interface: hosts.privateInterface }),
        ansible_python_interpreter: "/usr/bin/python3",
        root_encryption_mode: hosts.encryption,
    };
    if (dataGiB !== null && hosts.dataDevice !== undefined) {
        variables["datavol_device"] = hosts.dataDevice;
        variables["datavol_device1"] = hosts.dataDevice;
        if (hosts.encryption === "aws") variables["is_datavol_ebsnvme"] = "yes";
    }
    if (placed.includes("kafka")) variables["kafka_broker_id"] = nth("kafka");
    if (placed.includes("zookeeper")) variables["zookeeper_server_id"] = nth("zookeeper");
    if (placed.some((slug) => slug.startsWith("elasticsearch"))) {
        variables["elasticsearch_node_name"] = groupOf(name);
        variables["elasticsearch_node_zone"] = hosts.zones[machine.zone] ?? spec.region;
    }
    if (placed.includes("pgbouncer") || placed.includes("plproxy")) {
        variables["pgbouncer_processes"] = Math.min(2, vcpus);
    }
    if (placed.includes("celery")) variables["swap_size"] = "4G";
    if (placed.includes("couchdb")) variables["swap_size"] = "8G";
    return {
        group: groupOf(name),
        address: addresses.machines[name] ?? "",
        variables: { ...variables, ...hosts.ofMachine?.[name], ...owners(machine, spec) },
    };
}

/** Who answers for a machine's service, for its operating system and for the machine itself. */
function owners(machine: Machine, { matrix }: EnvironmentInput["spec"]) {
    const layer = machineLayer(machine);
    const owner = ownerOf(matrix, layer);
    return {
        owner_layer: layer,
        owner_role: owner?.role ?? "nobody",
        owner_party: owner?.party ?? "nobody",
        owner_os: ownerOf(matrix, "operating-system")?.role ?? "nobody",
        owner_hosting: ownerOf(matrix, "hosting")?.role ?? "nobody",
    };
}

/** The text of `inventory.ini`. */
export function inventoryText({ hosts, children, variables }: Inventory): string {
    const blocks = [
        ...hosts.map(({ group, address, variables: of }) => {
            const words = Object.entries(of).map(([key, value]) => `${key}=${value}`);
            return `[${group}]\n${[address, ...words].join(" ")}`;
        }),
        ...Object.entries(children).map(([group, members]) =>
            // An empty `:children` would name a group that is nowhere.
            members.length === 0 ? `[${group}]` : `[${group}:children]\n${members.join("\n")}`,
        ),
        ...Object.entries(variables).map(([group, of]) => {
            const words = Object.entries(of).map(([key, value]) => `${key}=${value}`);
            return `[${group}:vars]\n${words.join("\n")}`;
        }),
    ];
    return `${blocks.join("\n\n")}\n`;
}
