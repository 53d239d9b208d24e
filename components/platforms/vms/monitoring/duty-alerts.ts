import type { DueRule } from "../../../model/alert-rule";
import { jobs } from "./names";

/** Alerts about duties: patches, copies, detection, certificates, the firewall, and the monitoring itself. */
export function dutyAlerts(): DueRule[] {
    return [
        ...patches(),
        ...copies(),
        ...detection(),
        ...wayIn(),
        ...certificates(),
        ...monitoringItself(),
    ];
}

/** A host that is measured and does not say this: for whoever should have it measured. */
const lacking = (metric: string, of = "") =>
    `up{job="${jobs.hosts}"${of}} == 1 unless on (host) ${metric}`;

const age = (metric: string) => `time() - ${metric}`;

const days = (count: number) => `${count} * 86400`;

function patches(): DueRule[] {
    const about = { layer: "patching", severity: "warning" } as const;
    return [
        {
            ...about,
            alert: "SecurityUpdatesPending",
            expr: "steward_security_updates_pending > 0",
            for: "2d",
            summary:
                "{{ $labels.host }} lacks {{ $value }} security updates, and for two days nothing installed them",
            action: "On it: unattended-upgrade --dry-run --debug; apt list --upgradable",
        },
        {
            ...about,
            alert: "UpgradesFail",
            expr: `${age("steward_upgrade_last_success_timestamp_seconds")} > ${days(3)}`,
            for: "1h",
            summary:
                "no run of unattended-upgrades ended well on {{ $labels.host }} for {{ $value | humanizeDuration }}",
            action: "On it: journalctl --unit apt-daily-upgrade; less /var/log/unattended-upgrades/unattended-upgrades.log",
        },
        {
            ...about,
            alert: "RebootRequired",
            expr: `${age("steward_reboot_required_since_timestamp_seconds")} > ${days(8)}`,
            for: "1h",
            summary: "{{ $labels.host }} runs what was patched {{ $value | humanizeDuration }} ago",
            action: "Start it anew; with steward:vms.patching.reboot it does so by itself",
        },
        {
            ...about,
            alert: "PatchesNotMeasured",
            expr: lacking("steward_security_updates_pending"),
            for: "6h",
            summary: "{{ $labels.host }} does not say which patches it lacks",
            action: "On it: systemctl status steward-measure.timer steward-measure.service",
        },
    ];
}

function copies(): DueRule[] {
    const about = { layer: "backups", severity: "critical" } as const;
    return [
        {
            ...about,
            alert: "BackupFailed",
            expr: "steward_backup_last_result == 0",
            for: "15m",
            summary: "the last copy of {{ $labels.service }} on {{ $labels.host }} failed",
            action: "On it: systemctl list-units 'steward-backup*'; journalctl --unit of the failed one",
        },
        {
            ...about,
            alert: "BackupOld",
            expr: `${age("steward_backup_last_success_timestamp_seconds")} > ${days(1.25)}`,
            for: "15m",
            summary:
                "the newest copy of {{ $labels.service }} on {{ $labels.host }} is {{ $value | humanizeDuration }} old",
            action: "On it: systemctl list-timers 'steward-backup*'",
        },
        {
            ...about,
            alert: "BackupNotMeasured",
            expr: lacking("steward_backup_last_result", ',keeps_data="yes"'),
            for: "26h",
            summary: "{{ $labels.host }} keeps data, and says nothing of its copies",
            action: "`steward:vms.backups` names where they go; on it: systemctl list-timers 'steward-backup*'",
        },
        {
            ...about,
            alert: "RestoreDrillFailed",
            expr: "steward_restore_drill_last_result == 0",
            for: "15m",
            summary:
                "the newest copy of {{ $labels.service }} on {{ $labels.host }} could not be restored on trial",
            action: "On it: systemctl list-units 'steward-restore*'; journalctl --unit of the failed one",
        },
        {
            ...about,
            alert: "RestoreDrillOld",
            expr: `${age("steward_restore_drill_last_success_timestamp_seconds")} > ${days(15)}`,
            for: "1h",
            summary:
                "whether copies of {{ $labels.service }} on {{ $labels.host }} can be restored was last seen {{ $value | humanizeDuration }} ago",
            action: "On it: systemctl list-timers 'steward-restore*'",
        },
    ];
}

