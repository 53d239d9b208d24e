import type { Measures } from "./measuring";
import { publishing } from "./publishing";

/** Units that a host is not safe without, whether or not systemd knows them any more. */
const needed = ["auditd.service", "fail2ban.service", "steward-firewall.service"] as const;

/**
 * What systemd says of its units, where the exporter runs in a pod and may not ask it: those that failed, and whether
 * the needed ones run. In the words of the exporter, so that one rule serves both.
 */
const script = `#!/bin/sh
# Kept by Steward: changes by hand are undone.
set -eu
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
${publishing}
failed=$(systemctl list-units --state failed --full --plain --no-legend --no-pager)
{
    echo '# HELP node_systemd_unit_state Whether a unit is in a state.'
    echo '# TYPE node_systemd_unit_state gauge'
    for unit in ${needed.join(" ")}; do
        if systemctl --quiet is-active "$unit"; then active=1; else active=0; fi
        printf 'node_systemd_unit_state{name="%s",state="active"} %d\\n' "$unit" "$active"
    done
    printf '%s\\n' "$failed" | awk 'NF { gsub(/\\\\/, "&&", $1); printf "node_systemd_unit_state{name=\\"%s\\",state=\\"failed\\"} 1\\n", $1 }'
} | publish steward-units.prom
`;

/** Every five minutes. */
export const unitStates: Measures = {
    noun: "units",
    unit: "steward-units",
    description: "Tells which units of this host failed",
    path: "/usr/local/lib/steward/unit-states",
    script,
    when: ["OnActiveSec=1min", "OnBootSec=3min", "OnUnitActiveSec=5min"],
};
