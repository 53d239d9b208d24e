import { isolationRules } from "../../../../components/platforms/vms/response/isolation";
import { vmsSpec } from "./vms";

// What an isolated host lets through; that it holds, and opens again, test/hosts/ shows.

const rules = (change: Record<string, unknown> = {}, port = 22) =>
    isolationRules(port, vmsSpec(change).platform.vms, ["192.0.2.11", "2001:db8::11"]);

const accepted = (text: string) =>
    text
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line.includes("accept"));

it("lets administrators in and answers them, answers the monitoring, and nothing else", () => {
    const neighbours =
        "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept";
    expect(accepted(rules())).toEqual([
        'iif "lo" accept',
        neighbours,
        "ip saddr { 198.51.100.0/28 } tcp dport 22 accept",
        "ip6 saddr { 2001:db8:a::/64 } tcp dport 22 accept",
        "ip saddr { 192.0.2.11 } tcp dport 9101 accept",
        "ip6 saddr { 2001:db8::11 } tcp dport 9101 accept",
        'oif "lo" accept',
        neighbours,
        "ip daddr { 198.51.100.0/28 } tcp sport 22 ct state established accept",
        "ip6 daddr { 2001:db8:a::/64 } tcp sport 22 ct state established accept",
        "ip daddr { 192.0.2.11 } tcp sport 9101 ct state established accept",
        "ip6 daddr { 2001:db8::11 } tcp sport 9101 ct state established accept",
    ]);
    expect(rules().match(/policy drop;/g)).toHaveLength(3);
});

it("lets in through the jump host alone where there is one, and by the host's own port", () => {
    const jump = { address: "198.51.100.7", hostKey: "ssh-ed25519 AAAA" };
    expect(accepted(rules({ jump }, 2222)).filter((line) => line.includes("2222"))).toEqual([
        "ip saddr { 198.51.100.7 } tcp dport 2222 accept",
        "ip daddr { 198.51.100.7 } tcp sport 2222 ct state established accept",
    ]);
});
