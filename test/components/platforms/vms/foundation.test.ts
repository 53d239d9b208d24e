import { builtOnHosts, oneHost, privateKey, textIn, vmsSpec } from "./vms";

// What is registered; what it does on a host, test/hosts/ shows.

const command = "command:remote:Command";
let built: Awaited<ReturnType<typeof builtOnHosts>>;

beforeAll(async () => {
    built = await builtOnHosts(vmsSpec());
});

const of = (host: string) => built.filter(({ name }) => name.includes(`-${host}`));
const commands = () => built.filter(({ type }) => type === command);

it("gives each host the same layers, each with what stands on the host", () => {
    expect(of("web-a2").map(({ type, name }) => `${type} ${name}`)).toEqual(
        [
            "steward:vms:Hosting hosting-web-a2",
            "command:remote:Command hosting-web-a2-entered",
            "steward:vms:OperatingSystem operating-system-web-a2",
            "command:remote:Command operating-system-web-a2-owners",
            "command:remote:Command operating-system-web-a2-owners-text",
            "command:remote:Command operating-system-web-a2-owner-command",
            "command:remote:Command operating-system-web-a2-banner",
            "command:remote:Command operating-system-web-a2-ssh-apply",
            "command:remote:Command operating-system-web-a2-ssh-confirm",
            "command:remote:Command operating-system-web-a2-ssh-sure",
            "command:remote:Command operating-system-web-a2-clock",
            "command:remote:Command operating-system-web-a2-time-servers",
            "steward:vms:Identities identity-secrets-web-a2",
            "command:remote:Command identity-secrets-web-a2-sudo",
            "command:remote:Command identity-secrets-web-a2-operator",
            "command:remote:Command identity-secrets-web-a2-control",
            "command:remote:Command identity-secrets-web-a2-ansible",
            "steward:vms:Names dns-tls-web-a2",
            "command:remote:Command dns-tls-web-a2-hosts",
            "steward:vms:Network network-web-a2",
            "command:remote:Command network-web-a2-nftables",
            "command:remote:Command network-web-a2-service",
            "command:remote:Command network-web-a2-nftables-service",
            "command:remote:Command network-web-a2-firewall-apply",
            "command:remote:Command network-web-a2-firewall-confirm",
            "command:remote:Command network-web-a2-firewall-sure",
            "steward:vms:Patching patching-web-a2",
            "command:remote:Command patching-web-a2-upgrades",
            "command:remote:Command patching-web-a2-utc",
            "command:remote:Command patching-web-a2-settings",
            "steward:vms:IntrusionDetection intrusion-detection-web-a2",
            "command:remote:Command intrusion-detection-web-a2-fail2ban",
            "command:remote:Command intrusion-detection-web-a2-jail",
            "command:remote:Command intrusion-detection-web-a2-auditd",
            "command:remote:Command intrusion-detection-web-a2-audit-rules",
            "command:remote:Command intrusion-detection-web-a2-audit-check",
            "command:remote:Command intrusion-detection-web-a2-audit-check-service",
            "command:remote:Command intrusion-detection-web-a2-audit-check-timer",
            "command:remote:Command intrusion-detection-web-a2-aide",
            "command:remote:Command intrusion-detection-web-a2-aide-settings",
            "command:remote:Command intrusion-detection-web-a2-aide-command",
            "command:remote:Command intrusion-detection-web-a2-aide-service",
            "command:remote:Command intrusion-detection-web-a2-aide-timer",
            "steward:vms:ThreatResponse threat-response-web-a2",
            "command:remote:Command threat-response-web-a2-rules",
            "command:remote:Command threat-response-web-a2-unit",
            "command:remote:Command threat-response-web-a2-nftables-service",
            "command:remote:Command threat-response-web-a2-isolate",
            "command:remote:Command threat-response-web-a2-evidence",
            "steward:vms:Monitoring service-monitoring-web-a2",
            "command:remote:Command service-monitoring-web-a2-exporter",
            "command:remote:Command service-monitoring-web-a2-node-exporter",
            "command:remote:Command service-monitoring-web-a2-measure",
            "command:remote:Command service-monitoring-web-a2-measure-service",
            "command:remote:Command service-monitoring-web-a2-measure-timer",
        ].sort((one, other) => order(one) - order(other)),
    );
    expect(new Set(built.map(({ name }) => name.replace(/^.*-([a-z]+-a[12]).*$/, "$1")))).toEqual(
        new Set([
            "commcare",
            "command",
            "command-tls",
            "identity-secrets-control",
            "identity-secrets-control-key",
            "control-a1",
            "proxy-a1",
            "web-a1",
            "web-a2",
            "sql-a1",
            "db-a1",
        ]),
    );
});

/** Registrations of one host come in any order. */
function order(line: string): number {
    return of("web-a2").findIndex(({ type, name }) => `${type} ${name}` === line);
}

it("never has a key in a command or in clear, and no content in triggers", () => {
    expect(commands().length).toBe(336);
    for (const { name, inputs, secrets } of commands()) {
        const { connection, ...rest } = inputs;
        const told = /^(backups|data-services|app-services)-.*-(password|settings|key)$/.test(name)
            ? ["stdin"]
            : [];
        expect([name, [...secrets].sort()]).toEqual([name, ["connection", ...told]]);
        expect(connection).toMatchObject({ privateKey });
        expect(JSON.stringify(rest)).not.toContain(privateKey);
        expect(
            Object.keys(rest).filter((key) => ["triggers", "environment"].includes(key)),
        ).toEqual([]);
        expect([name, rest["update"]]).toEqual([name, rest["create"]]);
    }
});