function detection(): DueRule[] {
    const about = { layer: "intrusion-detection" } as const;
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

function wayIn(): DueRule[] {
    return [
        {
            layer: "network",
            alert: "FirewallDown",
            expr: 'node_systemd_unit_state{name="steward-firewall.service",state="active"} == 0',
            for: "5m",
            severity: "critical",
            summary: "the firewall of {{ $labels.host }} is not in force: whatever listens is open",
            action: "On it: systemctl restart steward-firewall",
        },
        {
            layer: "threat-response",
            alert: "HostIsolated",
            expr: "steward_isolated == 1",
            severity: "critical",
            summary: "{{ $labels.host }} was cut off from all but administrators",
            action: "On it: steward-isolate status says by whom and why; steward-isolate end opens it",
        },
    ];
}

function certificates(): DueRule[] {
    const left = `probe_ssl_earliest_cert_expiry{job="${jobs.site}"} - time()`;
    const about = {
        layer: "dns-tls",
        summary:
            "the certificate that {{ $labels.host }} shows ends in {{ $value | humanizeDuration }}",
        action: "Look at what renews it, and why it did not: its timer or playbook, and port 80 for its proof",
    } as const;
    return [
        {
            ...about,
            alert: "CertificateExpires",
            expr: `${left} < ${days(21)}`,
            for: "1h",
            severity: "warning",
        },
        {
            ...about,
            alert: "CertificateEnds",
            expr: `${left} < ${days(7)}`,
            for: "1h",
            severity: "critical",
        },
    ];
}

function monitoringItself(): DueRule[] {
    const about = { layer: "service-monitoring" } as const;
    return [
        {
            ...about,
            alert: "NotMeasured",
            expr: [
                `up{job!~"${jobs.hosts}"} == 0`,
                `absent(up{job="${jobs.hosts}"})`,
                `absent(up{job="${jobs.reach}"})`,
            ].join(" or "),
            for: "10m",
            severity: "warning",
            summary: "{{ $labels.job }} is not measured: no alert of it comes",
            action: "On the monitoring host: systemctl status 'prometheus*'",
        },
        {
            ...about,
            alert: "MeasurementsUnreadable",
            expr: "node_textfile_scrape_error > 0",
            for: "30m",
            severity: "warning",
            summary:
                "what scripts of {{ $labels.host }} measure cannot be read: no alert of it comes",
            action: "On it: journalctl --unit prometheus-node-exporter",
        },
        {
            ...about,
            alert: "RulesFail",
            expr: "increase(prometheus_rule_evaluation_failures_total[30m]) > 0",
            for: "15m",
            severity: "warning",
            summary:
                "rules of {{ $labels.rule_group }} cannot be worked out: no alert of them comes",
            action: "On the monitoring host: journalctl --unit prometheus",
        },
        {
            ...about,
            alert: "ConfigurationRefused",
            expr: "prometheus_config_last_reload_successful < 1 or alertmanager_config_last_reload_successful < 1",
            for: "15m",
            severity: "critical",
            summary:
                "{{ $labels.job }} does not take its configuration, and goes on with an older one",
            action: "On the monitoring host: journalctl --unit prometheus --unit prometheus-alertmanager",
        },
        {
            ...about,
            alert: "AlertsNotSent",
            expr: "sum by (integration) (rate(alertmanager_notifications_failed_total[15m])) > 0",
            for: "15m",
            severity: "critical",
            summary: "alerts do not reach their owners by {{ $labels.integration }}",
            action: "On the monitoring host: journalctl --unit prometheus-alertmanager; `steward:vms.monitoring.mail` names the relay",
        },
    ];
}
