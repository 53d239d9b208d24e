import type { ClusterSpec } from "../../../model/spec";
import type { MonitoringFoundation, WatchedHosts } from "../../../platforms/monitoring-foundation";
import { gatewayNames } from "../gateway-names";
import { homesNamespace } from "../names";
import { monitoringNames } from "./names";

const { ports, service } = monitoringNames;

const inside = (name: string, namespace: string) => `${name}.${namespace}.svc.cluster.local`;

/** Each pod behind a Service that has no address of its own. Needs no right to ask the Kubernetes API. */
const everyPodOf = (namespace: string, port: number, name: string = service) => ({
    dns_sd_configs: [{ names: [inside(name, namespace)], type: "A", port }],
});

const onePod = (host: string, labels?: Readonly<Record<string, string>>) => ({
    static_configs: [{ targets: [host], ...(labels === undefined ? {} : { labels }) }],
});

/** Of what a machine says only this: the rest is thousands of series that nobody looks at. */
const keep = (metrics: string) => ({
    metric_relabel_configs: [{ source_labels: ["__name__"], regex: metrics, action: "keep" }],
});

const account = "/var/run/secrets/kubernetes.io/serviceaccount";

/** By the nodes' own certificate and Prometheus's own account. */
const kubelet = {
    scheme: "https",
    kubernetes_sd_configs: [{ role: "node" }],
    tls_config: { ca_file: `${account}/ca.crt` },
    authorization: { credentials_file: `${account}/token` },
} as const;

const nodeName = {
    source_labels: ["__meta_kubernetes_node_name"],
    target_label: "node",
} as const;

function machines() {
    return [
        {
            job_name: "kubelet",
            ...kubelet,
            relabel_configs: [nodeName],
            ...keep("kubelet_volume_stats_(available|capacity|used)_bytes"),
        },
        {
            job_name: "containers",
            ...kubelet,
            metrics_path: "/metrics/cadvisor",
            relabel_configs: [nodeName],
            ...keep("container_(memory_working_set_bytes|cpu_usage_seconds_total)"),
        },
        {
            job_name: "nodes",
            kubernetes_sd_configs: [{ role: "node" }],
            relabel_configs: [
                nodeName,
                {
                    source_labels: ["__address__"],
                    regex: "(.+):\\d+",
                    target_label: "__address__",
                    replacement: `$1:${ports.nodes}`,
                },
            ],
            ...keep(
                "node_(cpu_seconds_total|load1|memory_(MemAvailable|MemTotal)_bytes|filesystem_(avail|size)_bytes|network_(receive|transmit)_bytes_total)",
            ),
        },
    ];
}

function hubs({ workload }: ClusterSpec) {
    const all = workload.jupyterhub.hubs;
    // A job for each, because each hub has a key of its own; called by one name once they are there.
    const named = (job: string) => ({
        relabel_configs: [{ target_label: "job", replacement: job }],
    });
    return [
        ...all.map(({ name }) => ({
            job_name: `hub ${name}`,
            metrics_path: "/hub/metrics",
            authorization: { credentials_file: `${monitoringNames.hubKeysPath}/${name}` },
            ...onePod(`${inside("hub", name)}:${ports.hub}`, { hub: name }),
            ...named("hub"),
        })),
        ...all
            .filter(({ homes }) => homes.storage === "nfs")
            .map(({ name }) => ({
                job_name: `homes ${name}`,
                ...onePod(`${inside(service, homesNamespace(name))}:${ports.homes}`, { hub: name }),
                ...named("homes"),
                ...keep("node_filesystem_(avail|size)_bytes"),
            })),
    ];
}

/** What is asked depends on it: collectors of logs in the cluster, and hosts that nobody else watches. */
type Asking = Pick<MonitoringFoundation, "logs"> & {
    readonly hosts?: Pick<WatchedHosts, "scrape"> | undefined;
};

/**
 * Prometheus's configuration. What is kept, and how much, stands here and not among its flags: so a change is read
 * without a restart.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export function scrapes(spec: ClusterSpec, { hosts, logs }: Asking) {
    const { retentionDays, volumeGiB } = spec.workload.jupyterhub.monitoring;
    const { namespace, agents } = monitoringNames;
    return {
        global: {
            scrape_interval: "1m",
            evaluation_interval: "1m",
            external_labels: { cluster: spec.name, environment: spec.environment },
        },
        storage: {
            tsdb: {
                // A fifth is left to what is not in blocks yet: https://prometheus.io/docs/prometheus/latest/storage/
                retention: {
                    time: `${retentionDays}d`,
                    size: `${Math.floor(volumeGiB * 1024 * 0.8)}MB`, // of 2^20 bytes
                },
            },
        },
        alerting: {
            alertmanagers: [
                onePod(`${inside("prometheus-alertmanager", namespace)}:${ports.alertmanager}`),
            ],
        },
        rule_files: ["/etc/config/rules.json"],
        scrape_configs: [
            { job_name: "prometheus", ...onePod(`localhost:${ports.prometheus}`) },
            {
                job_name: "alertmanager",
                ...onePod(`${inside("prometheus-alertmanager", namespace)}:${ports.alertmanager}`),
            },
            {
                job_name: "kubernetes",
                honor_labels: true, // what it tells is of other pods than itself
                ...onePod(
                    `${inside("prometheus-kube-state-metrics", namespace)}:${ports.kubeState}`,
                ),
            },
            ...machines(),
            ...(hosts === undefined ? [] : [hosts.scrape]),
            ...(logs === undefined
                ? []
                : [
                      {
                          job_name: "logs",
                          metrics_path: "/api/v2/metrics/prometheus",
                          ...everyPodOf(agents, ports.logs, "fluent-bit"),
                      },
                  ]),
            {
                job_name: "gateway",
                ...everyPodOf(gatewayNames.namespace, ports.gateway),
                ...keep("traefik_(entrypoint|config|open)_.+"),
            },
            {
                job_name: "certificates",
                honor_labels: true,
                ...onePod(`${inside("cert-manager", "cert-manager")}:${ports.certificates}`),
                ...keep("certmanager_certificate_.+"),
            },
            ...hubs(spec),
        ],
    };
}
