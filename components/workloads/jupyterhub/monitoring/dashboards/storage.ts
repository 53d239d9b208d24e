import type { Dashboard } from "./panel";

const of = (what: string) =>
    `node_filesystem_${what}_bytes{job="homes",hub=~"$hub",mountpoint="/shared-volume"}`;
const claim = (what: string) => `kubelet_volume_stats_${what}_bytes{namespace=~"$hub|monitoring"}`;

/** What is kept, and how long there is room for more. */
export const storage: Dashboard = {
    uid: "steward-storage",
    title: "Storage",
    perHub: true,
    panels: [
        {
            title: "Homes: how full",
            description: "Of hubs with a disk of their own. EFS grows by itself.",
            kind: "stat",
            unit: "percentunit",
            queries: [{ expr: `1 - ${of("avail")} / ${of("size")}`, legend: "{{hub}}" }],
            width: 12,
            thresholds: { yellow: 0.85, red: 0.95 },
        },
        {
            title: "Homes: full in",
            description: "If it goes on as in the last seven days. Nothing: it does not grow.",
            kind: "stat",
            unit: "s",
            queries: [
                {
                    expr: `${of("avail")} / (-deriv(${of("avail")}[7d]) > 0)`,
                    legend: "{{hub}}",
                },
            ],
            width: 12,
        },
        {
            title: "Homes: used, and size",
            description: "All users of a hub together.",
            kind: "timeseries",
            unit: "bytes",
            queries: [
                { expr: `${of("size")} - ${of("avail")}`, legend: "{{hub}}, used" },
                { expr: of("size"), legend: "{{hub}}, size" },
            ],
            width: 24,
        },
        {
            title: "Disks of claims: how full",
            description: "The hubs' databases in a file, and what is measured here.",
            kind: "timeseries",
            unit: "percentunit",
            queries: [
                {
                    expr: `1 - ${claim("available")} / ${claim("capacity")}`,
                    legend: "{{namespace}}, {{persistentvolumeclaim}}",
                },
            ],
            width: 12,
            thresholds: { yellow: 0.85, red: 0.95 },
        },
        {
            title: "Disks of machines: how full",
            description: "Images and what sessions write for themselves.",
            kind: "timeseries",
            unit: "percentunit",
            queries: [
                {
                    expr: '1 - node_filesystem_avail_bytes{job="nodes",mountpoint="/"} / node_filesystem_size_bytes{job="nodes",mountpoint="/"}',
                    legend: "{{node}}",
                },
            ],
            width: 12,
            thresholds: { yellow: 0.8, red: 0.9 },
        },
    ],
};
