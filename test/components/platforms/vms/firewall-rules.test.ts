import { flows } from "../../../../components/model/commcare/flows";
import { exporterPort, hostRules } from "../../../../components/model/commcare/host-rules";
import { firewallText } from "../../../../components/platforms/vms/firewall-rules";
import { ports } from "../../../../components/platforms/vms/monitoring/names";
import { vmsSpec } from "./vms";

function textOf(host: string, change: Record<string, unknown> = {}): string {
    const { platform, workload } = vmsSpec(change);
    return firewallText(host, hostRules(workload.plan)[host] ?? [], platform.vms);
}

/** The lines that let somebody in, without the comments. */
const accepted = (text: string) =>
    text
        .split("\n")
        .filter((line) => / dport \d+ accept/.test(line))
        .map((line) => line.trim().replace(/ comment ".*"$/, ""));

it("lets in what the catalogue says, by address of the machines that ask", () => {
    expect(textOf("proxy-a1")).toMatchInlineSnapshot(`
        "#!/usr/sbin/nft -f
        # Kept by Steward: changes by hand are undone. Nobody else's table is touched.
        table inet steward
        delete table inet steward
        table inet steward {
            chain input {
                type filter hook input priority filter; policy drop;
                ct state established,related accept
                ct state invalid drop
                iif "lo" accept
                meta l4proto { icmp, ipv6-icmp } accept
                ip6 saddr fe80::/10 udp dport 546 accept
                ip saddr { 198.51.100.0/28 } tcp dport 22 accept comment "SSH of whoever deploys"
                ip6 saddr { 2001:db8:a::/64 } tcp dport 22 accept comment "SSH of whoever deploys"
                tcp dport 443 accept comment "HTTPS"
                tcp dport 80 accept comment "HTTP, sent on to HTTPS; the proof for Let's Encrypt"
                ip saddr { 192.0.2.11 } tcp dport 22 accept comment "Ansible"
                ip6 saddr { 2001:db8::11 } tcp dport 22 accept comment "Ansible"
                ip saddr { 192.0.2.11 } tcp dport 9101 accept comment "measurements of the machine"
                ip6 saddr { 2001:db8::11 } tcp dport 9101 accept comment "measurements of the machine"
            }
        }
        "
    `);
    expect(accepted(textOf("db-a1"))).toContain(
        "ip saddr { 192.0.2.13, 192.0.2.14 } tcp dport 9092 accept",
    );
    expect(accepted(textOf("db-a1"))).toContain(
        "ip6 saddr { 2001:db8::13, 2001:db8::14 } tcp dport 9092 accept",
    );
});

it("is a table of its own, drops the rest, and touches no other table", () => {
    for (const host of ["control-a1", "sql-a1"]) {
        const text = textOf(host);
        expect(text).toContain("policy drop;");
        expect(text).not.toContain("flush ruleset");
        expect(
            [...text.matchAll(/^(?:delete )?table (.*?)(?: \{)?$/gm)].map(([, name]) => name),
        ).toEqual(["inet steward", "inet steward", "inet steward"]);
    }
});

it("opens SSH to the jump host alone, where there is one; the control machine keeps its people", () => {
    const jump = {
        address: "198.51.100.7",
        address6: "2001:db8:a::7",
        reachedAt: "gate.example.org",
        hostKey: "ssh-ed25519 AAAA",
    };
    const ssh = (host: string) =>
        accepted(textOf(host, { jump })).filter((line) => line.includes("dport 22 "));
    expect(ssh("sql-a1")).toEqual([
        "ip saddr { 198.51.100.7 } tcp dport 22 accept",
        "ip6 saddr { 2001:db8:a::7 } tcp dport 22 accept",
        "ip saddr { 192.0.2.11 } tcp dport 22 accept",
        "ip6 saddr { 2001:db8::11 } tcp dport 22 accept",
    ]);
    expect(ssh("control-a1")).toContain("ip saddr { 198.51.100.0/28 } tcp dport 22 accept");
});

it("opens nothing to everybody but the site itself", () => {
    const open = Object.keys(vmsSpec().platform.vms.hosts).flatMap((host) =>
        accepted(textOf(host))
            .filter((line) => !line.includes("saddr"))
            .map((line) => `${host}: ${line}`),
    );
    expect(open).toEqual(["proxy-a1: tcp dport 443 accept", "proxy-a1: tcp dport 80 accept"]);
});

it("lets the monitoring host alone ask for measurements, whichever that is, and no port is another service's", () => {
    const asking = (host: string, watcher?: string) => {
        const { platform, workload } = vmsSpec();
        const rules = hostRules(workload.plan, watcher)[host] ?? [];
        return accepted(firewallText(host, rules, platform.vms)).filter((line) =>
            line.includes(` dport ${String(exporterPort)} `),
        );
    };
    expect(asking("db-a1")[0]).toBe("ip saddr { 192.0.2.11 } tcp dport 9101 accept");
    expect(asking("db-a1", "web-a1")[0]).toBe("ip saddr { 192.0.2.13 } tcp dport 9101 accept");
    expect(asking("web-a1", "web-a1")).toEqual([]);
    const taken = flows().map(({ port }) => port);
    const own: readonly number[] = [exporterPort, ...Object.values(ports)];
    expect(own.filter((port) => taken.includes(port))).toEqual([]);
});
