import { alertSender, logCollector } from "../../../platforms/monitoring-foundation";

/** What the parts of the monitoring call one another, and where each says how it does. */
export const monitoringNames = {
    /** The namespace of what measures, tells and shows. */
    namespace: alertSender.namespace,
    /** The namespace of what runs on every node; apart, because it sees the node's own files. */
    agents: logCollector.namespace,
    /** Claims, each with the file system's only directory. */
    claims: { prometheus: "prometheus", alertmanager: "alertmanager" },
    /** ConfigMaps: as the charts look for them. */
    configs: {
        prometheus: "prometheus-config",
        alertmanager: "alertmanager-config",
        logs: "fluent-bit-config",
        dashboards: "dashboards",
    },
    /** Secret with each hub's key to its measurements, under the hub's name, and where Prometheus has it. */
    hubKeys: "hub-keys",
    hubKeysPath: "/etc/hub-keys",
    /** Secret that Alertmanager's receivers sign in with, where the platform has any. */
    receiverSecrets: "receiver-secrets",
    /** Secret with the name and the password of Grafana's administrator. */
    grafanaAdmin: "grafana-admin",
    /** Service in front of what a namespace has to say; without an address where several pods do. */
    service: "metrics",
    /** Service account of Prometheus, by its chart. */
    prometheusAccount: "prometheus-server",
    ports: {
        prometheus: 9090,
        alertmanager: 9093,
        kubeState: 8080,
        nodes: 9100,
        kubelet: 10250,
        logs: 2020,
        hub: 8081,
        homes: 9100,
        gateway: 9100,
        certificates: 9402,
    },
} as const;

/** Selects the pods of each chart. */
export const monitoringPods = {
    prometheus: { "app.kubernetes.io/name": "prometheus", "app.kubernetes.io/component": "server" },
    alertmanager: { "app.kubernetes.io/name": "alertmanager" },
    kubeState: { "app.kubernetes.io/name": "kube-state-metrics" },
    grafana: { "app.kubernetes.io/name": "grafana" },
    logs: { "app.kubernetes.io/name": "fluent-bit" },
} as const;

/** Users' servers, by the names of their pods; the seats kept free are no users. */
export const userPods = "jupyter-.*";