it("pins every host's key, and comes in by sudo where it is not root", () => {
    const [first] = commands();
    expect(first?.inputs["connection"]).toEqual({
        host: "192.0.2.11",
        port: 22,
        user: "ubuntu",
        hostKey: expect.stringMatching(/^ssh-ed25519 /) as string,
        privateKey,
        dialErrorLimit: 15,
        perDialTimeout: 15,
    });
    for (const { inputs } of commands())
        expect(inputs["create"]).toMatch(/^sudo -n sh -c 'set -eu; /);
});

it("takes the agent of whoever deploys, and a way through one host, where the stack file says so", async () => {
    const reachedAt = "gate.example.org";
    const gate = { address: "198.51.100.7", reachedAt, user: "gate" };
    const jump = { ...gate, hostKey: "ssh-ed25519 AAAA" };
    const through = await builtOnHosts(vmsSpec({ jump, key: "agent" }));
    const inputsOf = (step: string) => through.find(({ name }) => name === step)?.inputs;
    expect(inputsOf("hosting-web-a1-entered")?.["connection"]).toMatchObject({
        host: "192.0.2.13",
        proxy: { host: reachedAt, port: 22, user: "gate", hostKey: "ssh-ed25519 AAAA" },
    });
    expect(JSON.stringify(through)).not.toContain(privateKey);
    // Everybody's wrong guesses come from there: it is never shut out for them.
    expect(textIn(inputsOf("intrusion-detection-web-a1-jail"), "stdin")).toMatch(
        /^ignoreip = .* 198\.51\.100\.7 /m,
    );
});

it("tries what could lock people out before it lasts, and confirms it by another connection", () => {
    for (const noun of ["operating-system-web-a1-ssh", "network-web-a1-firewall"]) {
        const step = (end: string) =>
            built.find(({ name }) => name === `${noun}-${end}`)?.inputs ?? {};
        const all = ["apply", "confirm", "sure"].map(step);
        expect(new Set(all.map(({ stdin }) => stdin)).size).toBe(1);
        expect(new Set(all.map(({ connection }) => JSON.stringify(connection))).size).toBe(3);
        expect(step("apply")["create"]).toContain("--on-active 120");
        expect(step("apply")["delete"]).toMatch(/\nset -e\n:\n\)\n/);
    }
});

it("locks the account of whoever is given up, and never the one that Steward comes in as", async () => {
    const locks = async (user: string) => {
        const accounts = (await builtOnHosts(oneHost({ user }))).filter(({ name }) =>
            /^identity-secrets-server-a1-(operator|control)$/.test(name),
        );
        return accounts.map(({ name, inputs }) => [
            name.split("-").at(-1),
            textIn(inputs, "delete").includes("usermod --expiredate 1"),
        ]);
    };
    expect(await locks("ubuntu")).toEqual([
        ["operator", true],
        ["control", true],
    ]);
    expect(await locks("commcare-cloud")).toEqual([
        ["operator", true],
        ["control", false],
    ]);
});

it("lets hosts that keep data start again at another hour than the others", () => {
    const hour = (host: string) =>
        /Automatic-Reboot-Time "(\d\d:\d\d)"/.exec(
            textIn(built.find(({ name }) => name === `patching-${host}-settings`)?.inputs, "stdin"),
        )?.[1];
    expect(["web-a1", "web-a2", "sql-a1", "db-a1"].map(hour)).toEqual([
        "01:10",
        "01:15",
        "02:05",
        "02:00",
    ]);
});

it("copies what lies on hosts that keep data, and gives them their disks before", () => {
    const layers = (type: string) =>
        built.filter((each) => each.type === type).map(({ name }) => name);
    expect(layers("steward:vms:Backups")).toEqual(["backups-sql-a1", "backups-db-a1"]);
    expect(layers("steward:vms:Disks")).toEqual(["data-services-sql-a1", "data-services-db-a1"]);
    const content = (name: string) =>
        textIn(built.find((each) => each.name === name)?.inputs, "stdin")
            .split("\n")
            .slice(1);
    expect(content("backups-sql-a1-sources")).toEqual(["postgresql\tpostgresql\t\t\t", ""]);
    expect(content("backups-db-a1-sources")).toEqual([
        "couchdb\tfiles\t/opt/data/couchdb2\t.shards .delete\t/opt/data",
        "shared-directory\tfiles\t/opt/shared_commcare /opt/data/blobdb\t\t/opt/data",
        "",
    ]);
    expect(content("data-services-db-a1-table")).toEqual([
        "/dev/disk/by-id/virtio-commcare-data\t/opt/data\tsealed\tsteward_opt_data",
        "",
    ]);
    expect(content("backups-db-a1-settings")).toEqual([
        "# Kept by Steward: changes by hand are undone.",
        "export RESTIC_REPOSITORY='sftp:backups:/srv/copies/commcare/db-a1'",
        "export RESTIC_PASSWORD_FILE='/etc/steward/backups/password'",
        "host='db-a1'",
        "daily='14'",
        "weekly='8'",
        "monthly='12'",
        "prune='true'",
        "scratch='/opt/data/steward-drill'",
        "",
    ]);
    expect(content("backups-db-a1-password")).toEqual(["of the copies", ""]);
    expect(content("data-services-db-a1-key")).toEqual(["of the disks"]);
});

it("has a layer without anything in it where the stack file has no copies, for data-backed-up to refuse", async () => {
    const none = await builtOnHosts(vmsSpec({ backups: undefined }));
    expect(
        none
            .filter(({ name }) => name.startsWith("backups-"))
            .map(({ type, name }) => [type, name]),
    ).toEqual([
        ["steward:vms:NoBackups", "backups-sql-a1"],
        ["steward:vms:NoBackups", "backups-db-a1"],
    ]);
});
