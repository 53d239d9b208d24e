import { firewall } from "../../../stacks/commands/audit/checks/firewall";
import { listeners } from "../../../stacks/commands/audit/checks/listeners";
import { metrics } from "../../../stacks/commands/audit/checks/metrics";
import { wantedMetrics } from "../../../stacks/commands/audit/wanted-metrics";
import { judged, secondsAgo, wantedOn } from "./hosts";

describe("the firewall", () => {
    const rules = "table inet steward {\n\tchain input {\n\t\tiif lo accept\n\t\tdrop\n\t}\n}\n";
    const said = (are: string) => `${rules}---\n${are}`;

    it("is fine with the rules that the stack file asks for", () => {
        expect(judged(firewall, said(rules))).toEqual([]);
    });

    it("is told where it is not there at all", () => {
        expect(judged(firewall, said(""))).toEqual([
            "network: nftables has no table inet steward: nothing is closed; the rules of the stack file, in force",
        ]);
    });

    it("is told rule by rule", () => {
        const changed = rules.replace("iif lo accept", "tcp dport 7777 accept");
        expect(judged(firewall, said(changed))).toEqual([
            'network: nftables also has "tcp dport 7777 accept"; no such rule',
            'network: nftables lacks a rule; "iif lo accept"',
        ]);
        const turned = rules.replace("iif lo accept\n\t\tdrop", "drop\n\t\tiif lo accept");
        expect(judged(firewall, said(turned))).toEqual([
            "network: nftables has the rules in another order, or twice; the order of the stack file",
        ]);
    });

    it("is never what the host is asked to make of itself", () => {
        expect(firewall.ask(wantedOn("web-a1"))).toContain("| unshare --net ");
    });
});

describe("whatever listens", () => {
    const line = (protocol: string, local: string, program: string) =>
        `${protocol} LISTEN 0 128 ${local} 0.0.0.0:* users:(("${program}",pid=34,fd=3))\n`;

    it("is fine where the catalogue has it, or nobody else reaches it", () => {
        const said = [
            line("tcp", "0.0.0.0:22", "sshd"),
            line("tcp", "[::]:22", "sshd"),
            line("tcp", "*:9010", "gunicorn"),
            line("tcp", "127.0.0.1:25", "master"),
            line("udp", "[::1]:323", "chronyd"),
            line("udp", "127.0.0.53%lo:53", "systemd-resolve"),
            line("tcp", "[::ffff:127.0.0.1]:8005", "java"),
            line("udp", "192.0.2.13%ens3:68", "systemd-network"),
        ];
        expect(judged(listeners, said.join(""))).toEqual([]);
    });

    it("is told once for each port, with its program", () => {
        const said = [
            line("tcp", "0.0.0.0:7777", "python3"),
            line("tcp", "[::]:7777", "python3"),
            line("udp", "0.0.0.0:9010", "x"),
            line("udp", "0.0.0.0:68", "x"),
            "udp UNCONN 0 0 *:51820 *:*\n",
        ];
        expect(judged(listeners, said.join(""))).toEqual([
            "operating-system: python3 listens on tcp 7777 (::); no service of the catalogue is there",
            "operating-system: x listens on udp 9010 (0.0.0.0); no service of the catalogue is there",
            "operating-system: x listens on udp 68 (0.0.0.0); no service of the catalogue is there",
            "operating-system: the kernel listens on udp 51820 (*); no service of the catalogue is there",
        ]);
    });

    it("is looked at host by host: what is a service of one is none of another", () => {
        const kafka = line("tcp", "*:9092", "java");
        expect(judged(listeners, kafka, wantedOn("db-a1"))).toEqual([]);
        expect(judged(listeners, kafka, wantedOn("proxy-a1"))).toHaveLength(1);
    });
});

