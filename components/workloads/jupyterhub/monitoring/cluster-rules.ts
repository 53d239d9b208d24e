import type { DueRule } from "../../../model/alert-rule";
import { noneServes } from "../../../model/alert-rule";
import type { ClusterWatch, MonitoringFoundation } from "../../../platforms/monitoring-foundation";
import { monitoringNames } from "./names";

/** What is watched of the cluster that all hubs share. */
export function clusterRules({
    watch,
    logs,
}: Pick<MonitoringFoundation, "watch" | "logs">): DueRule[] {
    return [
        ...machines(watch.actions),
        ...wayIn(),
        ...watch.rules,
        ...monitoringItself(watch.actions),
        ...(logs === undefined ? [] : [logsLost]),
    ];
}

function machines(actions: ClusterWatch["actions"]): DueRule[] {
    const about = { layer: "node-pools" } as const;
    return [
        {
            ...about,
            alert: "NodeNotReady",
            expr: 'kube_node_status_condition{condition="Ready",status="true"} < 1',
            for: "10m",
            severity: "critical",
            summary: "the machine {{ $labels.node }} does not answer: servers on it hang",
            action: actions.NodeNotReady,
        },
        {
            ...about,
            alert: "NodeUnderPressure",
            expr: 'kube_node_status_condition{condition=~"(Disk|Memory|PID)Pressure",status="true"} > 0',
            for: "10m",
            severity: "warning",
            summary:
                "{{ $labels.node }} has {{ $labels.condition }}: Kubernetes throws servers off it",
            action: actions.NodeUnderPressure,
        },
    ];
}

function wayIn(): DueRule[] {
    const requests = (more: string) =>
        `sum(rate(traefik_entrypoint_requests_total{entrypoint="websecure"${more}}[10m]))`;
    const errors = requests(',code=~"5.."');
    return [
        {
            layer: "gateway",
            alert: "GatewayDown",
            expr: noneServes("gateway", ".+"),
            for: "2m",
            severity: "critical",
            summary: "the gateway does not run: nobody reaches any hub",
            action: "kubectl -n gateway describe pod",
        },
        {
            layer: "gateway",
            alert: "GatewayErrors",
            expr: `${errors} / ${requests("")} > 0.05 and ${errors} > 0.1`,
            for: "10m",
            severity: "warning",
            summary:
                "{{ $value | humanizePercentage }} of what browsers ask of the hubs ends in an error",
            action: "kubectl -n gateway logs deploy/gateway-traefik: OriginStatus and RouterName say whose errors they are",
        },
        {
            layer: "gateway",
            alert: "CertificateAgentDown",
            expr: noneServes("cert-manager", ".+"),
            for: "30m",
            severity: "warning",
            summary: "{{ $labels.deployment }} does not run: no certificate is renewed",
            action: "kubectl -n cert-manager describe pod",
        },
    ];
}

function monitoringItself(actions: ClusterWatch["actions"]): DueRule[] {
    const about = { layer: "monitoring-alerts" } as const;
    const { namespace } = monitoringNames;
    const of = (what: string) =>
        `kubelet_volume_stats_${what}_bytes{namespace="${namespace}",persistentvolumeclaim=~".+"}`;
    return [
        {
            ...about,
            alert: "MonitoringDiskFilling",
            expr: `1 - ${of("available")} / ${of("capacity")} > 0.9`, // 0.8 is what blocks may take
            for: "30m",
            severity: "warning",
            summary:
                "the disk of {{ $labels.persistentvolumeclaim }} is {{ $value | humanizePercentage }} full",
            action: actions.MonitoringDiskFilling,
        },
        {
            ...about,
            alert: "NotMeasured",
            expr: 'count by (job) (up{job!~"hub|homes|hosts"} < 1)', // of those their own owners are told
            for: "15m",
            severity: "warning",
            summary:
                "{{ $value }} of {{ $labels.job }} do not say how they are: no alert of them comes",
            action: `kubectl -n ${namespace} port-forward svc/prometheus-server 9090, and look at its targets`,
        },
        {
            ...about,
            alert: "RulesFail",
            expr: "increase(prometheus_rule_evaluation_failures_total[30m]) > 0",
            for: "15m",
            severity: "warning",
            summary:
                "rules of {{ $labels.rule_group }} cannot be worked out: no alert of them comes",
            action: `kubectl -n ${namespace} logs deploy/prometheus-server -c prometheus-server`,
        },
        {
            ...about,
            alert: "ConfigurationRefused",
            expr: "prometheus_config_last_reload_successful < 1 or alertmanager_config_last_reload_successful < 1",
            for: "15m",
            severity: "critical",
            summary:
                "{{ $labels.job }} does not take its configuration, and goes on with an older one",
            action: `kubectl -n ${namespace} logs of prometheus-server or prometheus-alertmanager say which line`,
        },
        {
            ...about,
            alert: "AlertsNotSent",
            expr: "sum by (integration, reason) (rate(alertmanager_notifications_failed_total[15m])) > 0",
            for: "15m",
            severity: "critical",
            summary:
                "alerts do not reach their owners by {{ $labels.integration }}: {{ $labels.reason }}",
            action: `kubectl -n ${namespace} logs prometheus-alertmanager-0 -c alertmanager`,
        },
    ];
}

/** Of the collectors that the workload runs. */
const logsLost: DueRule = {
    layer: "monitoring-alerts",
    alert: "LogsLost",
    expr: "sum by (name) (rate(fluentbit_output_retries_failed_total[15m])) > 0",
    for: "15m",
    severity: "warning",
    summary: "logs are given up: {{ $labels.name }} does not take them",
    action: `kubectl -n ${monitoringNames.agents} logs ds/fluent-bit -c fluent-bit`,
};
