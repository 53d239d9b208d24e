import { spawn } from "node:child_process";
import { parseAllDocuments, type Tags } from "yaml";
import type { KubernetesObject } from "./object";

/** An object that helm would create at certain moments only. */
export interface ChartHook {
    readonly object: KubernetesObject;
    /** The moments, such as `pre-install`. https://helm.sh/docs/topics/charts_hooks/ */
    readonly events: readonly string[];
}

export interface RenderedChart {
    /** All objects, those of hooks and custom resource definitions included, in helm's order. */
    readonly objects: readonly KubernetesObject[];
    /** Which of `objects` are hooks. */
    readonly hooks: readonly ChartHook[];
}

export interface RenderChartOptions {
    /** The helm executable. */
    readonly helm: string;
    /** The archive or the unpacked folder. */
    readonly chartPath: string;
    readonly release: string;
    readonly namespace: string;
    readonly values: Readonly<Record<string, unknown>>;
    /** What the chart is told of the cluster, such as 1.34 or v1.34.2. */
    readonly kubeVersion: string;
    /** Kinds beside Kubernetes' own that the cluster has, such as monitoring.coreos.com/v1. */
    readonly apiVersions?: readonly string[];
    /** By default the environment of this process. */
    readonly env?: NodeJS.ProcessEnv;
}

/** How long a chart may take to render, in milliseconds; the largest take two seconds. */
const renderWithin = 60_000;

/**
 * Renders a chart as `helm template` does: no cluster is asked.
 *
 * @throws Error with helm's own words where it refuses: a value against the chart's schema, a version
 * of Kubernetes the chart does not take, an archive that is none.
 */
export async function renderChart(options: RenderChartOptions): Promise<RenderedChart> {
    const args = [
        "template",
        options.release,
        options.chartPath,
        "--namespace",
        options.namespace,
        "--kube-version",
        withPatch(options.kubeVersion),
        "--include-crds",
        "--values",
        "-", // Values have secrets in them: they touch neither the disk nor the list of processes.
        ...(options.apiVersions ?? []).flatMap((version) => ["--api-versions", version]),
    ];
    const text = await runHelm(options, args, JSON.stringify(options.values));
    const objects = parseManifests(text);
    return { objects, hooks: objects.flatMap(hookOf) };
}

/** Clusters report three numbers, and templates may rely on that: helm passes on what it is given. */
function withPatch(kubeVersion: string): string {
    return /^v?\d+\.\d+$/.test(kubeVersion) ? `${kubeVersion}.0` : kubeVersion;
}

function hookOf(object: KubernetesObject): ChartHook[] {
    const events = object.metadata.annotations?.["helm.sh/hook"];
    if (events === undefined) return [];
    return [{ object, events: events.split(",").map((event) => event.trim()) }];
}

/**
 * The Kubernetes objects of a text of several YAML documents. Read as YAML 1.1, because Kubernetes
 * does: `0644` is octal and `yes` is true. Like there, times of day and dates stay strings.
 *
 * @throws Error for YAML that does not parse and for documents that are no Kubernetes object.
 * @see https://github.com/kubernetes-sigs/yaml
 */
export function parseManifests(text: string): KubernetesObject[] {
    const documents = parseAllDocuments(text, { version: "1.1", customTags: withoutTimes });
    return [...documents].flatMap((document) => {
        const [error] = document.errors;
        if (error !== undefined) throw new Error(`the chart renders no YAML: ${error.message}`);
        const read: unknown = document.toJS();
        return read === null || read === undefined ? [] : objectsIn(read);
    });
}

function withoutTimes(tags: Tags): Tags {
    const timestamp = "tag:yaml.org,2002:timestamp";
    return tags.filter((tag) => {
        if (typeof tag === "string") return tag !== "timestamp" && !/Time$/.test(tag);
        return tag.tag !== timestamp && !("format" in tag && tag.format === "TIME");
    });
}

function objectsIn(read: unknown): KubernetesObject[] {
    if (isList(read)) return read.items.flatMap(objectsIn);
    if (isObject(read)) return [read];
    const start = JSON.stringify(read).slice(0, 60);
    throw new Error(`the chart renders something without apiVersion, kind and name: ${start}`);
}

function isList(read: unknown): read is { items: unknown[] } {
    if (typeof read !== "object" || read === null || !("kind" in read) || !("items" in read)) {
        return false;
    }
    return read.kind === "List" && Array.isArray(read.items);
}

function isObject(read: unknown): read is KubernetesObject {
    const object = read as Partial<KubernetesObject> | null;
    return (
        typeof object?.apiVersion === "string" &&
        typeof object.kind === "string" &&
        typeof object.metadata?.name === "string"
    );
}

function runHelm(options: RenderChartOptions, args: string[], input: string): Promise<string> {
    return new Promise((resolve, reject) => {
        const env = options.env ?? process.env;
        const child = spawn(options.helm, args, { env, timeout: renderWithin });
        const output: Buffer[] = [];
        let said = "";
        child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
        child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
        child.on("error", (error) => {
            reject(new Error(`${options.helm}: ${error.message}`));
        });
        child.on("close", (code) => {
            if (code === 0) resolve(Buffer.concat(output).toString("utf8"));
            else reject(new Error(`${options.chartPath}: ${reason(said)}`));
        });
        child.stdin.on("error", () => undefined); // helm may refuse before it reads its values.
        child.stdin.end(input);
    });
}

/** helm's last words without the hint that follows a template error. */
function reason(said: string): string {
    const lines = said.split("\n").filter((line) => line.trim() !== "" && !/--debug/.test(line));
    return lines.join(" ").replace(/^Error: /, "") || "helm failed without a word";
}
