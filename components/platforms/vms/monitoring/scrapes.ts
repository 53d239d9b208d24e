import { machineLayer } from "../../../model/commcare/machine-layer";
import { exporterPort } from "../../../model/commcare/host-rules";
import type { Machine } from "../../../model/commcare/plan";
import { services } from "../../../model/commcare/services";
import type { VmsCommcareSpec } from "../../../model/spec";
import { folder, jobs, ports } from "./names";

/** A module of the blackbox exporter. */
type Module = "icmp" | "site";

/**
 * Prometheus's configuration: each host by its exporter and by a ping, the site by each proxy, and the monitoring
 * itself.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export function scrapes(spec: VmsCommcareSpec) {
    const { platform, workload } = spec;
    const { machines } = workload.plan;
    const addressOf = ({ name }: Machine) => platform.vms.hosts[name]?.address ?? name;
    const targets = (some: readonly Machine[], target: (machine: Machine) => string) =>
        some.map((machine) => ({ targets: [target(machine)], labels: hostLabels(machine) }));
    const proxies = machines.filter(({ services: run }) => run.includes("proxy"));
    return {
        global: {
            scrape_interval: "30s",
            evaluation_interval: "30s",
            external_labels: { cluster: spec.name, environment: spec.environment },
        },
        alerting: {
            alertmanagers: [{ static_configs: [{ targets: [local(ports.alertmanager)] }] }],
        },
        rule_files: [`${folder}/rules.json`],
        scrape_configs: [
            ...(["prometheus", "alertmanager", "probes"] as const).map((job) => ({
                job_name: job,
                static_configs: [{ targets: [local(ports[job])] }],
            })),
            {
                job_name: jobs.hosts,
                static_configs: targets(
                    machines,
                    (machine) => `${addressOf(machine)}:${exporterPort}`,
                ),
                metric_relabel_configs: [{ ...unitsThatMatter, action: "drop" }],
            },
            probe(jobs.reach, "icmp", targets(machines, addressOf)),
            probe(
                jobs.site,
                "site",
                targets(proxies, (machine) => `https://${addressOf(machine)}/`),
            ),
        ],
    };
}

const local = (port: number) => `127.0.0.1:${port}`;

/** Of units only whether they work or failed: the other states are hundreds of series of each host. */
const unitsThatMatter = {
    source_labels: ["__name__", "state"],
    regex: "node_systemd_unit_state;(activating|deactivating|inactive)",
} as const;

/** What an alert about a host has to know of it. */
function hostLabels(machine: Machine): Record<string, string> {
    const copied = machine.services.some((slug) => (services[slug].data?.backup ?? null) !== null);
    return {
        host: machine.name,
        service_layer: machineLayer(machine),
        keeps_data: copied ? "yes" : "no",
    };
}

/** Asked through the blackbox exporter, by its own documentation's relabelling. */
function probe(job: string, module: Module, targets: readonly object[]) {
    return {
        job_name: job,
        metrics_path: "/probe",
        params: { module: [module] },
        static_configs: targets,
        relabel_configs: [
            { source_labels: ["__address__"], target_label: "__param_target" },
            { source_labels: ["__param_target"], target_label: "instance" },
            { target_label: "__address__", replacement: local(ports.probes) },
        ],
    };
}

/**
 * What the blackbox exporter asks. A certificate that nobody trusts is one that ends: its end is measured all the same.
 *
 * @see https://github.com/prometheus/blackbox_exporter/blob/master/CONFIGURATION.md
 */
export function probeModules(domain: string) {
    const modules: Record<Module, object> = {
        icmp: { prober: "icmp", timeout: "5s", icmp: { preferred_ip_protocol: "ip4" } },
        site: {
            prober: "http",
            timeout: "10s",
            http: {
                headers: { Host: domain },
                follow_redirects: false,
                valid_status_codes: [200, 301, 302],
                fail_if_not_ssl: true,
                preferred_ip_protocol: "ip4",
                tls_config: { server_name: domain, insecure_skip_verify: true },
            },
        },
    };
    return { modules };
}
