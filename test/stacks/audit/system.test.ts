import { accounts } from "../../../stacks/commands/audit/checks/accounts";
import { clock } from "../../../stacks/commands/audit/checks/clock";
import { disks } from "../../../stacks/commands/audit/checks/disks";
import { ssh } from "../../../stacks/commands/audit/checks/ssh";
import { units } from "../../../stacks/commands/audit/checks/units";
import { updates } from "../../../stacks/commands/audit/checks/updates";
import { judged, moment, secondsAgo, wantedOn } from "./hosts";

const host = wantedOn("web-a1");
const day = 86_400;

describe("units", () => {
    const state = (unit: string, load = "loaded", active = "active", file = "enabled") =>
        `Id=${unit}\nLoadState=${load}\nActiveState=${active}\nUnitFileState=${file}\n`;
    const said = (states: Record<string, string> = {}, end = "container none\n") =>
        `${host.units.map(({ unit }) => states[unit] ?? state(unit)).join("\n")}\n${end}`;

    it("that run and start with the host are fine, those of packages and Steward's own", () => {
        expect(judged(units, said())).toEqual([]);
        expect(host.units.map(({ unit, layer }) => `${unit} ${layer}`)).toEqual([
            "chrony.service operating-system",
            "apt-daily.timer patching",
            "apt-daily-upgrade.timer patching",
            "unattended-upgrades.service patching",
            "fail2ban.service intrusion-detection",
            "auditd.service intrusion-detection",
            "steward-firewall.service network",
        ]);
    });

    it("that were stopped, switched off or removed are named with their layer", () => {
        const states = {
            "apt-daily.timer": state("apt-daily.timer", "loaded", "inactive"),
            "steward-firewall.service": state(
                "steward-firewall.service",
                "loaded",
                "active",
                "disabled",
            ),
            "fail2ban.service": state("fail2ban.service", "not-found", "inactive", ""),
        };
        expect(judged(units, said(states))).toEqual([
            "patching: apt-daily.timer is inactive, enabled; active, enabled",
            "intrusion-detection: fail2ban.service is not-found; active, enabled",
            "network: steward-firewall.service is active, disabled; active, enabled",
        ]);
    });

    it("are also those that the last up wrote and noted, by their layer", () => {
        const timer = state("steward-backup.timer", "loaded", "inactive", "disabled");
        const written =
            "own steward-backup.timer backups\nown steward-firewall.service network\n\n";
        const atStart = `Type=oneshot\n${state("steward-isolation.service", "loaded", "inactive")}`;
        const noted = `own steward-isolation.service threat-response\n\n${atStart}\n`;
        expect(judged(units, `${noted}${said()}`)).toEqual([]);
        const failed = "failed steward-backup.service loaded failed failed B\ncontainer none\n";
        expect(judged(units, `${written}${timer}\n${said({}, failed)}`)).toEqual([
            "backups: steward-backup.timer is inactive, disabled; active, enabled",
            "backups: steward-backup.service has failed; no unit has",
        ]);
    });

    it("that no container starts are due on machines alone", () => {
        const chrony = { "chrony.service": state("chrony.service", "loaded", "inactive") };
        expect(judged(units, said(chrony, "container systemd-nspawn\n"))).toEqual([]);
        expect(judged(units, said(chrony))).toHaveLength(1);
        const auditd = "failed auditd.service loaded failed failed A\ncontainer systemd-nspawn\n";
        expect(judged(units, said(chrony, auditd))).toEqual([]);
    });

    it("that failed are the operating system's, or those of the timer that starts them", () => {
        const failed =
            "failed apt-daily.service loaded failed failed Daily\nfailed x.service loaded failed failed X\n";
        expect(judged(units, said({}, `${failed}container none\n`))).toEqual([
            "patching: apt-daily.service has failed; no unit has",
            "operating-system: x.service has failed; no unit has",
        ]);
    });
});

