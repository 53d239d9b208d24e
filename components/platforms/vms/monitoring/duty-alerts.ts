import type { DueRule } from "../../../model/alert-rule";
import { copyAlerts } from "./copy-alerts";
import { detectionAlerts } from "./detection-alerts";
import { days } from "./durations";
import { firewallDown } from "./firewall-alert";
import { jobs } from "./names";
import { patchAlerts } from "./patch-alerts";

/** Alerts about duties: patches, copies, detection, certificates, the firewall, and the monitoring itself. */
export function dutyAlerts(): DueRule[] {
    return [
        ...patchAlerts(),
        ...copyAlerts(),
        ...detectionAlerts("intrusion-detection"),
        firewallDown,
        isolated,
        ...certificates(),
        ...monitoringItself(),
    ];
}

const isolated: DueRule = {
    layer: "threat-response",
    alert: "HostIsolated",
    expr: "steward_isolated == 1",
    severity: "critical",
    summary: "{{ $labels.host }} was cut off from all but administrators",
    action: "On it: steward-isolate status says by whom and why; steward-isolate end opens it",
};

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
