import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../../rehearsal/project-root";
import type { Finding } from "../../stacks/commands/audit/finding";
import { ask, cut, heal, inventory, later, reset, signIns } from "./laboratory";
import type { Config } from "./stack";
import { labConfig, stateFolder, up } from "./stack";

// What `audit --vms` finds on real hosts. Not proven here: Ubuntu, a jump host, and a clock that is wrong, which no
// container can have.

const folder = stateFolder();
let config: Config;

beforeAll(async () => {
    await reset("vm1", "vm2", "vm3");
    config = labConfig(await inventory(), { connect: { tries: 1, seconds: 5 } });
    const { result } = await up(folder, config);
    expect([result.result, result.errors]).toEqual(["succeeded", []]);
    // What Debian mended since the image was built is a finding, and none of these tests.
    for (const host of ["vm1", "vm2", "vm3"]) await ask(host, "unattended-upgrade");
}, 400_000);

interface Audit {
    readonly result: string;
    readonly hosts: readonly { readonly host: string; readonly answered: boolean }[];
    readonly findings: readonly Finding[];
}

/** The command as people run it: its exit code, and what it says. */
async function audit(): Promise<Audit & { readonly code: number }> {
    const steward = join(projectRoot(), "scripts", "steward.mjs");
    const file = join(folder, "stack.yaml");
    const args = [steward, "audit", "commcare-vms", "--vms", "--stack-file", file, "--json"];
    const run = promisify(execFile)(process.execPath, args);
    const { code, stdout } = await run.then(
        (ended) => ({ code: 0, stdout: ended.stdout }),
        (error: unknown) => error as { code: number; stdout: string },
    );
    return { code, ...(JSON.parse(stdout) as Audit) };
}

const lines = (findings: readonly Finding[]) =>
    findings.map(({ host, check, layer, contact, is }) =>
        [host, check, layer, contact, is].join("; "),
    );

it("finds nothing after an up, by one connection a host, and changes nothing there", async () => {
    const marked = "touch /run/looked-at; sync";
    const changed =
        "find /etc /usr/local /root /home /opt /srv /var/lib -newer /run/looked-at -type f ! -path '*/fail2ban.sqlite3' ! -path '/var/lib/prometheus/*'; nft list tables";
    const audited = ["vm1", "vm2", "vm3"];
    for (const host of audited) await ask(host, marked);
    const before = await signIns(...audited);
    const { findings, ...rest } = await audit();
    // The audit's own, and that of whoever counts.
    expect(await signIns(...audited)).toEqual(later(before, 2));
    expect(lines(findings)).toEqual([]);
    const hosts = ["front-a1", "app-a1", "data-a1"].map((host) => ({ host, answered: true }));
    expect(rest).toMatchObject({ code: 0, result: "succeeded", hosts });
    for (const host of audited) {
        expect(await ask(host, changed)).toBe("table inet steward");
    }
});

