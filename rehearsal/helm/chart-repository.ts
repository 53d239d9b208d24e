import { createHash } from "node:crypto";
import { parse } from "yaml";
import type { ChartName } from "./chart";

/** How long a repository may take to begin its answer, in milliseconds. */
const answerWithin = 5_000;
/** How long all of an answer may take, in milliseconds; the index of a large repository is megabytes. */
const finishWithin = 60_000;

interface IndexEntry {
    readonly version?: unknown;
    readonly urls?: unknown;
    readonly digest?: unknown;
}

/**
 * Downloads a chart as its repository's index.yaml says.
 *
 * @returns the archive, whose SHA-256 is the one in the index.
 * @throws Error that says why not: not reached, no such version, no digest, another digest.
 * @see https://helm.sh/docs/topics/chart_repository/
 */
export async function downloadChart({ repo, name, version }: ChartName): Promise<Buffer> {
    if (!/^https?:\/\//.test(repo)) {
        throw new Error(`${repo} is not an http repository; put the archive into STEWARD_CHARTS`);
    }
    const base = repo.endsWith("/") ? repo : `${repo}/`;
    const index = new URL("index.yaml", base);
    const entry = entryOf(await download(index), name, version);
    if (entry === undefined) throw new Error(`${index.href} has no ${name} ${version}`);

    const [address] = Array.isArray(entry.urls) ? (entry.urls as unknown[]) : [];
    if (typeof address !== "string") throw new Error(`${index.href} has no address for ${name}`);
    if (typeof entry.digest !== "string" || entry.digest === "") {
        throw new Error(`${index.href} has no digest for ${name} ${version}: not taken unchecked`);
    }
    const archive = await download(new URL(address, base));
    const expected = entry.digest.replace(/^sha256:/, "").toLowerCase();
    const digest = createHash("sha256").update(archive).digest("hex");
    if (digest !== expected) {
        throw new Error(
            `${new URL(address, base).href} has SHA-256 ${digest}, its index says ${expected}: refused`,
        );
    }
    return archive;
}

function entryOf(index: Buffer, name: string, version: string): IndexEntry | undefined {
    const read = parse(index.toString("utf8")) as { entries?: unknown } | null;
    const entries = read?.entries;
    if (typeof entries !== "object" || entries === null) return undefined;
    const versions = (entries as Record<string, unknown>)[name];
    if (!Array.isArray(versions)) return undefined;
    return (
        (versions as (IndexEntry | null)[]).find((entry) => entry?.version === version) ?? undefined
    );
}

async function download(address: URL): Promise<Buffer> {
    const stop = new AbortController();
    const slow = setTimeout(() => {
        stop.abort();
    }, answerWithin);
    let response: Response;
    try {
        response = await fetch(address, {
            signal: AbortSignal.any([stop.signal, AbortSignal.timeout(finishWithin)]),
        });
    } catch {
        throw new Error(`${address.host} cannot be reached`);
    } finally {
        clearTimeout(slow);
    }
    if (!response.ok) throw new Error(`${address.href} answers ${response.status}`);
    try {
        return Buffer.from(await response.arrayBuffer());
    } catch {
        throw new Error(`${address.href} broke off`);
    }
}
