import { neededSecrets } from "../../../../components/model/secrets";
import { parseSpec } from "../../../../components/model/spec";
import { stackConfig } from "../../../support/stack-file";

type Vms = Record<string, unknown> & { hosts: Record<string, Record<string, unknown>> };

function problems(change: (vms: Vms) => unknown): string[] {
    const config = stackConfig("commcare-vms") as Record<string, unknown> & { vms: Vms };
    change(config.vms);
    return parseSpec(config).problems.map(
        ({ path, message, fix }) => `${path}: ${message}${fix === "" ? "" : `; ${fix}`}`,
    );
}

const hostOf = ({ hosts }: Vms, name: string): Record<string, unknown> => hosts[name] ?? {};

/** Repositories by SSH that lie where the data lies. */
function copies(wrong: [string, string][]): [string, (vms: Vms) => unknown, string[]][] {
    return wrong.map(([address, message]) => [
        `copies on ${address}`,
        (vms) => {
            vms["jump"] = {
                address: "198.51.100.7",
                reachedAt: "gate.example.org",
                hostKey: "ssh-ed25519 AAAA",
            };
            const { repository } = vms["backups"] as { repository: object };
            vms["backups"] = { repository: { ...repository, address } };
        },
        [
            `steward:vms.backups.repository.address: ${message}; name a machine or a store that is none of the cluster's`,
        ],
    ]);
}

/** Disks of one host. */
function disks(wrong: [object[], string][]): [string, (vms: Vms) => unknown, string[]][] {
    return wrong.map(([all, problem]) => [
        `disks ${JSON.stringify(all)}`,
        (vms) => (hostOf(vms, "db-a1")["disks"] = all),
        [`steward:vms.hosts.db-a1.disks${problem}`],
    ]);
}

