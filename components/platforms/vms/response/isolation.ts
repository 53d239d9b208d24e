import { exporterPort } from "../../../model/commcare/host-rules";
import type { VmsSpec } from "../../../model/spec/vms";
import { afterNftables } from "../after-nftables";
import { doors } from "../firewall-rules";
import { textfiles } from "../monitoring/names";
import { publishing } from "../monitoring/publishing";

export const isolationPaths = {
    rules: "/etc/steward/isolation.nft",
    command: "/usr/local/sbin/steward-isolate",
    unit: "/etc/systemd/system/steward-isolation.service",
    /** There while the host is cut off: since when, by whom, why. */
    cut: "/run/steward/isolated",
    /** The same, where it is to stay so through a restart. */
    kept: "/var/lib/steward/isolated",
    table: "inet steward_isolation",
} as const;

const { cut, kept, table } = isolationPaths;

/** Seconds in which somebody has to say that it shall stay: whoever cut themselves off as well says nothing. */
const window = 300;

/**
 * A table before the firewall's own: SSH of administrators and the answers to it, the monitoring's questions, so that
 * nobody takes the host for dead, and nothing else, in whatever direction; connections that stand are cut as well.
 */
export function isolationRules(sshPort: number, vms: VmsSpec, watchers: readonly string[]): string {
    const peers = [
        ...sides(doors(vms)).map((side) => ({ ...side, port: sshPort })),
        ...sides(watchers).map((side) => ({ ...side, port: exporterPort })),
    ];
    const chain = (hook: string, lines: readonly string[]) => [
        `    chain ${hook} {`,
        `        type filter hook ${hook} priority filter - 10; policy drop;`,
        ...lines.map((line) => `        ${line}`),
        "    }",
    ];
    const neighbours =
        "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept";
    return [
        "#!/usr/sbin/nft -f",
        "# Kept by Steward: changes by hand are undone. In force while steward-isolate says so.",
        `table ${table}`,
        `delete table ${table}`,
        `table ${table} {`,
        ...chain("input", [
            'iif "lo" accept',
            neighbours,
            ...peers.map(
                ({ family, all, port }) => `${family} saddr { ${all} } tcp dport ${port} accept`,
            ),
        ]),
        ...chain("output", [
            'oif "lo" accept',
            neighbours,
            ...peers.map(
                ({ family, all, port }) =>
                    `${family} daddr { ${all} } tcp sport ${port} ct state established accept`,
            ),
        ]),
        ...chain("forward", []),
        "}",
        "",
    ].join("\n");
}

function sides(addresses: readonly string[]): { family: "ip" | "ip6"; all: string }[] {
    const v6 = (address: string) => address.includes(":");
    const some = [
        { family: "ip", all: addresses.filter((each) => !v6(each)).join(", ") },
        { family: "ip6", all: addresses.filter(v6).join(", ") },
    ] as const;
    return some.filter(({ all }) => all !== "");
}

/** After a restart, and before any network is up, a host that was to stay cut off is, and any other one is not. */
export const isolationUnit = `[Unit]
Description=Keeps a host cut off that was to stay so
Wants=network-pre.target
Before=network-pre.target shutdown.target
Conflicts=shutdown.target
DefaultDependencies=no
After=local-fs.target nftables.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${isolationPaths.command} boot
NoNewPrivileges=yes
CapabilityBoundingSet=CAP_NET_ADMIN
ProtectSystem=strict
ProtectHome=yes
ReadWritePaths=/run -${textfiles}
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native

[Install]
WantedBy=sysinit.target
`;

/** What has a host stay cut off when the distribution's own service takes away every table. */
export const standingIsolation = afterNftables(
    "steward-isolation",
    `${isolationPaths.command} again`,
);

/** `steward-isolate`: cuts a host off, by hand, when an attack is on; and opens it again. */
export const isolationCommand = `#!/bin/sh
# Kept by Steward: changes by hand are undone.
set -eu
export LC_ALL=C PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
usage='steward-isolate start REASON: cuts this host off from all but administrators, for ${window / 60} minutes; steward-isolate keep: until steward-isolate end; steward-isolate status'
[ "$(id -u)" = 0 ] || { echo 'steward-isolate: only root may; sudo it' >&2; exit 1; }
who=\${SUDO_USER:-\${USER:-somebody}}
noted() { logger -t steward-isolate -p auth.warning "$who: $*" || true; }
${publishing}
measured() {
    publish steward-isolation.prom <<END
# HELP steward_isolated Whether this host is cut off from all but administrators.
# TYPE steward_isolated gauge
steward_isolated $1
END
}
case "\${1-}" in
    start)
        [ -n "\${2-}" ] || { echo "$usage" >&2; exit 2; }
        nft --check --file ${isolationPaths.rules}
        shift
        mkdir -p /run/steward
        printf '%s %s: %s\\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$who" "$*" >${cut}
        noted "isolates this host: $*"
        systemctl stop steward-isolation-end.timer 2>/dev/null || true
        systemd-run --quiet --collect --unit steward-isolation-end --on-active ${window} --timer-property AccuracySec=1s ${isolationPaths.command} end
        nft --file ${isolationPaths.rules}
        measured 1
        echo 'This host is cut off. It opens by itself in ${window / 60} minutes: come in by a new session, and type steward-isolate keep.'
        echo 'What was seen goes with the machine: steward-evidence first, and power it off last. To call:'
        for layer in threat-response intrusion-detection hosting; do steward-owner "$layer" || true; done ;;
    keep)
        [ -e ${cut} ] || { echo 'this host is not cut off: steward-isolate start REASON' >&2; exit 1; }
        cp ${cut} ${kept}; sync ${kept}
        systemctl stop steward-isolation-end.timer 2>/dev/null || true
        noted 'keeps this host isolated'
        echo 'This host stays cut off, also after a restart, until steward-isolate end.' ;;
    boot)
        if ! [ -e ${kept} ]; then nft delete table ${table} 2>/dev/null || true; measured 0; exit; fi
        mkdir -p /run/steward; cp ${kept} ${cut}
        nft --file ${isolationPaths.rules}
        measured 1 ;;
    again) # after somebody has taken away every table
        [ ! -e ${cut} ] || nft --file ${isolationPaths.rules} ;;
    end)
        rm -f ${cut} ${kept}
        nft delete table ${table} 2>/dev/null || true
        measured 0
        noted 'opens this host again'
        echo 'This host is open again, as its firewall has it.'
        systemctl stop steward-isolation-end.timer 2>/dev/null || true ;;
    status)
        if nft list table ${table} >/dev/null 2>&1; then echo "cut off since $(cat ${cut} 2>/dev/null)"; else echo 'not cut off'; fi ;;
    *) echo "$usage"; [ "\${1-}" = --help ] || exit 2 ;;
esac
`;
