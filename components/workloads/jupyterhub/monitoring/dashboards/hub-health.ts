import { ownerLabelNames } from "../../../../model/alert-rule";
import type { Dashboard } from "./panel";

const chosen = 'hub=~"$hub"';
const spawn = "jupyterhub_server_spawn_duration_seconds";
const quantile = (share: number, of: string, more = "") =>
    `histogram_quantile(${share}, sum by (le, hub) (rate(${of}_bucket{${chosen}${more}}[30m])))`;

/** Does it work: whether hubs answer, how fast, and whether servers start. */
export const hubHealth: Dashboard = {
    uid: "steward-hub-health",
    title: "Hub health",
    perHub: true,
    panels: [
        {
            title: "Hubs that answer",
            description: "1: the hub answers Prometheus. 0: it does not.",
            kind: "stat",
            unit: "short",
            queries: [{ expr: `up{job="hub",${chosen}}`, legend: "{{hub}}" }],
            width: 12,
        },
        {
            title: "Alerts now",
            description: "What owners have been told and is still so, with whom it was told to.",
            kind: "table",
            unit: "short",
            queries: [
                {
                    expr: `count by (alertname, severity, ${Object.values(ownerLabelNames).join(", ")}) (ALERTS{alertstate="firing",alertname!="LifeSign"})`,
                    legend: "",
                },
            ],
            width: 12,
        },
        {
            title: "How long a server takes to start",
            description: "Of those that started in the half hour before: half, and 95 of 100.",
            kind: "timeseries",
            unit: "s",
            queries: [
                { expr: quantile(0.5, spawn, ',status="success"'), legend: "{{hub}}, half" },
                { expr: quantile(0.95, spawn, ',status="success"'), legend: "{{hub}}, 95 %" },
            ],
            width: 12,
        },
        {
            title: "Servers started, and failed",
            description: "An hour. Throttled: too many at once; the user tries again.",
            kind: "timeseries",
            unit: "short",
            queries: [
                {
                    expr: `sum by (hub, status) (increase(${spawn}_count{${chosen}}[1h]))`,
                    legend: "{{hub}}, {{status}}",
                },
            ],
            width: 12,
        },
        {
            title: "How long a page takes",
            description: "95 of 100 answers of the hub itself, notebooks not included.",
            kind: "timeseries",
            unit: "s",
            queries: [
                {
                    expr: quantile(0.95, "jupyterhub_request_duration_seconds"),
                    legend: "{{hub}}",
                },
            ],
            width: 12,
        },
        {
            title: "Answers that are errors of the hub",
            description: "Each second.",
            kind: "timeseries",
            unit: "reqps",
            queries: [
                {
                    expr: `sum by (hub) (rate(jupyterhub_request_duration_seconds_count{${chosen},code=~"5.."}[10m]))`,
                    legend: "{{hub}}",
                },
            ],
            width: 12,
        },
        {
            title: "What came through the gateway",
            description: "By the class of the answer, all hubs together.",
            kind: "timeseries",
            unit: "reqps",
            queries: [
                {
                    expr: 'sum by (code) (rate(traefik_entrypoint_requests_total{entrypoint="websecure"}[10m]))',
                    legend: "{{code}}",
                },
            ],
            width: 12,
        },
        {
            title: "Memory of the hub and its proxy",
            description: "A hub that reaches its limit is ended and starts anew.",
            kind: "timeseries",
            unit: "bytes",
            queries: [
                {
                    expr: 'sum by (namespace, container) (container_memory_working_set_bytes{namespace=~"$hub",container=~"hub|chp"})',
                    legend: "{{namespace}}, {{container}}",
                },
            ],
            width: 12,
        },
    ],
};
