import type { HostRule } from "../../model/commcare/host-rules";
import type { VmSpec, VmsSpec } from "../../model/spec/vms";

/** The table is this one alone: whatever others have put into nftables stays. */
export const table = "inet steward";

/** What a host needs beside its rules where pods run on it. */
export interface PodRules {
    /** Lines of the chain of what comes in. */
    readonly input: readonly string[];
    /** A chain of its own, for what passes through. */
    readonly forward: readonly string[];
}

/**
 * What a host lets in, as nftables reads it: the catalogue's rules and SSH for whoever Steward comes in as; the rest
 * is dropped. What the host itself opens is not restricted.
 */
export function firewallText(
    name: string,
    rules: readonly HostRule[],
    vms: VmsSpec,
    pods: PodRules = { input: [], forward: [] },
): string {
    const { hosts, administrators } = vms;
    const own = hosts[name];
    const lines = [
        ...accept(doors(vms), own?.port ?? 22, "tcp", "SSH of whoever deploys"),
        ...rules.flatMap(({ from, port: asked, protocol, carries }) => {
            const port = asked === 22 ? (own?.port ?? 22) : asked;
            if (from === "public")
                return [`${protocol} dport ${String(port)} accept${noted(carries)}`];
            const whom = from === "administrators" ? administrators : addressesOf(from, hosts);
            return accept(whom, port, protocol, carries);
        }),
        ...pods.input,
    ];
    return [
        "#!/usr/sbin/nft -f",
        "# Kept by Steward: changes by hand are undone. Nobody else's table is touched.",
        `table ${table}`,
        `delete table ${table}`,
        `table ${table} {`,
        "    chain input {",
        "        type filter hook input priority filter; policy drop;",
        "        ct state established,related accept",
        "        ct state invalid drop",
        '        iif "lo" accept',
        "        meta l4proto { icmp, ipv6-icmp } accept",
        "        ip6 saddr fe80::/10 udp dport 546 accept",
        ...lines.map((line) => `        ${line}`),
        "    }",
        ...pods.forward,
        "}",
        "",
    ].join("\n");
}

/** From where Steward comes in. Through a jump host nobody else needs to; the control machine has its own rule. */
export const doors = ({ jump, administrators }: VmsSpec): readonly string[] =>
    jump === undefined ? administrators : addressesOf(["jump"], { jump });

/** The addresses of some machines. */
export function addressesOf(
    names: readonly string[],
    hosts: Readonly<Record<string, Pick<VmSpec, "address" | "address6">>>,
): string[] {
    return names.flatMap((each) => {
        const { address, address6 } = hosts[each] ?? {};
        return [address, address6].filter((one) => one !== undefined);
    });
}

/** A rule for each kind of address; names of hosts are no addresses, and nothing is asked of a resolver here. */
function accept(
    from: readonly string[],
    port: number,
    protocol: string,
    carries: string,
): string[] {
    const isV6 = (address: string) => address.includes(":");
    const rule = (family: string, addresses: readonly string[]) =>
        addresses.length === 0
            ? []
            : [
                  `${family} saddr { ${addresses.join(", ")} } ${protocol} dport ${String(port)} accept${noted(carries)}`,
              ];
    return [
        ...rule(
            "ip",
            from.filter((each) => !isV6(each)),
        ),
        ...rule("ip6", from.filter(isV6)),
    ];
}

/** nftables takes comments of up to 128 bytes. */
function noted(text: string): string {
    return ` comment "${text.replaceAll(/[^ -~]|"/g, "").slice(0, 120)}"`;
}