describe("the hosts of a stack file", () => {
    it("fit the plan that follows from the users", () => {
        expect(problems(() => undefined)).toEqual([]);
    });

    it.each<[string, (vms: Vms) => unknown, string[]]>([
        [
            "a machine without a host",
            ({ hosts }) => Reflect.deleteProperty(hosts, "web-a2"),
            [
                "steward:vms.hosts.web-a2: is a machine of the plan, and no host is named for it; write its address and host key, or change the plan",
            ],
        ],
        [
            "a host that is no machine",
            (vms) =>
                (vms.hosts["cache-a1"] = {
                    ...hostOf(vms, "web-a1"),
                    address: "192.0.2.99",
                    address6: "2001:db8::99",
                }),
            [
                "steward:vms.hosts.cache-a1: is no machine of the plan; take some of: control-a1, proxy-a1, web-a1, web-a2, sql-a1, db-a1",
            ],
        ],
        [
            "an address twice",
            (vms) => (hostOf(vms, "web-a2")["address"] = "192.0.2.13"),
            [
                "steward:vms.hosts.web-a2: has the address 192.0.2.13 of web-a1; give each host its own",
            ],
        ],
        [
            "a rack that the plan has otherwise",
            (vms) => {
                vms["zones"] = ["north", "south"];
                hostOf(vms, "sql-a1")["zone"] = "south";
            },
            [
                "steward:vms.hosts.web-b1: is a machine of the plan, and no host is named for it; write its address and host key, or change the plan",
                "steward:vms.hosts.web-a2: is no machine of the plan; take some of: control-a1, proxy-a1, web-a1, web-b1, sql-a1, db-a1",
                "steward:vms.hosts.sql-a1.zone: stands in south, and the plan has it in north; order it in north, or set `zones` of its line in steward:commcare.plan",
            ],
        ],
        [
            "what is no address, no range and no key",
            (vms) => {
                hostOf(vms, "web-a1")["address"] = "web.example.org";
                hostOf(vms, "web-a1")["hostKey"] = "AAAA";
                vms["administrators"] = ["everybody"];
            },
            [
                'steward:vms.hosts.web-a1.address: "web.example.org" is no IPv4 address; write one such as 192.0.2.11',
                'steward:vms.hosts.web-a1.hostKey: "AAAA" is no public host key; write kind and key of a .pub file in /etc/ssh of the host, without the comment',
                'steward:vms.administrators[0]: "everybody" is no range of addresses; write one such as 192.0.2.0/28 or 2001:db8::/48',
            ],
        ],
        [
            "nobody who may come in",
            (vms) => (vms["administrators"] = []),
            [
                "steward:vms.administrators: [] names nobody; name the addresses that may open SSH, those of Steward among them",
            ],
        ],
        ...copies([
            [
                "192.0.2.16",
                "is db-a1, a host of this cluster: what takes the cluster takes its copies",
            ],
            [
                "2001:db8::11",
                "is control-a1, a host of this cluster: what takes the cluster takes its copies",
            ],
            [
                "web-a1",
                "is web-a1, a host of this cluster: what takes the cluster takes its copies",
            ],
            ["127.0.0.1", "127.0.0.1 is each host itself, whose disk it protects"],
            ["198.51.100.7", "is the jump host, by which every host can be entered"],
            ["gate.example.org", "is the jump host, by which every host can be entered"],
        ]),
        ...disks([
            [
                [{ device: "/dev/sdb", mount: "/opt/data" }],
                '[0].device: "/dev/sdb" may be another disk after a restart; write its path below /dev/disk/by-id/, or `unstableName: accepted`',
            ],
            [
                [{ device: "/dev/disk/by-id/a", mount: "/home" }],
                '[0].mount: "/home" is no folder for data; write one below /opt, /srv, /var/lib, /data or /mnt',
            ],
            [
                [
                    { device: "/dev/disk/by-id/a", mount: "/opt/data" },
                    { device: "/dev/disk/by-id/a", mount: "/srv/data" },
                ],
                "[1].device: is the disk of /opt/data too; give each folder a disk of its own",
            ],
            [
                [
                    { device: "/dev/disk/by-id/a", mount: "/opt/data" },
                    { device: "/dev/disk/by-id/b", mount: "/opt/data/couchdb2" },
                ],
                "[1].mount: and /opt/data lie in one another; take folders side by side",
            ],
        ]),
        [
            "copies over HTTP that end on a host of the cluster",
            (vms) =>
                (vms["backups"] = {
                    repository: { kind: "rest", url: "https://[2001:db8::16]:8000/commcare" },
                }),
            [
                "steward:vms.backups.repository.url: is db-a1, a host of this cluster: what takes the cluster takes its copies; name a machine or a store that is none of the cluster's",
            ],
        ],
        [
            "copies over HTTP in clear, or with a password in their address",
            (vms) =>
                (vms["backups"] = {
                    repository: { kind: "s3", url: "http://s3.example.org/commcare" },
                }),
            [
                'steward:vms.backups.repository.url: "http://s3.example.org/commcare" is no address of a repository; write one such as https://backups.example.org/commcare',
            ],
        ],
    ])("are refused with %s", (_, change, expected) => {
        expect(problems(change)).toEqual(expected);
    });

    it.each<[string, Record<string, unknown>, string]>([
        [
            "a service of a cloud",
            { stands: { redis: "cloud" } },
            "steward:commcare.stands.redis: asks for a service of a cloud, and there is none here; place it on a machine",
        ],
        [
            "an account that commcare-cloud makes",
            { operators: [{ name: "ansible", sshKey: "ssh-ed25519 AAAA" }] },
            "steward:commcare.operators[0].name: ansible is an account that hosts have for something else; choose another name",
        ],
        [
            "an account of Steward's",
            { operators: [{ name: "commcare-cloud", sshKey: "ssh-ed25519 AAAA" }] },
            "steward:commcare.operators[0].name: commcare-cloud is an account that hosts have for something else; choose another name",
        ],
        [
            "whom Steward comes in as",
            { operators: [{ name: "ubuntu", sshKey: "ssh-ed25519 AAAA" }] },
            "steward:commcare.operators[0].name: ubuntu is whom Steward comes in to control-a1 as; choose another name",
        ],
    ])("take no CommCare with %s", (_, change, expected) => {
        const config = stackConfig("commcare-vms");
        const commcare = { ...(config["commcare"] as object), ...change };
        const found = parseSpec({ ...config, commcare }).problems;
        expect(found.map(({ path, message, fix }) => `${path}: ${message}; ${fix}`)).toContain(
            expected,
        );
    });

    it("ask for a certificate over one proxy alone", () => {
        const twoProxies = (vms: Vms) => {
            vms["certificate"] = "lets-encrypt";
            vms.hosts["proxy-a2"] = { ...hostOf(vms, "proxy-a1"), address: "192.0.2.20" };
            Reflect.deleteProperty(vms.hosts["proxy-a2"], "address6");
        };
        const config = stackConfig("commcare-vms") as Record<string, unknown> & { vms: Vms };
        twoProxies(config.vms);
        const plan = { machines: { proxy: { count: 2 } } };
        const commcare = { ...(config["commcare"] as object), plan };
        expect(parseSpec({ ...config, commcare }).problems).toEqual([
            {
                path: "steward:vms.certificate",
                message:
                    "is lets-encrypt, and proxy-a1 and proxy-a2 would each be asked for the other's proof",
                fix: "write given, or plan one proxy",
            },
        ]);
        config.vms["certificate"] = "given";
        expect(parseSpec({ ...config, commcare }).problems).toEqual([]);
    });

    it("need their section, and no cloud's", () => {
        const { vms: _, ...without } = stackConfig("commcare-vms");
        const paths = (config: object) =>
            parseSpec(config as Record<string, unknown>).problems.map(({ path }) => path);
        expect(paths(without)).toContain("steward:vms");
        const { aws } = stackConfig("commcare-aws");
        expect(paths({ ...stackConfig("commcare-vms"), aws })).toContain("steward:aws");
    });

    it("take a disk by a name that changes where that is accepted", () => {
        const disk = { device: "/dev/vdb", mount: "/opt/data", unstableName: "accepted" };
        expect(problems((vms) => (hostOf(vms, "db-a1")["disks"] = [disk]))).toEqual([]);
    });

    it.each([
        [{}, ["privateKey", "backupsPassword", "backupsPrivateKey", "disksKey"]],
        [{ key: "agent", backups: undefined, hosts: {} }, []],
        [
            { hosts: { "db-a1": { disks: [{ encrypted: false }] } } },
            ["privateKey", "backupsPassword", "backupsPrivateKey"],
        ],
        [
            { hosts: {}, backups: { repository: { kind: "rest" } } },
            ["privateKey", "backupsPassword"],
        ],
        [
            { hosts: {}, backups: { repository: { kind: "rest", user: "commcare" } } },
            ["privateKey", "backupsPassword", "backupsRestPassword"],
        ],
        [
            { hosts: {}, backups: { repository: { kind: "s3" } } },
            [
                ...["privateKey", "backupsPassword"],
                ...["backupsAccessKeyId", "backupsSecretAccessKey"],
            ],
        ],
    ])("with %j need the secrets that open what they name", (change, keys) => {
        const { vms } = stackConfig("commcare-vms");
        const needed = neededSecrets({ vms: { ...(vms as object), ...change } });
        expect(needed).toEqual(keys.map((key) => ["hosts", key]));
    });

    it("keep whoever signs in with CommCare", () => {
        const operators = [{ name: "adiallo", sshKey: "ssh-ed25519 AAAA" }];
        expect(problems((vms) => (vms["operators"] = operators))).toEqual([
            "steward:vms.operators: are those of hosts of hubs; name them in steward:commcare.operators",
        ]);
    });

    it("need the vault and what opens it where `up` installs CommCare", () => {
        const vms = { key: "agent" };
        expect(neededSecrets({ vms, commcare: { deploy: true } })).toEqual([
            ["hosts", "vaultPassword"],
            ["hosts", "vault"],
        ]);
        expect(neededSecrets({ vms, commcare: { deploy: false } })).toEqual([]);
    });
});
