import { alertRoutes, alertTemplates } from "../../../../../components/alert-routes";
import {
    alertRules,
    silences,
} from "../../../../../components/workloads/jupyterhub/monitoring/alert-rules";
import { dashboards } from "../../../../../components/workloads/jupyterhub/monitoring/dashboards";
import { scrapes } from "../../../../../components/workloads/jupyterhub/monitoring/scrapes";
import { lifeSign } from "../../../../../components/model/alert-rule";
import { dueTopics } from "../../../../../components/platforms/topics";
import { prometheusVersions } from "../../../../../rehearsal/prometheus/tools";
import prometheus from "../../../../../rehearsal/kubernetes/charts/prometheus/recorded.generated.json";
import { ask, describeWithTools } from "../../../../support/prometheus";
import { platforms, watchedSpec } from "./watched";

// The tool is large and starts slowly.
jest.setTimeout(180_000);

const spec = watchedSpec();
const groups = alertRules(spec, platforms.aws);
const rulesOn = (platform: keyof typeof platforms) =>
    JSON.stringify({ groups: alertRules(spec, platforms[platform]) });

const settings = (topic: string) => ({
    sns_configs: [
        {
            topic_arn: `arn:aws:sns:us-east-2:123456789012:${topic}`,
            sigv4: { region: "us-east-2" },
            subject: '{{ template "steward.subject" . }}',
            message: '{{ template "steward.message" . }}',
            send_resolved: true,
        },
    ],
});
const routes = JSON.stringify({
    ...alertRoutes({
        templates: "/etc/alertmanager/*.tmpl",
        silences,
        within: ["scope"],
        receivers: dueTopics(spec.matrix).map(({ role, party, suffix }) => ({
            role,
            party,
            settings: settings(suffix),
        })),
        lifeSign: settings("life-sign"),
        fallback: { role: "site-reliability-engineer", party: "2i2c" },
    }),
    templates: ["*.tmpl"],
});

interface Case {
    /** AWS unless it says otherwise. */
    readonly on?: keyof typeof platforms;
    readonly alert: string;
    /** Series and their values, one a minute: `1x30` is 1 and 30 more of it, `0+1x30` grows by 1. */
    readonly when: Readonly<Record<string, string>>;
    readonly fires: boolean;
}

const available = "kube_deployment_status_replicas_available";
const unavailable = "kube_daemonset_status_number_unavailable";
const balancer = `namespace="kube-system",daemonset="svclb-gateway-traefik-6c0dd8a1"`;
const spawned = (status: string) =>
    `jupyterhub_server_spawn_duration_seconds_count{job="hub",hub="prod",status="${status}"}`;
const homes = (what: string) =>
    `node_filesystem_${what}_bytes{job="homes",hub="prod",mountpoint="/shared-volume"}`;
const certificate = `certmanager_certificate_expiration_timestamp_seconds{namespace="prod",name="way-in"}`;
const requests = (code: string) =>
    `traefik_entrypoint_requests_total{entrypoint="websecure",code="${code}"}`;

