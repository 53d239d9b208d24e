import { parseSpec } from "../../../../components/model/spec";
import { stackConfig } from "../../../support/stack-file";

type Section = Record<string, unknown>;

interface Config extends Section {
    readonly vms: Section & {
        hosts: Record<string, Section>;
        k3s: Section & { volumes: Record<string, Record<string, Section>> };
    };
    readonly jupyterhub: { readonly hubs: Section[] };
}

function problems(change: (config: Config) => unknown): string[] {
    const config = stackConfig("jupyterhub-vms") as unknown as Config;
    change(config);
    return parseSpec(config).problems.map(
        ({ path, message, fix }) => `${path}: ${message}; ${fix}`,
    );
}

const hub = ({ jupyterhub }: Config): Section => jupyterhub.hubs[0] ?? {};
const volumes = ({ vms }: Config) => vms.k3s.volumes;

type Case = [name: string, change: (config: Config) => unknown, expected: string[]];

describe("hubs on hosts", () => {
    it("fit as the stack file has them", () => {
        expect(problems(() => undefined)).toEqual([]);
    });

    it.each<Case>([
        [
            "with budgets, which nobody counts",
            (config) => {
                hub(config)["budget"] = { monthlyUsd: 900 };
                config["budgets"] = { university: { monthlyUsd: 1_000 } };
            },
            ["jupyterhub.hubs[0].budget", "budgets.university"].map(
                (path) =>
                    `steward:${path}: is counted from the bill of a cloud, and hosts send none; remove it; what the hosts cost is between their payer and whoever answers for hosting`,
            ),
        ],
        [
            "without Kubernetes",
            ({ vms }) => Reflect.deleteProperty(vms, "k3s"),
            [
                "steward:vms.k3s: is missing; say which hosts run Kubernetes, and which release of k3s",
            ],
        ],
        [
            "with two servers, of which neither is most",
            ({ vms }) => (vms.k3s["servers"] = ["node-2", "node-3"]),
            [
                "steward:vms.k3s.servers: names 2: etcd needs more than half of them to agree; name one, or three of which one may fail",
                "steward:vms.k3s.volumes.staging.homes.host: node-3 is no host that users' servers run on; take one of: node-1",
            ],
        ],
        [
            "with a server that is no host, and one named twice",
            ({ vms }) => (vms.k3s["servers"] = ["node-2", "node-3", "node-9"]),
            [
                "steward:vms.k3s.servers[2]: node-9 is no host; take some of: node-1, node-2, node-3",
                "steward:vms.k3s.volumes.staging.homes.host: node-3 is no host that users' servers run on; take one of: node-1",
            ],
        ],
        [
            "with images from nowhere",
            ({ vms }) => Object.assign(vms.k3s["checksums"] as Section, { images: "0".repeat(64) }),
            [
                "steward:vms.k3s.checksums.images: are images that come from a mirror; name the mirror that has them, or remove it",
            ],
        ],
        [
            "behind a jump host, with no way to the API",
            ({ vms }) =>
                (vms["jump"] = {
                    address: "198.51.100.7",
                    user: "gate",
                    hostKey: vms.hosts["node-1"]?.["hostKey"],
                }),
            [
                "steward:vms.k3s.apiServer: is missing, and nobody reaches port 6443 but through the jump host; open a tunnel (ssh -L 6443:<first server>:6443 gate@198.51.100.7) and write https://127.0.0.1:6443",
            ],
        ],
        [
            "with ranges that hide a host, or one another",
            ({ vms }) =>
                Object.assign(vms.k3s, { podCidr: "192.0.0.0/16", serviceCidr: "192.0.4.0/24" }),
            [
                "steward:vms.k3s.podCidr: holds the address of node-1, which pods would reach no more; take a range that nothing else has",
                "steward:vms.k3s.serviceCidr: overlaps with 192.0.0.0/16; keep pods and services apart",
            ],
        ],
        [
            "with hosts of one address, or of no name",
            ({ vms }) => {
                vms.hosts["Node_4"] = { ...vms.hosts["node-3"] };
                vms.hosts["node-5"] = { ...vms.hosts["node-3"], address: "192.0.2.25" };
                Object.assign(volumes, {});
                vms.k3s.volumes["staging"] = { homes: { host: "node-5" } };
            },
            [
                "steward:vms.hosts.Node_4: has the address 192.0.2.23 of node-3; give each host its own",
                "steward:vms.hosts.Node_4: is no name of a node; use up to 63 of a-z, 0-9 and -, as of a host's name",
            ],
        ],
        [
            "whose homes have no place, or a wrong one",
            (config) => {
                volumes(config)["hub"] = { homes: { host: "node-9", device: "/dev/sdb" } };
                volumes(config)["staging"] = { homes: { host: "node-3", device: "/dev/sdb" } };
                volumes(config)["other"] = {};
            },
            [
                "steward:vms.k3s.volumes.other: is no hub; take some of: hub, staging",
                "steward:vms.k3s.volumes.hub.homes.host: node-9 is no server, where homes are exported; take one of: node-1, node-2, node-3",
                "steward:vms.k3s.volumes.staging.homes.device: is a disk, and local-path takes a directory; remove it, or take storage: nfs",
            ],
        ],
        [
            "whose homes are missing, and whose database is nowhere",
            (config) => {
                volumes(config)["hub"] = { database: { host: "node-9" } };
                volumes(config)["staging"] = {};
            },
            [
                "steward:vms.k3s.volumes.hub.database.host: node-9 is no server, where the hub runs; take one of: node-1, node-2, node-3",
                "steward:vms.k3s.volumes.hub.homes: is missing; write host and device",
                "steward:vms.k3s.volumes.staging.homes: is missing; write the host",
            ],
        ],
        [
            "whose homes are on no disk, or on one disk",
            (config) => {
                volumes(config)["hub"] = { homes: { host: "node-2" } };
                config.jupyterhub.hubs[1] = {
                    ...hub(config),
                    name: "third",
                    domain: "third.campus.example.org",
                };
                config.jupyterhub.hubs[2] = {
                    ...hub(config),
                    name: "fourth",
                    domain: "fourth.campus.example.org",
                };
                const { staging: _, ...others } = volumes(config);
                const homes = { host: "node-3", device: "/dev/sdb" };
                config.vms.k3s.volumes = { ...others, third: { homes }, fourth: { homes } };
            },
            [
                "steward:vms.k3s.volumes.hub.homes.device: is missing; name a disk of the host that is for these homes alone",
                "steward:vms.k3s.volumes.fourth.homes.device: /dev/sdb of node-3 has the homes of third; give each hub its own",
            ],
        ],
        [
            "with homes that are nowhere, and a place for them",
            (config) => (hub(config)["homes"] = { storage: "none" }),
            ["steward:vms.k3s.volumes.hub.homes: are not kept by storage: none; remove it"],
        ],
        [
            "with operators who have accounts of something else, or whom Steward comes in as",
            ({ vms }) => {
                vms.hosts["node-2"] = { ...vms.hosts["node-2"], user: "debian" };
                vms["operators"] = ["root", "debian", "adiallo"].map((name) => {
                    return { name, sshKey: "ssh-ed25519 AAAA" };
                });
            },
            [
                "steward:vms.operators[0].name: root is an account that hosts have for something else; choose another name",
                "steward:vms.operators[1].name: debian is whom Steward comes in to node-2 as; choose another name",
            ],
        ],
        [
            "watched as machines of CommCare are, copied to themselves, or with one disk for two folders",
            ({ vms }) => {
                vms["monitoring"] = { heartbeat: true };
                vms["backups"] = { repository: { kind: "rest", url: "https://192.0.2.22/x" } };
                const device = "/dev/disk/by-id/virtio-data";
                vms.hosts["node-1"] = {
                    ...vms.hosts["node-1"],
                    disks: ["/srv/a", "/srv/b"].map((mount) => ({ device, mount })),
                };
            },
            [
                "steward:vms.backups.repository.url: is node-2, a host of this cluster: what takes the cluster takes its copies; name a machine or a store that is none of the cluster's",
                "steward:vms.hosts.node-1.disks[1].device: is the disk of /srv/a too; give each folder a disk of its own",
                "steward:vms.monitoring: says how machines of CommCare are watched; remove it; alerts of hubs go through steward:vms.k3s.mail, their sign of life by steward:vms.k3s.heartbeat",
            ],
        ],
        [
            "with what only a cloud has",
            (config) => {
                Object.assign(hub(config), {
                    database: { kind: "rds" },
                    scratch: { bucket: "campus-scratch", deleteAfterDays: 7 },
                    persistent: { bucket: "campus-persistent" },
                    accessLogs: { bucket: "campus-logs" },
                    datasets: [{ bucket: "campus-data" }],
                    images: {},
                    daskGateway: {},
                    machines: ["user", "gpu", "dask"],
                    cloudPermissions: { readBuckets: ["others-data"] },
                });
            },
            [
                "database.kind: rds is a database of a cloud; take sqlite-pvc",
                "scratch: is a bucket, and no cloud is here to make one; remove it; what users' servers may reach by an address is said in `reaches`",
                "persistent: is a bucket, and no cloud is here to make one; remove it; what users' servers may reach by an address is said in `reaches`",
                "accessLogs: are of buckets of a cloud; remove it",
                "datasets: are buckets of a cloud; remove it; what users' servers may reach by an address is said in `reaches`",
                "images: is a registry of a cloud; push to one of yours",
                "cloudPermissions: are rights in a cloud; remove it",
                "daskGateway: starts machines, which nobody starts here; remove it",
                "machines: names machines that would be started for it; write [user]: users' servers run on the agents, or on the servers where there are none",
            ].map((each) => `steward:jupyterhub.hubs[0].${each}`),
        ],
        [
            "with homes of a cloud",
            (config) => {
                hub(config)["homes"] = { storage: "efs" };
                Reflect.deleteProperty(volumes(config)["hub"] ?? {}, "homes");
            },
            [
                "steward:jupyterhub.hubs[0].homes.storage: efs is of a cloud; take nfs, local-path or none",
            ],
        ],
        [
            "with roles of Azure",
            (config) => {
                const scope = `/subscriptions/${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}/resourceGroups/others/providers/Microsoft.Storage/storageAccounts/others`;
                hub(config)["cloudPermissions"] = {
                    roles: [{ role: "Storage Blob Data Reader", scope }],
                };
            },
            ["steward:jupyterhub.hubs[0].cloudPermissions: are rights in a cloud; remove it"],
        ],
        [
            "of another release, checksum, mirror, device or address than one",
            ({ vms }) => {
                Object.assign(vms.k3s, {
                    version: "latest",
                    checksums: { script: "abc", binary: "0".repeat(64) },
                    mirror: "mirror.example.org/",
                    apiServer: "192.0.2.21",
                });
            },
            [
                'steward:vms.k3s.version: "latest" is no release of k3s; write one such as v1.36.4+k3s1',
                'steward:vms.k3s.checksums.script: "abc" is no SHA-256; write its 64 hexadecimal digits',
                'steward:vms.k3s.mirror: "mirror.example.org/" is no URL; write https://…',
                'steward:vms.k3s.apiServer: "192.0.2.21" is no address of an API server; write one such as https://127.0.0.1:6443',
            ],
        ],
    ])("are refused %s", (_, change, expected) => {
        expect(problems(change)).toEqual(expected);
    });

    it("have directories of hosts to themselves: clouds and CommCare refuse them, and k3s", () => {
        for (const cloud of ["jupyterhub-aws", "jupyterhub-azure"]) {
            const config = stackConfig(cloud) as unknown as Config;
            hub(config)["homes"] = { storage: "local-path" };
            expect(parseSpec(config).problems).toMatchObject([
                {
                    path: "steward:jupyterhub.hubs[0].homes.storage",
                    message: "local-path is a directory of a host, which a cloud takes away again",
                },
            ]);
        }
        const { vms } = stackConfig("jupyterhub-vms") as unknown as Config;
        const commcare = stackConfig("commcare-vms") as unknown as Config;
        const with_ = { ...commcare, vms: { ...commcare.vms, k3s: vms.k3s } };
        expect(parseSpec(with_).problems.map(({ path }) => path)).toEqual(["steward:vms.k3s"]);
    });
});
