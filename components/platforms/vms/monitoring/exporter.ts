import { exporterPort } from "../../../model/commcare/host-rules";
import { remoteFile } from "../remote-file";
import type { Done, OnLayer, RemoteHost } from "../remote-host";
import { allOf } from "../remote-host";
import { remotePackages } from "../remote-packages";
import { remoteTimer } from "../remote-timer";
import { dropIn, textfiles } from "./names";

/**
 * What each host says of itself, to the monitoring host alone: the firewall lets nobody else in, and the unit hears
 * nobody else where a kernel filters for it.
 *
 * @param watchers Addresses of the monitoring host.
 */
export function exporter(
    name: string,
    host: RemoteHost,
    watchers: readonly string[],
    opts: OnLayer,
): Done {
    // Before the package, which starts its service at once and for everybody.
    const settings = remoteFile(
        `${name}-exporter`,
        host,
        dropIn("prometheus-node-exporter", [
            "[Unit]",
            "StartLimitIntervalSec=0",
            "[Service]",
            "ExecStart=",
            [
                "ExecStart=/usr/bin/prometheus-node-exporter",
                `--web.listen-address=:${exporterPort}`,
                `--collector.textfile.directory=${textfiles}`,
                "--collector.systemd",
                "--collector.systemd.unit-exclude=.+[.](automount|device|scope|slice|target|path|swap)",
            ].join(" "),
            "RestartSec=5",
            "IPAddressDeny=any",
            `IPAddressAllow=localhost ${watchers.join(" ")}`,
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=",
            "ProtectSystem=strict",
            "ProtectKernelModules=yes",
            "ProtectControlGroups=yes",
            "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
            "RestrictNamespaces=yes",
            "RestrictRealtime=yes",
            "LockPersonality=yes",
            "MemoryDenyWriteExecute=yes",
            "SystemCallArchitectures=native",
        ]),
        opts,
    );
    // The exporter asks systemd for its units over D-Bus, which a small installation may lack.
    const packages = ["prometheus-node-exporter", "dbus"];
    const tool = remotePackages(`${name}-node-exporter`, host, packages, {
        ...opts,
        dependsOn: allOf([settings]),
    });
    const script = remoteFile(
        `${name}-measure`,
        host,
        { path: measurePath, content: measure, mode: "755" },
        { ...opts, dependsOn: allOf([tool]) },
    );
    return remoteTimer(
        `${name}-measure`,
        host,
        {
            unit: "steward-measure",
            description: "Measures which patches a host lacks",
            command: measurePath,
            when: ["OnActiveSec=1min", "OnBootSec=5min", "OnUnitActiveSec=30min"],
            service: [
                "PrivateNetwork=yes",
                "PrivateTmp=yes",
                "ProtectHome=yes",
                "CapabilityBoundingSet=",
                `ReadWritePaths=${textfiles}`,
                "Nice=10",
            ],
        },
        { ...opts, dependsOn: allOf([script]) },
    );
}

const measurePath = "/usr/local/lib/steward/measure";

/**
 * Patches, as apt sees them. The stamp is apt's own: it is set only when unattended-upgrade ended well; until it did
 * once, time counts from its installation.
 */
const measure = `#!/bin/sh
# Kept by Steward: changes by hand are undone. What the exporter does not know by itself, as text for it.
set -eu
export LC_ALL=C
find ${textfiles} -maxdepth 1 -name '.steward.*' -mmin +60 -delete || true # of a write that broke off
new=$(mktemp ${textfiles}/.steward.XXXXXX)
trap 'rm -f "$new"' EXIT
since() { for file; do stat -c %Y "$file" 2>/dev/null && return; done; echo 0; }
simulated=$(apt-get --simulate -o Debug::NoLocking=true --with-new-pkgs upgrade)
pending=$(printf '%s\\n' "$simulated" | grep -c '^Inst [^(]*([^)]*[Ss]ecurity' || true)
upgraded=$(since /var/lib/apt/periodic/upgrade-stamp /var/lib/dpkg/info/unattended-upgrades.list)
cat >"$new" <<END
# HELP steward_security_updates_pending Packages that a security update is there for.
# TYPE steward_security_updates_pending gauge
steward_security_updates_pending $pending
# HELP steward_upgrade_last_success_timestamp_seconds When unattended-upgrades last ended well.
# TYPE steward_upgrade_last_success_timestamp_seconds gauge
steward_upgrade_last_success_timestamp_seconds $upgraded
END
if [ -e /run/reboot-required ]; then
    cat >>"$new" <<END
# HELP steward_reboot_required_since_timestamp_seconds When a patch first asked for a restart.
# TYPE steward_reboot_required_since_timestamp_seconds gauge
steward_reboot_required_since_timestamp_seconds $(since /run/reboot-required)
END
fi
chmod 644 "$new"
mv -f "$new" ${textfiles}/steward-patches.prom
`;
