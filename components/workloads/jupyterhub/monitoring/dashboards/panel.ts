/** One line of a graph, or one number. */
export interface Query {
    readonly expr: string;
    /** `{{label}}` stands for the value of a label. */
    readonly legend: string;
}

/** How a number is read: Grafana's own names of units. */
export type Unit = "short" | "s" | "bytes" | "percentunit" | "cores" | "reqps";

/** What is seen on a dashboard. */
export interface Panel {
    readonly title: string;
    /** What a reader should make of it. */
    readonly description: string;
    readonly kind: "timeseries" | "stat" | "table";
    readonly unit: Unit;
    readonly queries: readonly Query[];
    /** Of the 24 columns of a dashboard. */
    readonly width: 6 | 8 | 12 | 24;
    /** From here on a number is yellow, and red. */
    readonly thresholds?: { readonly yellow: number; readonly red: number };
}

export interface Dashboard {
    /** Part of its address; never changes. */
    readonly uid: string;
    readonly title: string;
    /** Whether a reader chooses a hub: `$hub` stands in queries for the chosen. */
    readonly perHub: boolean;
    readonly panels: readonly Panel[];
}

const source = { type: "prometheus", uid: "prometheus" } as const;

const units: Readonly<Record<Unit, string>> = {
    short: "short",
    s: "s",
    bytes: "bytes",
    percentunit: "percentunit",
    cores: "short",
    reqps: "reqps",
};

const height = 8;

/** Panels from left to right, in rows. */
function places(panels: readonly Panel[]): { x: number; y: number; w: number; h: number }[] {
    let [x, y] = [0, 0];
    return panels.map(({ width: w }) => {
        if (x + w > 24) [x, y] = [0, y + height];
        const place = { x, y, w, h: height };
        x += w;
        return place;
    });
}

function steps({ thresholds }: Panel) {
    const good = { color: "green", value: null };
    if (thresholds === undefined) return [good];
    const { yellow, red } = thresholds;
    return [good, { color: "yellow", value: yellow }, { color: "red", value: red }];
}

/** The panel's own options, by what Grafana calls it. */
function optionsOf({ kind }: Panel) {
    if (kind === "stat") return { reduceOptions: { calcs: ["lastNotNull"] }, colorMode: "value" };
    if (kind === "table") return { showHeader: true };
    return { legend: { displayMode: "table", placement: "bottom", calcs: ["lastNotNull", "max"] } };
}

/** A dashboard as Grafana reads it from a file. https://grafana.com/docs/grafana/latest/visualizations/dashboards/build-dashboards/view-dashboard-json-model/ */
export function dashboardFile({ uid, title, perHub, panels }: Dashboard) {
    const at = places(panels);
    const hub = {
        name: "hub",
        label: "Hub",
        type: "query",
        datasource: source,
        query: { query: 'label_values(up{job="hub"}, hub)', refId: "hubs" },
        refresh: 2, // whenever the time range changes: hubs come and go
        sort: 1,
        multi: true,
        includeAll: true,
        allValue: ".+",
        current: { text: "All", value: "$__all" },
    };
    return {
        uid,
        title,
        tags: ["steward"],
        editable: false,
        schemaVersion: 39,
        refresh: "1m",
        time: { from: "now-24h", to: "now" },
        timezone: "browser",
        templating: { list: perHub ? [hub] : [] },
        panels: panels.map((panel, index) => ({
            id: index + 1,
            title: panel.title,
            description: panel.description,
            type: panel.kind,
            datasource: source,
            gridPos: at[index],
            fieldConfig: {
                defaults: {
                    unit: units[panel.unit],
                    min: 0,
                    thresholds: { mode: "absolute", steps: steps(panel) },
                },
                overrides: [],
            },
            options: optionsOf(panel),
            targets: panel.queries.map(({ expr, legend }, query) => ({
                refId: String.fromCharCode("A".charCodeAt(0) + query),
                datasource: source,
                expr,
                legendFormat: legend,
                ...(panel.kind === "table" ? { format: "table", instant: true } : {}),
            })),
        })),
    };
}
