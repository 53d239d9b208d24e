import { textfiles } from "../monitoring/names";
import { publishing } from "../monitoring/publishing";
import { auditKeys, auditRules } from "./audit-rules";

/** Rules of ours that the kernel should have. */
const wanted = auditRules.split("\n").filter((line) => line.startsWith("-")).length;

export const auditCheckPath = "/usr/local/lib/steward/audit-rules";

/**
 * Whether the kernel goes by the rules: auditd runs on without any, and whoever is root takes them out by one word. Two
 * are as good as none where auditing is off. `enabled 2` is locked.
 *
 * @see https://man7.org/linux/man-pages/man8/auditctl.8.html
 */
export const auditCheck = `#!/bin/sh
# Kept by Steward: changes by hand are undone. Counts rules of Steward's that the kernel does not go by.
set -eu
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
${publishing}
lacking=${String(wanted)}
if auditctl -s 2>/dev/null | grep -qx 'enabled [12]'; then
    lacking=$((lacking - $(auditctl -l | grep -cE '(-k |key=)(${auditKeys.join("|")})$' || true)))
fi
publish steward-audit.prom <<END
# HELP steward_audit_rules_lacking Rules of Steward's that the kernel does not go by.
# TYPE steward_audit_rules_lacking gauge
steward_audit_rules_lacking $lacking
# HELP steward_audit_check_timestamp_seconds When that was last looked at.
# TYPE steward_audit_check_timestamp_seconds gauge
steward_audit_check_timestamp_seconds $(date +%s)
END
`;

export const auditCheckTimer = {
    unit: "steward-audit-rules",
    description: "Counts rules of the audit that are not in force",
    command: auditCheckPath,
    when: ["OnActiveSec=1min", "OnBootSec=2min", "OnUnitActiveSec=15min"],
    service: [
        "PrivateNetwork=yes",
        "PrivateTmp=yes",
        "ProtectHome=yes",
        "CapabilityBoundingSet=CAP_AUDIT_CONTROL",
        `ReadWritePaths=-${textfiles}`,
    ],
};
