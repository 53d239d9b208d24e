import type { Measures } from "./measuring";
import { publishing } from "./publishing";

/**
 * Patches, as apt sees them. The stamp is apt's own: it is set only when unattended-upgrade ended well; until it did
 * once, time counts from its installation.
 */
const script = `#!/bin/sh
# Kept by Steward: changes by hand are undone. What the exporter does not know by itself, as text for it.
set -eu
export LC_ALL=C
${publishing}
since() { for file; do stat -c %Y "$file" 2>/dev/null && return; done; echo 0; }
simulated=$(apt-get --simulate -o Debug::NoLocking=true --with-new-pkgs upgrade)
pending=$(printf '%s\\n' "$simulated" | grep -c '^Inst [^(]*([^)]*[Ss]ecurity' || true)
upgraded=$(since /var/lib/apt/periodic/upgrade-stamp /var/lib/dpkg/info/unattended-upgrades.list)
{
    cat <<END
# HELP steward_security_updates_pending Packages that a security update is there for.
# TYPE steward_security_updates_pending gauge
steward_security_updates_pending $pending
# HELP steward_upgrade_last_success_timestamp_seconds When unattended-upgrades last ended well.
# TYPE steward_upgrade_last_success_timestamp_seconds gauge
steward_upgrade_last_success_timestamp_seconds $upgraded
END
    [ ! -e /run/reboot-required ] || cat <<END
# HELP steward_reboot_required_since_timestamp_seconds When a patch first asked for a restart.
# TYPE steward_reboot_required_since_timestamp_seconds gauge
steward_reboot_required_since_timestamp_seconds $(since /run/reboot-required)
END
} | publish steward-patches.prom
`;

export const patchMeasures: Measures = {
    noun: "measure",
    unit: "steward-measure",
    description: "Measures which patches a host lacks",
    path: "/usr/local/lib/steward/measure",
    script,
    when: ["OnActiveSec=1min", "OnBootSec=5min", "OnUnitActiveSec=30min"],
};
