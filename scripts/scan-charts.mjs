// Writes rehearsal/kubernetes/charts/*/recorded.generated.json: what the charts of the way in and of the monitoring
// render to with the values that Steward gives them, charts/hooks.generated.json: the hooks that each chart has by
// default, and components/workloads/jupyterhub/dask-kinds.generated.json: the kinds that the chart of Dask gateways
// brings.
//   node scripts/scan-charts.mjs FOLDER   FOLDER has each chart unpacked in the release named below; prometheus with
//                                         those of its Chart.lock in charts/
// helm comes from STEWARD_HELM, else from PATH.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { build } from "./build.mjs";
import { withoutDescriptions } from "./without-descriptions.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "rehearsal/kubernetes/charts");
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("name the folder with the unpacked charts");
await build();
const load = createRequire(join(root, "dist/rehearsal/helm/render.js"));
const { renderChart } = load("./render.js");
const { certificateValues, gatewayValues } = load(
    "../../components/workloads/jupyterhub/gateway-values.js",
);

const { grafanaValues, logValues, prometheusValues } = load(
    "../../components/workloads/jupyterhub/monitoring/chart-values.js",
);

/** Stands for what is known only while deploying. */
const address = "address.invalid";

const recorded = [
    {
        chart: "traefik",
        version: "41.3.0",
        release: "gateway",
        namespace: "gateway",
        values: gatewayValues(address),
    },
    {
        chart: "cert-manager",
        version: "v1.20.3",
        release: "cert-manager",
        namespace: "cert-manager",
        values: certificateValues(),
    },
    {
        chart: "prometheus",
        version: "29.27.0",
        release: "prometheus",
        namespace: "monitoring",
        values: prometheusValues(),
    },
    {
        chart: "grafana",
        version: "12.11.1",
        release: "grafana",
        namespace: "monitoring",
        values: grafanaValues(),
    },
    {
        chart: "fluent-bit",
        version: "0.58.1",
        release: "fluent-bit",
        namespace: "node-agents",
        values: logValues(),
    },
];
const others = [
    { chart: "jupyterhub", version: "4.4.0", release: "hub", namespace: "hub", values: {} },
    {
        chart: "dask-gateway",
        version: "2026.3.0",
        release: "hub-dask-gateway",
        namespace: "hub",
        values: {},
    },
    {
        chart: "jupyterhub-home-nfs",
        version: "1.2.0",
        release: "homes",
        namespace: "homes",
        values: { eks: { enabled: true, volumeId: "vol-0" } },
    },
];

const withoutNulls = (value) => {
    if (Array.isArray(value)) return value.map(withoutNulls);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([, each]) => each !== null);
    return Object.fromEntries(entries.map(([key, each]) => [key, withoutNulls(each)]));
};

function rendering({ chart, version, release, namespace }, values) {
    const chartPath = join(folder, chart);
    const found = parse(readFileSync(join(chartPath, "Chart.yaml"), "utf8")).version;
    if (found !== version) throw new Error(`${chartPath} is ${found}, not ${version}`);
    const helm = process.env["STEWARD_HELM"] ?? "helm";
    return renderChart({ helm, chartPath, release, namespace, values, kubeVersion: "1.34" });
}

for (const each of recorded) {
    const { chart, version, release, namespace, values } = each;
    const { objects, hooks } = await rendering(each, values);
    if (hooks.length > 0) throw new Error(`${chart}: turn its hooks off by its values`);
    // Traefik's own kinds come by the folder crds/, which the program leaves out.
    const kept = objects.filter(
        ({ kind }) => chart !== "traefik" || kind !== "CustomResourceDefinition",
    );
    const record = {
        generatedBy: "scripts/scan-charts.mjs",
        version,
        release,
        namespace,
        address,
        values,
        objects: kept.map((object) =>
            withoutNulls(
                object.kind === "CustomResourceDefinition" ? withoutDescriptions(object) : object,
            ),
        ),
    };
    mkdirSync(join(target, chart), { recursive: true });
    writeFileSync(join(target, chart, "recorded.generated.json"), JSON.stringify(record) + "\n");
    console.log(`${chart} ${version}: ${kept.length} objects`);
}

const hooks = {};
for (const each of [...recorded, ...others]) {
    const values = "crds" in each.values ? { crds: { enabled: true } } : {};
    const found = await rendering(each, {
        ...values,
        ...(each.chart === "jupyterhub-home-nfs" ? each.values : {}),
    });
    hooks[`${each.chart} ${each.version}`] = found.hooks
        .map(({ object, events }) => `${events.join(",")}: ${object.kind} ${object.metadata.name}`)
        .sort();
}
writeFileSync(
    join(target, "hooks.generated.json"),
    JSON.stringify({ generatedBy: "scripts/scan-charts.mjs", hooks }) + "\n",
);
console.log(hooks);

// helm's folder crds/, once for a cluster: without descriptions, which are most of their size.
const dask = others.find(({ chart }) => chart === "dask-gateway");
const definitions = (await rendering(dask, dask.values)).objects
    .filter(({ kind }) => kind === "CustomResourceDefinition")
    .map(({ metadata, spec }) => ({ name: metadata.name, spec: withoutDescriptions(spec) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
writeFileSync(
    join(root, "components/workloads/jupyterhub/dask-kinds.generated.json"),
    JSON.stringify({
        generatedBy: "scripts/scan-charts.mjs",
        version: dask.version,
        definitions,
    }) + "\n",
);
console.log(`${dask.chart} ${dask.version}: ${definitions.map(({ name }) => name).join(", ")}`);