/** After two hours of the values; time begins at 0. */
const cases: readonly Case[] = [
    { alert: lifeSign.alert, when: {}, fires: true },
    {
        alert: "HubDown",
        when: { [`${available}{namespace="prod",deployment="hub"}`]: "0x120" },
        fires: true,
    },
    {
        alert: "HubDown",
        when: {
            [`${available}{namespace="prod",deployment="hub"}`]: "1x120",
            [`${available}{namespace="elsewhere",deployment="hub"}`]: "0x120",
        },
        fires: false,
    },
    { alert: "HubNotAnswering", when: { 'up{job="hub",hub="prod"}': "0x120" }, fires: true },
    { alert: "HubNotAnswering", when: { 'up{job="hub",hub="prod"}': "1x120" }, fires: false },
    {
        alert: "HubRestarts",
        when: {
            'kube_pod_container_status_restarts_total{namespace="prod",pod="hub-1"}': "0+0.2x120",
        },
        fires: true,
    },
    {
        alert: "HubRestarts",
        when: {
            'kube_pod_container_status_restarts_total{namespace="prod",pod="jupyter-ada"}':
                "0+0.2x120",
        },
        fires: false,
    },
    {
        alert: "HubPodWaits",
        when: { 'kube_pod_status_phase{namespace="prod",pod="proxy-1",phase="Pending"}': "1x120" },
        fires: true,
    },
    {
        alert: "HubPodWaits",
        when: {
            'kube_pod_status_phase{namespace="prod",pod="user-placeholder-1",phase="Pending"}':
                "1x120",
        },
        fires: false,
    },
    {
        alert: "ServersFail",
        when: { [spawned("failure")]: "0+1x120", [spawned("success")]: "0+1x120" },
        fires: true,
    },
    {
        alert: "ServersFail",
        when: { [spawned("failure")]: "0+0.2x120", [spawned("success")]: "0+2x120" },
        fires: false,
    },
    // Nobody succeeds, and there was never a series of those who did.
    { alert: "ServersFail", when: { [spawned("failure")]: "0+1x120" }, fires: true },
    {
        alert: "UsersWaitForMachines",
        when: { 'kube_pod_status_unschedulable{namespace="prod",pod="jupyter-ada"}': "1x120" },
        fires: true,
    },
    {
        alert: "UsersWaitForMachines",
        when: {
            'kube_pod_status_unschedulable{namespace="prod",pod="user-placeholder-0"}': "1x120",
        },
        fires: false,
    },
    {
        alert: "HomesFilling",
        when: { [homes("avail")]: "14x120", [homes("size")]: "100x120" },
        fires: true,
    },
    {
        alert: "HomesFilling",
        when: { [homes("avail")]: "16x120", [homes("size")]: "100x120" },
        fires: false,
    },
    {
        alert: "HomesFull",
        when: { [homes("avail")]: "4x120", [homes("size")]: "100x120" },
        fires: true,
    },
    {
        alert: "HomesFull",
        when: { [homes("avail")]: "14x120", [homes("size")]: "100x120" },
        fires: false,
    },
    { alert: "HomesNotMeasured", when: {}, fires: true },
    { alert: "HomesNotMeasured", when: { [homes("size")]: "100x120" }, fires: false },
    {
        alert: "CertificateExpires",
        when: { [certificate]: `${String(20 * 86400)}x120` },
        fires: true,
    },
    {
        alert: "CertificateExpires",
        when: { [certificate]: `${String(30 * 86400)}x120` },
        fires: false,
    },
    {
        alert: "NodeUnderPressure",
        when: {
            'kube_node_status_condition{node="a",condition="DiskPressure",status="true"}': "1x120",
        },
        fires: true,
    },
    {
        alert: "GatewayErrors",
        when: { [requests("500")]: "0+60x120", [requests("200")]: "0+600x120" },
        fires: true,
    },
    {
        alert: "GatewayErrors",
        when: { [requests("500")]: "0+1x120", [requests("200")]: "0+600x120" },
        fires: false,
    },
    {
        alert: "AutoscalerDown",
        when: {
            [`${available}{namespace="kube-system",deployment="cluster-autoscaler"}`]: "0x120",
        },
        fires: true,
    },
    {
        on: "azure",
        alert: "ClusterServiceDown",
        when: {
            [`${available}{namespace="kube-system",deployment="azure-wi-webhook-controller-manager"}`]:
                "0x120",
        },
        fires: true,
    },
    {
        on: "azure",
        alert: "ClusterServiceDown",
        when: {
            [`${available}{namespace="kube-system",deployment="coredns"}`]: "2x120",
            [`${available}{namespace="kube-system",deployment="ama-logs-rs"}`]: "0x120",
        },
        fires: false,
    },
    {
        on: "vms",
        alert: "ClusterServiceDown",
        when: { [`${available}{namespace="kube-system",deployment="coredns"}`]: "0x120" },
        fires: true,
    },
    {
        on: "vms",
        alert: "WayInBroken",
        when: { [`${unavailable}{${balancer}}`]: "1x120" },
        fires: true,
    },
    {
        on: "vms",
        alert: "WayInBroken",
        when: {
            [`${unavailable}{${balancer}}`]: "0x120",
            [`${unavailable}{namespace="monitoring",daemonset="node-exporter"}`]: "1x120",
        },
        fires: false,
    },
    { alert: "NotMeasured", when: { 'up{job="gateway",instance="a"}': "0x120" }, fires: true },
    { alert: "NotMeasured", when: { 'up{job="hub",hub="prod"}': "0x120" }, fires: false },
];

