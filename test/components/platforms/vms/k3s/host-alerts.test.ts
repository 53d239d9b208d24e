import { ownerOf } from "../../../../../components/model/matrix";
import { clusterWatch } from "../../../../../components/platforms/vms/k3s/cluster-watch";
import { watchedHosts } from "../../../../../components/platforms/vms/k3s/watched-hosts";
import { alertRules } from "../../../../../components/workloads/jupyterhub/monitoring/alert-rules";
import { scrapes } from "../../../../../components/workloads/jupyterhub/monitoring/scrapes";
import { ask, describeWithTools } from "../../../../support/prometheus";
import { campus, specOf } from "./cluster";

// The hosts of hubs, as the monitoring in the cluster sees them: what it asks, and whom it tells.

jest.setTimeout(180_000);

const spec = specOf(campus());
const hosts = watchedHosts(spec.platform.vms, spec.workload.jupyterhub.hubs);
const platform = { watch: clusterWatch, logs: undefined, hosts };
const groups = alertRules(spec, platform);
const own = groups.find(({ name }) => name === "hosts")?.rules ?? [];

it("tells each owner of a host's layer, and of a host that is down whoever racked it", () => {
    for (const { labels, annotations } of own) {
        const owner = ownerOf(spec.matrix, labels["owner_layer"] ?? "");
        expect([labels["owner_role"], labels["owner_party"]]).toEqual([owner?.role, owner?.party]);
        expect(annotations["contact"]).toContain(owner?.contact ?? "nobody");
    }
    const layers = (alert: string) =>
        own.filter((rule) => rule.alert === alert).map(({ labels }) => labels["owner_layer"]);
    expect(layers("HostDown")).toEqual(["hosting"]);
    expect(layers("BackupFailed")).toEqual(["backups"]);
    expect(layers("FilesChanged")).toEqual(["security-abuse"]);
    expect(layers("FirewallDown")).toEqual(["network"]);
    expect(layers("DiskFull")).toEqual(["operating-system", "node-pools"]);
    expect(own.find(({ alert }) => alert === "HostDown")?.annotations["contact"]).toContain(
        "datacentre@example.org",
    );
});

it("asks each host by its name, and knows which of them keep something", () => {
    const targets = hosts.scrape.static_configs as { labels: Record<string, string> }[];
    expect(targets.map(({ labels }) => [labels["host"], labels["keeps_data"]])).toEqual([
        ["node-1", "yes"],
        ["node-2", "yes"],
        ["node-3", "yes"],
    ]);
    const [kept] = hosts.scrape.metric_relabel_configs;
    const pattern = new RegExp(`^(${kept?.regex ?? ""})$`);
    const asked = own.flatMap(({ expr }) => expr.match(/\b(?:node|steward)_[a-z_]+\b/g) ?? []);
    expect(new Set(asked).size).toBeGreaterThan(15);
    expect(asked.filter((metric) => !pattern.test(metric))).toEqual([]);
});

const host = 'host="node-1"';
const up = `up{job="hosts",${host},service_layer="node-pools",keeps_data="yes"}`;
const ready = 'kube_node_status_condition{node="node-1",condition="Ready",status="true"}';
const unit = (name: string, state: string) =>
    `node_systemd_unit_state{job="hosts",${host},name="${name}",state="${state}"}`;
const space = (mount: string) =>
    `{job="hosts",${host},service_layer="node-pools",fstype="ext4",mountpoint="${mount}"}`;

interface Case {
    readonly alert: string;
    readonly layer: string;
    /** Series and their values, one in five minutes. */
    readonly when: Readonly<Record<string, string>>;
    readonly fires: boolean;
}

const filled = (mount: string) => ({
    [`node_filesystem_avail_bytes${space(mount)}`]: "4x900",
    [`node_filesystem_size_bytes${space(mount)}`]: "100x900",
});

