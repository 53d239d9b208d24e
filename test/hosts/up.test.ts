import { writeFileSync } from "node:fs";
import { hostRules } from "../../components/model/commcare/host-rules";
import { isVmsMachines, parseSpec } from "../../components/model/spec";
import { answer, dataPorts, listeners, serveData } from "./data-services";
import { allowed, listen, taken } from "./firewall";
import { matrixText } from "./firewall-matrix";
import type { Inventory } from "./laboratory";
import { ask, inventory, later, reboot, reset, signIns } from "./laboratory";
import type { Config } from "./stack";
import { labConfig, stateFolder, up } from "./stack";

// What `up` makes of three fresh hosts, by the rehearsal's own commands. Not proven here: the official plugin, Ubuntu,
// a clock that is set, and a kernel of the hosts' own.

const folder = stateFolder();
let lab: Inventory;
let config: Config;

beforeAll(async () => {
    await reset("vm1", "vm2", "vm3");
    lab = await inventory();
    config = labConfig(lab);
}, 60_000);

function rules() {
    const entries = Object.entries(config).filter(([key]) => key.startsWith("steward:"));
    const { spec } = parseSpec(
        Object.fromEntries(entries.map(([key, value]) => [key.slice(8), value])),
    );
    if (spec === undefined || !isVmsMachines(spec)) throw new Error("no stack of hosts");
    return hostRules(spec.workload.plan);
}

/** The data services answer those whom the catalogue names, and nobody else. */
async function expectAnswers(): Promise<void> {
    const { address = "" } = lab.hosts[2] ?? {};
    for (const [client, host] of [
        ["front-a1", "vm1"],
        ["app-a1", "vm2"],
    ] as const) {
        for (const port of dataPorts) {
            const asked = allowed(rules()).includes(`${client} data-a1 ${String(port)} v4`);
            const said = await answer(host, address, port);
            expect([client, port, said]).toEqual([
                client,
                port,
                expect.stringMatching(asked ? /^[+SN]$/ : /^$/),
            ]);
        }
    }
}

/** What has to be so on a host, whenever somebody looks. */
async function expectInForce(): Promise<void> {
    expect(await ask("vm1", "systemctl is-active steward-firewall fail2ban ssh")).toBe(
        "active\nactive\nactive",
    );
    const sshd =
        "sshd -T | grep -E '^(permitrootlogin|passwordauthentication|x11forwarding) ' | sort";
    expect(await ask("vm2", sshd)).toBe(
        "passwordauthentication no\npermitrootlogin no\nx11forwarding no",
    );
    expect(await ask("vm2", "steward-owner backups")).toBe(
        "backups\tcluster-management\tManaged services provider\tcommcare-operations@example.org\thttps://pager.example.org",
    );
    expect(await ask("vm3", "apt-config dump Unattended-Upgrade::Automatic-Reboot-Time")).toBe(
        'Unattended-Upgrade::Automatic-Reboot-Time "02:00";',
    );
    expect(await ask("vm3", "getent hosts app-a1.commcare.internal | awk '{print $1}'")).toBe(
        lab.hosts[1]?.address6,
    );
    expect(await listeners("vm3")).toEqual([
        "0.0.0.0:5432 postgres",
        "0.0.0.0:6379 redis-server",
        "[::]:5432 postgres",
        "[::]:6379 redis-server",
    ]);
    await listen(rules());
    const open = await taken(rules(), lab.hosts);
    const { STEWARD_FIREWALL_MATRIX: file } = process.env;
    if (file !== undefined) writeFileSync(file, matrixText(rules(), open));
    expect(open).toEqual(allowed(rules()));
    await expectAnswers();
}

it("makes three fresh hosts", async () => {
    const { result } = await up(folder, config);
    expect([result.result, result.errors]).toEqual(["succeeded", []]);
    // On no host: the control machine's key, as its provider makes it.
    const { total } = result.coverage;
    expect(result.coverage).toMatchObject({ uncovered: 0, layer: 1, file: total - 1 });
}, 300_000);

