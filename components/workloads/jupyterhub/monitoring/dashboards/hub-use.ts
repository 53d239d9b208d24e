import { userPods } from "../names";
import type { Dashboard } from "./panel";

const users = `namespace=~"$hub",pod=~"${userPods}"`;
const requested = (resource: string) =>
    `kube_pod_container_resource_requests{${users},resource="${resource}"}`;
/** Of pods that run: one that waits has asked and has nothing. */
const running = `on (namespace, pod) group_left () (kube_pod_status_phase{${users},phase="Running"} == 1)`;
/** 1 for each pod, with what it asked for as a label. */
const profile = `count_values by (namespace, pod) ("GiB", round(sum by (namespace, pod) (${requested("memory")}) / 2^30, 0.1))`;
const memory = `container_memory_working_set_bytes{${users},container!=""}`;

/** Who uses it, and what of: users and servers, what they asked for and what they use, and the machines for it. */
export const hubUse: Dashboard = {
    uid: "steward-hub-use",
    title: "Hub use",
    perHub: true,
    panels: [
        {
            title: "Servers that run",
            description: "By the hub's own count.",
            kind: "timeseries",
            unit: "short",
            queries: [{ expr: 'jupyterhub_running_servers{hub=~"$hub"}', legend: "{{hub}}" }],
            width: 12,
        },
        {
            title: "Users who were active",
            description: "Within a day, a week and a month.",
            kind: "timeseries",
            unit: "short",
            queries: [
                {
                    expr: 'jupyterhub_active_users{hub=~"$hub"}',
                    legend: "{{hub}}, {{period}}",
                },
            ],
            width: 12,
        },
        {
            title: "Memory that servers asked for, and use",
            description: "What is asked for and not used is paid for all the same.",
            kind: "timeseries",
            unit: "bytes",
            queries: [
                {
                    expr: `sum by (namespace) (${requested("memory")} * ${running})`,
                    legend: "{{namespace}}, asked for",
                },
                { expr: `sum by (namespace) (${memory})`, legend: "{{namespace}}, used" },
            ],
            width: 12,
        },
        {
            title: "Cores that servers asked for, and use",
            description: "A core that nobody uses is anybody's.",
            kind: "timeseries",
            unit: "cores",
            queries: [
                {
                    expr: `sum by (namespace) (${requested("cpu")} * ${running})`,
                    legend: "{{namespace}}, asked for",
                },
                {
                    expr: `sum by (namespace) (rate(container_cpu_usage_seconds_total{${users},container!=""}[10m]))`,
                    legend: "{{namespace}}, used",
                },
            ],
            width: 12,
        },
        {
            title: "Servers by profile",
            description: "A profile is known by the memory that it asks for, in GiB.",
            kind: "timeseries",
            unit: "short",
            queries: [
                {
                    expr: `count_values by (namespace) ("GiB", round(sum by (namespace, pod) (${requested("memory")}) / 2^30, 0.1))`,
                    legend: "{{namespace}}, {{GiB}} GiB",
                },
            ],
            width: 12,
        },
        {
            title: "Used of what was asked for, by profile",
            description: "Memory now. A large profile that stands at a tenth could be a small one.",
            kind: "table",
            unit: "percentunit",
            queries: [
                {
                    expr: `avg by (namespace, GiB) (sum by (namespace, pod) (${memory}) / sum by (namespace, pod) (${requested("memory")}) * on (namespace, pod) group_left (GiB) ${profile})`,
                    legend: "",
                },
            ],
            width: 12,
        },
        {
            title: "Machines by hub and kind",
            description: "Without a hub: what all share.",
            kind: "timeseries",
            unit: "short",
            queries: [
                {
                    expr: "count by (label_steward_hub, label_node_kubernetes_io_instance_type) (kube_node_labels)",
                    legend: "{{label_steward_hub}} {{label_node_kubernetes_io_instance_type}}",
                },
            ],
            width: 12,
        },
        {
            title: "Users who wait for a machine",
            description: "A few for minutes is how it works; for long, a group is at its maximum.",
            kind: "timeseries",
            unit: "short",
            queries: [
                {
                    expr: `sum by (namespace) (kube_pod_status_unschedulable{${users}})`,
                    legend: "{{namespace}}",
                },
            ],
            width: 12,
        },
    ],
};