describeWithTools("the tools of Prometheus", () => {
    it("are of the releases that the recorded chart runs", () => {
        const images = JSON.stringify(prometheus.objects);
        expect(images).toContain(`prometheus/prometheus:v${prometheusVersions.promtool}"`);
        expect(images).toContain(`prometheus/alertmanager:v${prometheusVersions.amtool}"`);
    });

    it.each(["aws", "azure", "vms"] as const)("take the rules of a cluster on %s", (platform) => {
        const count = alertRules(spec, platforms[platform]).flatMap((group) => group.rules).length;
        const files = { "rules.json": rulesOn(platform) };
        expect(ask("promtool", ["check", "rules", "rules.json"], files)).toEqual({
            code: 0,
            said: `Checking rules.json\n  SUCCESS: ${String(count)} rules found`,
        });
    });

    it("take the queries of the dashboards", () => {
        const queries = dashboards
            .flatMap(({ panels }) => panels.flatMap((panel) => panel.queries))
            .map(({ expr }, at) => ({ record: `query:${String(at)}`, expr }));
        const text = JSON.stringify({ groups: [{ name: "queries", rules: queries }] });
        expect(ask("promtool", ["check", "rules", "q.json"], { "q.json": text }).code).toBe(0);
        const broken = text.replace("histogram_quantile(0.5, sum", "histogram_quantile(0.5, sum(");
        expect(ask("promtool", ["check", "rules", "q.json"], { "q.json": broken }).code).toBe(1);
    });

    it("take the configuration of Prometheus", () => {
        const files = { "prometheus.yml": JSON.stringify(scrapes(spec, platforms.aws)) };
        const { code, said } = ask(
            "promtool",
            ["check", "config", "--syntax-only", "prometheus.yml"],
            files,
        );
        expect([code, said]).toEqual([0, expect.stringContaining("SUCCESS")]);
    });

    it("lead every rule to the receiver of its owner", () => {
        const files = { "alertmanager.yml": routes, "steward.tmpl": alertTemplates };
        expect(ask("amtool", ["check-config", "alertmanager.yml"], files).code).toBe(0);
        const all = groups.flatMap((group) => group.rules);
        const kinds = new Map(
            all.map(({ alert, labels }) => {
                const { owner_role: role = "", owner_party: party = "" } = labels;
                return [
                    alert === lifeSign.alert ? lifeSign.alert : `${role} ${party}`,
                    { alert, labels },
                ];
            }),
        );
        expect(kinds.size).toBe(3);
        for (const [receiver, { alert, labels }] of kinds) {
            const set = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
            const args = ["config", "routes", "test", "--config.file=alertmanager.yml"];
            expect(ask("amtool", [...args, `alertname=${alert}`, ...set], files)).toEqual({
                code: 0,
                said: receiver,
            });
        }
    });

    it("write a subject of one line and a message that says what to do and whose it is", () => {
        const [rule] = groups[1]?.rules ?? [];
        const alert = {
            labels: { ...rule?.labels, cluster: "geolab" },
            annotations: rule?.annotations,
        };
        const data = JSON.stringify({
            status: "firing",
            alerts: [{ status: "firing", startsAt: "2026-01-02T03:04:05Z", ...alert }],
            commonLabels: { alertname: rule?.alert, ...rule?.labels },
        });
        const written = (template: string) =>
            ask(
                "amtool",
                [
                    "template",
                    "render",
                    "--template.glob=*.tmpl",
                    `--template.text={{ template "steward.${template}" . }}`,
                    "--template.data=data.json",
                ],
                { "steward.tmpl": alertTemplates, "data.json": data },
            ).said;
        expect(written("subject")).toBe("FIRING: HubDown of prod");
        expect(written("message")).toMatch(
            /^FIRING in geolab since 2026-01-02 03:04 UTC: .*\nWhat to do: kubectl .*\nhub@prod belongs to the site-reliability-engineer, 2i2c \(support@example\.org\)\. Severity: critical\.$/,
        );
    });

    it("fire when they should, and not when they should not", () => {
        const testsOn = (platform: keyof typeof platforms) =>
            cases
                .filter(({ on = "aws" }) => on === platform)
                .map(({ alert, when, fires }, at) => ({
                    name: `${platform} ${String(at)}: ${alert} ${fires ? "fires" : "is silent"}`,
                    interval: "1m",
                    input_series: Object.entries(when).map(([series, values]) => ({
                        series,
                        values,
                    })),
                    promql_expr_test: [
                        {
                            expr: `count(ALERTS{alertname="${alert}",alertstate="firing",scope=~"|prod"})`,
                            eval_time: "2h",
                            exp_samples: fires ? [{ labels: "{}", value: 1 }] : [],
                        },
                    ],
                }));
        const files = Object.fromEntries(
            (["aws", "azure", "vms"] as const).flatMap((platform) => {
                const tests = testsOn(platform);
                const ruleFile = `rules-${platform}.json`;
                const test = { rule_files: [ruleFile], evaluation_interval: "5m", tests };
                return [
                    [ruleFile, rulesOn(platform)],
                    [`test-${platform}.json`, JSON.stringify(test)],
                ];
            }),
        );
        // All in one go: the tool takes seconds to start.
        const tests = Object.keys(files).filter((name) => name.startsWith("test-"));
        const { code, said } = ask("promtool", ["test", "rules", ...tests], files);
        expect([code, said.match(/SUCCESS/g)?.length]).toEqual([0, 3]);
    });
});