const cases: readonly Case[] = [
    { alert: "HostDown", layer: "hosting", when: { [up]: "0x900", [ready]: "0x900" }, fires: true },
    { alert: "HostDown", layer: "hosting", when: { [up]: "0x900" }, fires: true },
    {
        alert: "HostDown",
        layer: "hosting",
        when: { [up]: "0x900", [ready]: "1x900" },
        fires: false,
    },
    {
        alert: "HostDown",
        layer: "hosting",
        when: { [up]: "1x900", [ready]: "0x900" },
        fires: false,
    },
    {
        alert: "HostNotMeasured",
        layer: "monitoring-alerts",
        when: { [up]: "0x900", [ready]: "1x900" },
        fires: true,
    },
    {
        alert: "HostNotMeasured",
        layer: "monitoring-alerts",
        when: { [up]: "0x900", [ready]: "0x900" },
        fires: false,
    },
    {
        alert: "BackupFailed",
        layer: "backups",
        when: { [`steward_backup_last_result{${host},service="home-storage-hub"}`]: "0x900" },
        fires: true,
    },
    { alert: "BackupNotMeasured", layer: "backups", when: { [up]: "1x900" }, fires: true },
    {
        alert: "DetectionStopped",
        layer: "security-abuse",
        when: { [unit("auditd.service", "active")]: "0x900" },
        fires: true,
    },
    {
        alert: "DetectionStopped",
        layer: "security-abuse",
        when: { [unit("auditd.service", "active")]: "1x900" },
        fires: false,
    },
    {
        alert: "FirewallDown",
        layer: "network",
        when: { [unit("steward-firewall.service", "active")]: "0x900" },
        fires: true,
    },
    ...(
        [
            ["k3s.service", "control-plane"],
            ["k3s-agent.service", "node-pools"],
            ["steward-backup.service", "backups"],
            ["cron.service", "operating-system"],
        ] as const
    ).map(([name, layer]) => ({
        alert: "UnitFailed",
        layer,
        when: { [unit(name, "failed")]: "1x900" },
        fires: true,
    })),
    {
        alert: "UnitFailed",
        layer: "operating-system",
        when: { [unit("k3s.service", "failed")]: "1x900" },
        fires: false,
    },
    { alert: "DiskFull", layer: "operating-system", when: filled("/"), fires: true },
    { alert: "DiskFull", layer: "node-pools", when: filled("/var/lib/steward/hubs"), fires: true },
    { alert: "DiskFull", layer: "node-pools", when: filled("/"), fires: false },
    {
        alert: "MeasurementsUnreadable",
        layer: "monitoring-alerts",
        when: { [`node_textfile_scrape_error{job="hosts",${host}}`]: "1x900" },
        fires: true,
    },
];

describeWithTools("Prometheus's tools", () => {
    it("take the configuration and the rules, which fire when they should", () => {
        const files = {
            "prometheus.yml": JSON.stringify(scrapes(spec, platform)),
            "rules.json": JSON.stringify({ groups }),
        };
        const config = ["check", "config", "--syntax-only", "prometheus.yml"];
        expect(ask("promtool", config, files).code).toBe(0);
        const tests = cases.map(({ alert, layer, when, fires }, at) => ({
            name: `${String(at)}: ${alert} of ${layer} ${fires ? "fires" : "is silent"}`,
            interval: "5m",
            input_series: Object.entries(when).map(([series, values]) => ({ series, values })),
            promql_expr_test: [
                {
                    expr: `count(ALERTS{alertname="${alert}",owner_layer="${layer}",alertstate="firing"}) > bool 0`,
                    eval_time: "3d",
                    exp_samples: fires ? [{ labels: "{}", value: 1 }] : [],
                },
            ],
        }));
        const test = { rule_files: ["rules.json"], evaluation_interval: "6h", tests };
        const all = { ...files, "test.json": JSON.stringify(test) };
        expect(ask("promtool", ["test", "rules", "test.json"], all)).toEqual({
            code: 0,
            said: "SUCCESS",
        });
    });
});