it("names all that somebody changed, each with its layer and whoever answers for it", async () => {
    const owners = "/etc/steward/owners.json";
    await ask("vm1", `sed -i 's/datacentre@example.org/nobody@example.org/' ${owners}`);
    await ask("vm1", "systemctl stop apt-daily-upgrade.timer");
    await ask("vm1", "useradd --groups steward-operators mallory");
    await ask("vm2", "systemd-run --unit stranger nc -4 -l -k 7777");
    await ask("vm2", "echo 'PermitRootLogin yes' >/etc/ssh/sshd_config.d/00-a.conf");
    await ask("vm2", "echo 'ssh-ed25519 AAAA' >/etc/ssh/steward-keys/root");
    await ask("vm2", "chmod 666 /etc/steward/firewall.nft");
    await ask("vm3", "nft delete table inet steward");
    await ask("vm3", "sed -i s/bantime/findtime/ /etc/fail2ban/jail.d/steward.local");
    await ask("vm3", "sed -i '/^10/s/ app-a1 / app-b1 /' /etc/hosts");
    await ask("vm3", "touch -d '3 days ago' /run/reboot-required");
    await ask("vm3", "systemd-run --unit broken false || true");
    await sleep(300); // until that has failed
    const { code, result, findings } = await audit();
    expect([code, result]).toEqual([3, "blocked"]);
    const [managed, centre] = ["commcare-operations@example.org", "datacentre@example.org"];
    const layers = ["hosting", "hardware-support", "network"];
    const { address = "" } = (await inventory()).hosts[1] ?? {};
    const name = (at: string, end: string) =>
        `"${at} app-a1.commcare.internal app-${end}1 app-a1-commcare"`;
    expect(lines(findings)).toEqual([
        ...layers.map(
            (layer) =>
                `front-a1; owner-file; operating-system; ${managed}; ${owners} says ${layer}: infrastructure-provider, datacentre, nobody@example.org`,
        ),
        `front-a1; accounts; identity-secrets; ${managed}; mallory is in the group steward-operators, and may do everything`,
        `front-a1; units; patching; ${managed}; apt-daily-upgrade.timer is inactive, enabled`,
        `app-a1; kept-files; network; ${centre}; /etc/steward/firewall.nft is 666:root:root`,
        `app-a1; ssh; operating-system; ${managed}; sshd has permitrootlogin yes`,
        `app-a1; accounts; identity-secrets; ${managed}; /etc/ssh/steward-keys/root lets somebody in`,
        `app-a1; listeners; operating-system; ${managed}; nc listens on tcp 7777 (0.0.0.0)`,
        `data-a1; kept-files; intrusion-detection; ${managed}; /etc/fail2ban/jail.d/steward.local has other content`,
        `data-a1; names; dns-tls; ${managed}; /etc/hosts lacks ${name(address, "a")}, has ${name(address, "b")}`,
        `data-a1; firewall; network; ${centre}; nftables has no table inet steward: nothing is closed`,
        `data-a1; updates; patching; ${managed}; a fix has been waiting for a restart for 3 days`,
        `data-a1; units; operating-system; ${managed}; broken.service has failed`,
    ]);
});

it("finds nothing once an up with another word has mended what is Steward's, and people the rest", async () => {
    await ask("vm1", "userdel mallory; systemctl start apt-daily-upgrade.timer");
    await ask("vm2", "systemctl stop stranger; rm /etc/ssh/sshd_config.d/00-a.conf");
    await ask("vm2", "rm /etc/ssh/steward-keys/root");
    await ask("vm3", "systemctl restart steward-firewall; systemctl reset-failed");
    await ask("vm3", "rm /run/reboot-required");
    const vms = config["steward:vms"] as Config & { hosts: Record<string, Config> };
    const hosts = Object.fromEntries(
        Object.entries(vms.hosts).map(([name, host]) => [name, { ...host, mended: "once" }]),
    );
    config = { ...config, "steward:vms": { ...vms, hosts } };
    expect((await up(folder, config)).result.errors).toEqual([]);
    expect(lines((await audit()).findings)).toEqual([]);
}, 300_000);

it("tells of rules of the firewall one by one, in the words of nftables", async () => {
    await ask("vm3", "nft insert rule inet steward input tcp dport 7777 accept");
    const { findings } = await audit();
    expect(lines(findings)).toEqual([
        'data-a1; firewall; network; datacentre@example.org; nftables also has "tcp dport 7777 accept"',
    ]);
    await ask("vm3", "systemctl restart steward-firewall");
});

it("tells of a host that may not be looked at, and of one that does not answer, and of the third what it has", async () => {
    await ask("vm2", "chmod 600 /etc/sudoers.d/*; mv /etc/sudoers.d /etc/sudoers.off").catch(
        () => undefined,
    );
    await cut("vm3");
    const { code, hosts, findings } = await audit();
    await heal("vm3");
    expect(code).toBe(3);
    expect(hosts.map(({ answered }) => answered)).toEqual([true, true, false]);
    const [second, third, ...others] = lines(findings);
    expect(second).toMatch(
        /^app-a1; reached; operating-system; commcare-operations@example.org; \S+ exited with status 1: sudo: a password is required/,
    );
    expect(third).toMatch(
        /^data-a1; reached; hosting; datacentre@example.org; \S+ no connection after 2 tries: /,
    );
    expect(others).toEqual([]);
});
