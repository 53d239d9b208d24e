import type { EnvironmentRule } from "./rule";
import { hasGroup, hostsOf, repeated } from "./rule";

const file = "inventory.ini";

/** Groups that the loader or a role looks up by name, whether or not the cluster needs them. */
const neededGroups = [
    "celery",
    "pillowtop",
    "elasticsearch",
    "control",
    "proxy",
    "webworkers",
    "formplayer",
    "django_manage",
    "couchdb2",
    "couchdb2_proxy",
    "kafka",
    "zookeeper",
    "pg_standby",
];

export const inventoryRules: readonly EnvironmentRule[] = [
    {
        id: "groups-there",
        why: "The loader stops with a KeyError where a group is not there.",
        check(environment) {
            const needed = [...neededGroups, "postgresql"];
            return needed
                .filter((group) => !hasGroup(environment, group))
                .map((group) => ({
                    path: file,
                    message: `has no group ${group}`,
                    fix: "place its service on a machine",
                }));
        },
    },
    {
        id: "members-there",
        why: "Ansible takes a group of groups that are nowhere for an empty one.",
        check(environment) {
            return Object.entries(environment.inventory.children).flatMap(([group, members]) =>
                members
                    .filter((member) => !hasGroup(environment, member))
                    .map((member) => ({
                        path: `${file}:[${group}:children]`,
                        message: `${member} is no group`,
                        fix: "name a machine's group",
                    })),
            );
        },
    },
    {
        id: "one-line-each",
        why: "Two lines of one address become one host: six machines become four, and it validates.",
        check({ inventory: { hosts } }) {
            return [
                ...repeated(hosts.map(({ address }) => address)).map((address) => ({
                    path: file,
                    message: `${address || "no address"} is the address of ${hosts
                        .filter((host) => host.address === address)
                        .map(({ group }) => group)
                        .join(" and ")}`,
                    fix: "give each machine its own address",
                })),
                ...repeated(hosts.map(({ group }) => group)).map((group) => ({
                    path: file,
                    message: `${group} stands there twice`,
                    fix: "give each machine one line",
                })),
            ];
        },
    },
    {
        id: "addresses-there",
        why: "A line without an address makes a variable the name of the host.",
        check({ inventory: { hosts } }) {
            return hosts
                .filter(({ address }) => !/^[a-z0-9][a-z0-9.-]*$/i.test(address))
                .map(({ group, address }) => ({
                    path: `${file}:[${group}]`,
                    message: `${JSON.stringify(address)} is no address`,
                    fix: "write its private address, or leave the names of the private zone",
                }));
        },
    },
    {
        id: "hostnames-differ",
        why: "Search nodes, logs and monitors are told apart by it.",
        check({ inventory: { hosts } }) {
            const names = hosts.flatMap(({ variables }) => variables["hostname"] ?? []).map(String);
            return repeated(names).map((name) => ({
                path: file,
                message: `${name} is the hostname of two machines`,
                fix: "give each its own",
            }));
        },
    },
    {
        id: "disks-unlocked",
        why: "eCryptfs locks the data away at each restart, until somebody types the passphrase.",
        check({ inventory: { hosts } }) {
            return hosts
                .filter(({ variables }) => variables["hostname"] !== undefined)
                .filter(({ variables: { root_encryption_mode: mode = "ecryptfs" } }) => {
                    return mode === "ecryptfs";
                })
                .map(({ group }) => ({
                    path: `${file}:[${group}]`,
                    message: "leaves its disks to eCryptfs",
                    fix: "set root_encryption_mode to what encrypts them below the system",
                }));
        },
    },
    {
        id: "single-machine-with-a-card",
        why: "On one machine alone the first run turns a firewall on, and stops where no card is named for it.",
        check({ inventory: { hosts } }) {
            const machines = hosts.filter(({ variables }) => variables["hostname"] !== undefined);
            const [only] = machines;
            if (hosts.length > 1 || only?.variables["ufw_private_interface"] !== undefined)
                return [];
            return [
                {
                    path: `${file}:[${only?.group ?? ""}]`,
                    message: "is one machine alone, without ufw_private_interface",
                    fix: "name a card that it has; no rule is made for it",
                },
            ];
        },
    },
    {
        id: "keys-whole",
        why: "The loader refuses a known_hosts that leaves a host out.",
        check({ knownHosts, inventory: { hosts } }) {
            if (knownHosts === undefined) return [];
            const known = knownHosts.map((line) => line.split(" ")[0]?.replace(/^\[|\]:\d+$/g, ""));
            return hosts
                .filter(({ address }) => !known.includes(address))
                .map(({ group, address }) => ({
                    path: "known_hosts",
                    message: `leaves out ${address}, which is ${group}`,
                    fix: "write its public host key",
                }));
        },
    },
    {
        id: "numbers-differ",
        why: "Two brokers or two voters of one number keep each other from starting.",
        check(environment) {
            const { hosts } = environment.inventory;
            return (
                [
                    ["kafka", "kafka_broker_id"],
                    ["zookeeper", "zookeeper_server_id"],
                ] as const
            ).flatMap(([group, key]) => {
                const members = hostsOf(environment, group);
                const numbers = members.map((address) => {
                    const host = hosts.find((each) => each.address === address);
                    return String(host?.variables[key] ?? "none");
                });
                const wrong = [...repeated(numbers), ...numbers.filter((each) => each === "none")];
                return [...new Set(wrong)].map((number) => ({
                    path: `${file}:[${group}]`,
                    message: `${key} ${number} is not one machine's alone`,
                    fix: "number them",
                }));
            });
        },
    },
    {
        id: "voters-know-each-other",
        why: "ZooKeepers that are not told of one another each vote for themselves.",
        check(environment) {
            if (hostsOf(environment, "zookeeper").length < 2) return [];
            if (environment.public["zookeeper_cluster"] === true) return [];
            return [
                {
                    path: "public.yml:zookeeper_cluster",
                    message: "is not true, and there is more than one ZooKeeper",
                    fix: "set it to true",
                },
            ];
        },
    },
];
