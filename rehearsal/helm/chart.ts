import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { cacheFolder } from "../engine/cache-folder";
import { downloadChart } from "./chart-repository";
import type { Missing } from "./helm";

/** A chart as its users name it. */
export interface ChartName {
    /** The address of its repository, such as https://hub.jupyter.org/helm-chart/. */
    readonly repo: string;
    readonly name: string;
    /** Exact, such as 4.4.0; no range. */
    readonly version: string;
}

/** A chart on this machine: an archive, or a folder with Chart.yaml. */
export interface FoundChart {
    readonly path: string;
    /** `folder` is the one that STEWARD_CHARTS names. */
    readonly source: "cache" | "folder" | "repository";
}

export interface FindChartOptions {
    /** By default the folder of `cacheFolder`; charts are in its sub-folder charts/. */
    readonly cacheDir?: string;
    /** By default the environment of this process. */
    readonly env?: NodeJS.ProcessEnv;
}

/** Names become file names: nothing that leads out of a folder. */
const safe = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;

/**
 * A chart's archive: from the cache, else from the folder in STEWARD_CHARTS (as `<name>-<version>.tgz`
 * or unpacked as `<name>/` with exactly this name and version), else from its repository, where its
 * digest is checked and the archive is kept in the cache.
 *
 * @returns why there is none instead of throwing: a rehearsal goes on without rendering it.
 */
export async function findChart(
    chart: ChartName,
    options: FindChartOptions = {},
): Promise<FoundChart | Missing> {
    const env = options.env ?? process.env;
    const { name, version } = chart;
    if (!safe.test(name) || !safe.test(version)) {
        return { missing: `chart "${name}" version "${version}": not a name and an exact version` };
    }
    const archive = `${name}-${version}.tgz`;
    const kept = join(options.cacheDir ?? cacheFolder(env), "charts", archive);
    if (existsSync(kept)) return { path: kept, source: "cache" };

    const reasons: string[] = [];
    const folder = env["STEWARD_CHARTS"];
    if (folder !== undefined && folder !== "") {
        const given = givenChart(folder, archive, chart);
        if ("path" in given) return given;
        reasons.push(given.missing);
    }
    try {
        keep(kept, await downloadChart(chart));
        return { path: kept, source: "repository" };
    } catch (error) {
        reasons.push(error instanceof Error ? error.message : String(error));
    }
    return { missing: `chart ${name} ${version}: ${reasons.join("; ")}` };
}

function givenChart(folder: string, archive: string, chart: ChartName): FoundChart | Missing {
    const packed = join(folder, archive);
    if (existsSync(packed)) return { path: packed, source: "folder" };
    const unpacked = join(folder, chart.name);
    const description = join(unpacked, "Chart.yaml");
    if (!existsSync(description)) {
        return { missing: `${folder} has neither ${archive} nor ${chart.name}/Chart.yaml` };
    }
    const found = nameAndVersion(description);
    if (found === `${chart.name} ${chart.version}`) return { path: unpacked, source: "folder" };
    return { missing: `${description} is of ${found}, not of ${chart.name} ${chart.version}` };
}

function nameAndVersion(description: string): string {
    try {
        const read: unknown = parse(readFileSync(description, "utf8"));
        if (typeof read !== "object" || read === null) return "no chart";
        const name = "name" in read ? String(read.name) : "no name";
        return `${name} ${"version" in read ? String(read.version) : "without version"}`;
    } catch {
        return "no readable YAML";
    }
}

/** By a rename: another process never sees half an archive. */
function keep(path: string, archive: Buffer): void {
    mkdirSync(dirname(path), { recursive: true });
    const written = `${path}.${process.pid}`;
    try {
        writeFileSync(written, archive);
        renameSync(written, path);
    } finally {
        rmSync(written, { force: true });
    }
}