it("finds nothing to do the second time, and opens no connection for it", async () => {
    const before = await signIns();
    const { code, result } = await up(folder, config);
    expect([code, result.result]).toEqual([0, "unchanged"]);
    expect(await signIns()).toEqual(later(before, 1));
});

it("says on each host who answers for it: in a file, at the sign-in, on demand", async () => {
    const owners = JSON.parse(await ask("vm3", "cat /etc/steward/owners.json")) as Config;
    expect(owners).toMatchObject({ cluster: "commcare", host: "data-a1", stack: "commcare-vms" });
    expect((owners["layers"] as unknown[]).length).toBe(19);
    expect(
        await ask("vm3", "run-parts /etc/update-motd.d >/dev/null 2>&1; cat /etc/motd.d/steward"),
    ).toMatch(
        /^data-a1 of commcare \(production\), kept by Steward.*\n {2}the machine: Government data centre, datacentre@example.org\n/,
    );
});

it("lets through what the catalogue asks for, from each host to each other, and nothing else", async () => {
    expect(allowed(rules()).length).toBeGreaterThan(20);
    await serveData("vm3");
    await expectInForce();
}, 240_000);

it("lets the people in by their own keys, and nobody by a password", async () => {
    expect(await ask("vm1", "id -nG operator")).toBe("users steward-operators");
    expect(await ask("vm1", "sudo -l -U operator | tail -1")).toContain("NOPASSWD: ALL");
});

it("is all there after a restart of every host, and finds nothing to do", async () => {
    await reboot("vm1", "vm2", "vm3");
    const { code, result } = await up(folder, config);
    expect([code, result.result]).toEqual([0, "unchanged"]);
    await expectInForce();
}, 240_000);

it("changes on the hosts what changes in the stack file, and no more", async () => {
    const parties = config["steward:parties"] as Config;
    const operator = {
        ...(parties["operator"] as Config),
        escalation: "https://other.example.org",
    };
    config = { ...config, "steward:parties": { ...parties, operator } };
    const { code, result } = await up(folder, config);
    expect([code, result.errors]).toEqual([0, []]);
    expect(result.changes).toMatchObject({ create: 0, replace: 0, delete: 0, update: 7 }); // matrix, two files a host
    expect(await ask("vm1", "steward-owner backups")).toMatch(/https:\/\/other.example.org$/);
}, 240_000);

it("opens no connection where a layer has no owner", async () => {
    const before = await signIns();
    const vacated = { ...config, "steward:layers": { patching: { role: null } } };
    expect((await up(folder, vacated)).code).toBe(3);
    expect(await signIns()).toEqual(later(before, 1));
});

it("sends nothing to a host that shows another key", async () => {
    const before = await signIns();
    const other = lab.hosts.map((host) =>
        host.name === "vm1" ? { ...host, hostKey: lab.hosts[1]?.hostKey ?? "" } : host,
    );
    const wrong = labConfig({ ...lab, hosts: other }, { connect: { tries: 0, seconds: 5 } });
    const { code, result } = await up(folder, { ...config, "steward:vms": wrong["steward:vms"] });
    expect(code).toBe(1);
    expect(result.errors.map(({ message }) => message)).toContain(
        `${lab.hosts[0]?.address ?? ""}: no connection after 1 try: the host key is another one than \`hostKey\`; nothing was sent`,
    );
    expect((await signIns())["vm1"]).toBe(later(before, 1)["vm1"]);
    // What could not be looked at is left as it is, on the host and in the state.
    expect(result.changes).toMatchObject({ create: 0, replace: 0, delete: 0 });
    expect(await ask("vm1", "systemctl is-active steward-firewall fail2ban")).toBe(
        "active\nactive",
    );
    const again = await up(folder, config);
    expect(again.result.errors).toEqual([]);
    expect(again.result.changes).toMatchObject({ create: 0, replace: 0, delete: 0 });
}, 240_000);
