import { cacheFolder } from "../engine/cache-folder";
import { fromCache, fromPath } from "../engine/tool";
import type { ChartName } from "../helm/chart";
import { findChart } from "../helm/chart";
import type { Missing } from "../helm/helm";
import { helmTool } from "../helm/helm";
import type { KubernetesObject } from "../helm/object";
import { renderChart } from "../helm/render";
import { Refusal } from "../provider/stand-in";
import type { Props } from "../provider/values";
import { clusterAutoscaler } from "./charts/cluster-autoscaler";
import { daskGateway } from "./charts/dask-gateway";
import { homeNfs } from "./charts/home-nfs";
import { jupyterhub } from "./charts/jupyterhub";
import type { ObjectList } from "./charts/object";
import { recordedChart } from "./charts/recorded";
import { supportedKubernetes } from "./schemas";

/** A chart as a program asks for it. */
export interface ChartRequest {
    readonly repo: string;
    readonly chart: string;
    readonly version: string;
    readonly release: string;
    readonly namespace: string;
    readonly values: Props;
    readonly withCrds: boolean;
    /** Goes before the names of its resources. */
    readonly prefix: string;
    /** Whether the provider waits until its objects are ready. */
    readonly awaited: boolean;
}

/** The objects of a chart without its hooks, and where they come from. */
export interface ChartObjects {
    readonly objects: readonly KubernetesObject[];
    /** `rendered`, or `not rendered: <why>`. */
    readonly rehearsed: string;
}

export type ChartSource = (chart: ChartRequest) => Promise<ChartObjects>;

/** Charts whose objects are known well enough to be listed without helm. */
const lists: Readonly<Record<string, ObjectList>> = {
    "cluster-autoscaler": clusterAutoscaler,
    "dask-gateway": daskGateway,
    jupyterhub,
    "jupyterhub-home-nfs": homeNfs,
    traefik: recordedChart({
        folder: "traefik",
        version: "41.3.0",
        addressAt: "providers.kubernetesGateway.statusAddress.hostname",
    }),
    "cert-manager": recordedChart({ folder: "cert-manager", version: "v1.20.3" }),
    prometheus: recordedChart({ folder: "prometheus", version: "29.27.0" }),
    grafana: recordedChart({ folder: "grafana", version: "12.11.1" }),
    "fluent-bit": recordedChart({ folder: "fluent-bit", version: "0.58.1" }),
};

/** What was looked for is asked for again by every preview and up of one run. */
const found = new Map<string, Promise<Rendering | Missing>>();

interface Rendering {
    readonly helm: string;
    readonly path: string;
}

/**
 * The objects of a chart: rendered by helm when helm (STEWARD_HELM, PATH or cache) and the chart's archive are
 * here, else from our own list. helm is never built here.
 *
 * @throws Refusal where the chart refuses its values, or where there is neither an archive nor a list.
 */
export async function chartObjects(chart: ChartRequest): Promise<ChartObjects> {
    const key = `${chart.repo} ${chart.chart} ${chart.version}`;
    const looking = found.get(key) ?? lookFor(chart);
    found.set(key, looking);
    const rendering = await looking;
    if ("missing" in rendering) return listed(chart, rendering.missing);
    return { objects: await rendered(chart, rendering), rehearsed: "rendered" };
}

async function lookFor({ repo, chart, version }: ChartRequest): Promise<Rendering | Missing> {
    const helm = await helmHere();
    if (typeof helm !== "string") return helm;
    const name: ChartName = { repo, name: chart, version };
    const archive = await findChart(name);
    return "missing" in archive ? archive : { helm, path: archive.path };
}

async function helmHere(env: NodeJS.ProcessEnv = process.env): Promise<string | Missing> {
    const given = env["STEWARD_HELM"];
    if (given !== undefined && given !== "") return given;
    const tool = helmTool();
    const cache = cacheFolder(env);
    const reasons: string[] = [];
    const helm = (await fromPath(tool, cache, env, reasons)) ?? fromCache(tool, cache);
    const why =
        reasons.length === 0 ? "helm is neither on PATH nor in the cache" : reasons.join("; ");
    return helm?.path ?? { missing: why };
}

async function rendered(
    chart: ChartRequest,
    { helm, path }: Rendering,
): Promise<KubernetesObject[]> {
    const { release, namespace, values, withCrds } = chart;
    const kubeVersion = supportedKubernetes().newest;
    try {
        const { objects, hooks } = await renderChart({
            helm,
            chartPath: path,
            release,
            namespace,
            values,
            kubeVersion,
        });
        const dropped = new Set(hooks.map(({ object }) => object));
        return objects
            .filter((object) => !dropped.has(object))
            .filter(({ kind }) => withCrds || kind !== "CustomResourceDefinition")
            .map((object) => withoutNulls(object) as KubernetesObject);
    } catch (error) {
        throw new Refusal(error instanceof Error ? error.message : String(error));
    }
}

/** Templates leave `annotations:` and the like empty; an API server takes null for absent. */
function withoutNulls(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withoutNulls);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([, each]) => each !== null);
    return Object.fromEntries(entries.map(([key, each]) => [key, withoutNulls(each)]));
}

function listed(request: ChartRequest, why: string): ChartObjects {
    const { chart, version, release, namespace, values } = request;
    const list = Object.hasOwn(lists, chart) ? lists[chart] : undefined;
    const remedy = `put helm on PATH and ${chart}-${version}.tgz into the folder STEWARD_CHARTS`;
    if (list === undefined) {
        throw new Refusal(`chart ${chart}: ${why}; the rehearsal has no list of it: ${remedy}`);
    }
    if (!list.versions.includes(version)) {
        throw new Refusal(
            `chart ${chart} ${version}: ${why}; the rehearsal lists the objects of ` +
                `${list.versions.join(", ")} only: ${remedy}`,
        );
    }
    const problems = list.problems(values);
    if (problems.length > 0) {
        throw new Refusal(
            `chart ${chart} ${version}: values don't meet its schema: ${problems.join("; ")}`,
        );
    }
    const objects = list.objects({ release, namespace, version, values });
    return { objects, rehearsed: `not rendered: ${why}` };
}
