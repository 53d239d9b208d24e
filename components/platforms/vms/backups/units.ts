import type { VmsBackupsSpec } from "../../../model/spec/vms-backups";
import type { Steps } from "../remote-host";
import { places } from "./places";

const clock = (hourUtc: number) => `${String(hourUtc).padStart(2, "0")}:00:00 UTC`;

/** Root that reads everything, becomes postgres, and writes nowhere but where it is said. */
function service(what: string, verb: string, writes: readonly string[], rights: string): string {
    return `[Unit]
Description=${what}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=${places.command} ${verb}
Nice=10
IOSchedulingClass=idle
CPUWeight=20
CapabilityBoundingSet=${rights}
ProtectSystem=strict
ReadWritePaths=${[places.state, places.cache, places.metrics, "/run/lock", ...writes].join(" ")}
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictNamespaces=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
SystemCallArchitectures=native
SystemCallFilter=@system-service
UMask=0077
`;
}

/** A run that was due while the host was off is made up for. */
function timer(what: string, when: string): string {
    return `[Unit]
Description=${what}

[Timer]
OnCalendar=${when}
RandomizedDelaySec=30min
Persistent=yes

[Install]
WantedBy=timers.target
`;
}

/** What systemd runs, by the names of its units. */
export function unitsOf({ hourUtc, drill }: VmsBackupsSpec): Record<string, string> {
    const [copies, trial] = ["Copies of this host's data, off the host", "Restore drill"];
    const reads = "CAP_DAC_READ_SEARCH CAP_DAC_OVERRIDE CAP_SETUID CAP_SETGID";
    return {
        "steward-backup.service": service(copies, "back-up", [], reads),
        "steward-backup.timer": timer(copies, `*-*-* ${clock(hourUtc)}`),
        "steward-restore-drill.service": service(
            `${trial}: the newest copies are brought back on trial`,
            "drill",
            [drill.folder],
            `${reads} CAP_CHOWN CAP_FOWNER CAP_FSETID CAP_MKNOD`,
        ),
        "steward-restore-drill.timer": timer(trial, `${drill.day} *-*-* ${clock(drill.hourUtc)}`),
    };
}

const timers = "steward-backup.timer steward-restore-drill.timer";

/** Both run, and start with the host. systemctl says of several that they run when one does: each is asked. */
export const timerSteps: Steps = {
    bring: `
run() {
    for each in ${timers}; do
        systemctl --quiet is-active "$each" && systemctl --quiet is-enabled "$each" || return 1
    done
}
if run; then echo unchanged; exit; fi
systemctl --quiet enable --now ${timers}
echo changed`,
    undo: `systemctl --quiet disable --now ${timers} 2>/dev/null || true`,
};
