import type { DueRule } from "../../../model/alert-rule";
import { age, days, lacking } from "./durations";

/**
 * Whether intruders would be seen.
 *
 * @param layer Of what watches for them, by the workload's book.
 */
export function detectionAlerts(layer: string): DueRule[] {
    const about = { layer } as const;
    return [
        {
            ...about,
            alert: "FilesChanged",
            expr: "steward_files_changed > 0",
            severity: "warning",
            summary:
                "{{ $value }} files of {{ $labels.host }} were changed by neither a package nor Steward",
            action: "On it: steward-files; what was meant is kept by steward-files accept",
        },
        {
            ...about,
            alert: "FilesNotChecked",
            expr: [
                `${age("steward_files_check_timestamp_seconds")} > ${days(1.5)}`,
                lacking("steward_files_check_timestamp_seconds"),
            ].join(" or "),
            for: "6h",
            severity: "warning",
            summary: "nobody looks whether files of {{ $labels.host }} are changed",
            action: "On it: systemctl status steward-files.timer steward-files.service",
        },
        {
            ...about,
            alert: "DetectionStopped",
            expr: 'node_systemd_unit_state{name=~"(auditd|fail2ban)[.]service",state="active"} == 0',
            for: "10m",
            severity: "warning",
            summary: "{{ $labels.name }} does not run on {{ $labels.host }}",
            action: "On it: systemctl status {{ $labels.name }}; who stopped it is a question as well",
        },
        {
            ...about,
            alert: "AuditRulesLacking",
            expr: "steward_audit_rules_lacking > 0",
            for: "10m",
            severity: "warning",
            summary:
                "{{ $value }} rules of the audit are not in force on {{ $labels.host }}: what they are about is written down no more",
            action: "On it: auditctl -s; augenrules --load; who took them out is a question as well",
        },
        {
            ...about,
            alert: "AuditNotChecked",
            expr: [
                `${age("steward_audit_check_timestamp_seconds")} > 3600`,
                lacking("steward_audit_check_timestamp_seconds"),
            ].join(" or "),
            for: "30m",
            severity: "warning",
            summary: "nobody looks whether the audit of {{ $labels.host }} has its rules",
            action: "On it: systemctl status steward-audit-rules.timer steward-audit-rules.service",
        },
    ];
}