describe("what jobs say about themselves", () => {
    const host = { ...wantedOn("sql-a1"), metrics: wantedMetrics(true, "intrusion-detection") };
    const hour = 3_600;
    const good = [
        "# HELP steward_backup_last_result 1 good, 0 bad",
        'steward_backup_last_result{service="postgresql"} 1',
        `steward_backup_last_success_timestamp_seconds{service="postgresql"} ${secondsAgo(hour)}`,
        'steward_restore_drill_last_result{service="postgresql"} 1',
        `steward_restore_drill_last_success_timestamp_seconds{service="postgresql"} ${secondsAgo(hour)}`,
        "steward_files_changed 0",
        `steward_files_check_timestamp_seconds ${secondsAgo(hour)}`,
        "steward_audit_rules_lacking 0",
        `steward_audit_check_timestamp_seconds ${secondsAgo(hour)}`,
        "node_load1 0.5",
    ];

    it("is fine when all went well, not long ago", () => {
        expect(judged(metrics, good.join("\n"), host)).toEqual([]);
    });

    it("is told where it went badly, or long ago, with the service", () => {
        const bad = good
            .map((line) => line.replace(/_result\{(.*)\} 1/, "_result{$1} 0"))
            .map((line) => line.replace(secondsAgo(hour), secondsAgo(300 * hour)))
            .map((line) => line.replace("changed 0", "changed 3"))
            .map((line) => line.replace("lacking 0", "lacking 2"));
        expect(judged(metrics, bad.join("\n"), host)).toEqual([
            "backups: how its last backup went of postgresql: 0; 1: good",
            "backups: when its last good backup was of postgresql: 300 hours ago; within 36 hours",
            "backups: how its last restore drill went of postgresql: 0; 1: good",
            "backups: when its last good restore drill was of postgresql: 300 hours ago; within 192 hours",
            "intrusion-detection: how many of its system's files were changed: 3; 0: none",
            "intrusion-detection: when its files were checked: 300 hours ago; within 36 hours",
            "intrusion-detection: how many rules of the audit its kernel does not go by: 2; 0: none",
            "intrusion-detection: when its audit was checked: 300 hours ago; within 2 hours",
        ]);
    });

    it("is told of the audit's rules where the host has a kernel of its own, and of its check anywhere", () => {
        const late = [
            "steward_audit_rules_lacking 14",
            `steward_audit_check_timestamp_seconds ${secondsAgo(3 * hour)}`,
        ];
        const rules =
            "intrusion-detection: how many rules of the audit its kernel does not go by: 14; 0: none";
        const check =
            "intrusion-detection: when its audit was checked: 3 hours ago; within 2 hours";
        const keepsNothing = { ...host, metrics: wantedMetrics(false, "intrusion-detection") };
        const told = (kind: string) =>
            judged(metrics, [...late, `container ${kind}`].join("\n"), keepsNothing);
        expect([told("none"), told("lxc")]).toEqual([[rules, check], [check]]);
    });

    it("is told where it is due and nobody said it, and never happened is not just long ago", () => {
        expect(judged(metrics, "", host)).toEqual([
            "backups: the host does not say how its last backup went; 1: good",
            "backups: the host does not say when its last good backup was; within 36 hours",
            "backups: the host does not say how its last restore drill went; 1: good",
            "backups: the host does not say when its last good restore drill was; within 192 hours",
        ]);
        const never = good.map((line) =>
            line.replace(/^(steward_backup_last_success.*) \S+$/, "$1 0"),
        );
        expect(judged(metrics, never.join("\n"), host)).toEqual([
            "backups: when its last good backup was of postgresql: never; within 36 hours",
        ]);
    });

    it("is not due of a service that is not there yet, nor of a host that keeps nothing", () => {
        const early = 'steward_backup_service_installed{service="postgresql"} 0';
        expect(judged(metrics, early, host)).toEqual([]);
        const keepsNothing = { ...host, metrics: wantedMetrics(false, "intrusion-detection") };
        expect(judged(metrics, "", keepsNothing)).toEqual([]);
    });
});