describe("updates", () => {
    const fresh = `listed ${secondsAgo(day)}\n`;
    const fix =
        "Inst openssl [3.0.15-1] (3.0.16-1 Debian-Security:12/stable-security [amd64]) []\n";

    it("of security are told from others, of Debian and of Ubuntu", () => {
        const other = "Inst vim [9.0] (9.1 Debian:12.9/stable [amd64])\nConf vim (9.1)\n";
        expect(judged(updates, `${other}${fresh}`)).toEqual([]);
        const ubuntu =
            "Inst curl [7.81] (7.82 Ubuntu:22.04/jammy-updates, Ubuntu:22.04/jammy-security [amd64])\n";
        expect(judged(updates, `${fix}${ubuntu}${other}${fresh}`)).toEqual([
            "patching: 2 security fixes are pending: openssl, curl; none",
        ]);
    });

    it("are only as good as the lists of packages", () => {
        expect(judged(updates, `listed ${secondsAgo(4 * day)}\n`)).toEqual([
            "patching: the lists of packages were last fetched 4 days ago; each day",
        ]);
        expect(judged(updates, "listed 0\n")).toHaveLength(1);
        expect(judged(updates, "")).toEqual([
            "patching: the lists of packages were last fetched never; each day",
        ]);
    });

    it("may wait for a restart for a day", () => {
        expect(judged(updates, `${fresh}waiting ${secondsAgo(day - 60)}\n`)).toEqual([]);
        expect(judged(updates, `${fresh}waiting ${secondsAgo(3 * day)}\n`)).toEqual([
            "patching: a fix has been waiting for a restart for 3 days; restarted within a day",
        ]);
    });
});

describe("the clock", () => {
    const tracking = (end: string) =>
        `A,192.0.2.1,2,0.1,0.0001,0.0002,0.0003,1,0,0.1,0.01,0.02,64.1,${end}\n`;

    it("is only called wrong where the time that the question took does not explain it", () => {
        const off = (least: number, most: number) =>
            judged(clock, "", host, { ...moment, ahead: { least, most } });
        expect(off(-0.5, 4)).toEqual([]);
        expect(off(1.2, 1.3)).toEqual([
            "operating-system: the clock is 1.2 s ahead; within 1.0 s of this machine's",
        ]);
        expect(off(-7.25, -7)).toEqual([
            "operating-system: the clock is 7.0 s behind; within 1.0 s of this machine's",
        ]);
    });

    it("needs somebody to keep step with", () => {
        expect(judged(clock, tracking("Normal"))).toEqual([]);
        expect(judged(clock, tracking("Not synchronised"))).toEqual([
            "operating-system: chrony reaches no time server; in step with one",
        ]);
    });
});

it("calls a disk full at 80 percent, of space or of files, and a data disk its service's", () => {
    const said = " 79%    5% /\n 80%    - /boot\n 12%   96% /opt/data\n";
    const data = { ...host, dataMounts: { "/opt/data": "data-services" } };
    expect(judged(disks, said, data)).toEqual([
        "operating-system: /boot is 80 % full; less than 80 %",
        "data-services: /opt/data is 96 % out of files; less than 80 %",
    ]);
});

describe("accounts", () => {
    // Of commcare-cloud's own account Steward has no more than the key.
    const good =
        "member operator\nmember commcare-cloud\nroot root\nkey operator\nkey commcare-cloud\nkey ansible\n";

    it("are those of the stack file", () => {
        expect(judged(accounts, good)).toEqual([]);
    });

    it("that may become root, or come in, and are not named are told", () => {
        const said = `${good}member mallory\nmember mallory\nroot toor\nkey root\n`;
        expect(judged(accounts, said)).toEqual([
            "identity-secrets: mallory is in the group steward-operators, and may do everything; one of: operator, commcare-cloud",
            "identity-secrets: the account toor is root by another name; root alone has the number 0",
            "identity-secrets: /etc/ssh/steward-keys/root lets somebody in; one of: operator, commcare-cloud",
        ]);
    });

    it("that are lacking are told too", () => {
        expect(judged(accounts, "member \nroot root\n")).toEqual([
            "identity-secrets: operator is not in the group steward-operators; named in steward:commcare.operators",
            "identity-secrets: commcare-cloud is not in the group steward-operators; named in steward:commcare.operators",
        ]);
    });
});

describe("sshd", () => {
    const good = [
        "permitrootlogin no",
        "passwordauthentication no",
        "kbdinteractiveauthentication no",
        "permitemptypasswords no",
        "authorizedkeysfile .ssh/authorized_keys /etc/ssh/steward-keys/%u",
        "x11forwarding no",
        "allowagentforwarding no",
        "maxauthtries 4",
        "logingracetime 30",
        "loglevel VERBOSE",
    ];

    it("is fine with every setting in force", () => {
        expect(judged(ssh, good.join("\n"))).toEqual([]);
        const root = ["permitrootlogin without-password", ...good.slice(1)].join("\n");
        expect(judged(ssh, root, { ...host, user: "root" })).toEqual([]);
    });

    it("is told for each that another one goes before, or that it does not say", () => {
        const said = ["permitrootlogin yes", ...good.slice(1, -1)].join("\n");
        expect(judged(ssh, said)).toEqual([
            "operating-system: sshd has permitrootlogin yes; permitrootlogin no",
            "operating-system: sshd has loglevel not set; loglevel VERBOSE",
        ]);
    });
});
