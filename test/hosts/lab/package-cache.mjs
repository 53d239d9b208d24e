import { spawn } from "node:child_process";
import { createReadStream, createWriteStream, mkdirSync, openSync, statSync } from "node:fs";
import { rename } from "node:fs/promises";
import { createServer, get as getPlain } from "node:http";
import { get as getSealed } from "node:https";
import { connect } from "node:net";
import { dirname, join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { cache, gateway, state } from "./places.mjs";
import { alive, kill, notePid, until } from "./run.mjs";

const port = 3_142;
const pidFile = join(state, "package-cache.pid");
/** Seconds that an index is taken for current. */
const fresh = 24 * 3_600;

export const proxy = `http://${gateway.v4}:${port}`;

/** Starts the cache, unless it runs; it goes on after this process. */
export async function startPackageCache({ sites }) {
    if (alive(pidFile) === undefined) {
        mkdirSync(state, { recursive: true });
        const log = openSync(join(state, "package-cache.log"), "a");
        const self = fileURLToPath(import.meta.url);
        const child = spawn(process.execPath, [self, ...sites], {
            detached: true,
            stdio: ["ignore", log, log],
        });
        child.unref();
        notePid(pidFile, child.pid);
    }
    await until("the package cache answers", 10, answers);
}

export function stopPackageCache() {
    const pid = alive(pidFile);
    if (pid !== undefined) kill(pid, "SIGTERM");
}

function answers() {
    return new Promise((resolve) => {
        const socket = connect(port, gateway.v4);
        socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
        socket.once("connect", () => socket.destroy());
    });
}

/** Whether a file of an archive is the same for ever: those that carry their version or their sum in the path. */
const isFixed = (path) => path.includes("/pool/") || path.includes("/by-hash/");

/**
 * A proxy for apt that keeps what it fetched, and asks nobody but the archives of this machine. What comes
 * through is not trusted: apt checks every signature.
 */
function serve(sites) {
    const protocols = new Map(sites.map((site) => [new URL(site).host, new URL(site).protocol]));
    const under = new Map(); // one fetch of a file at a time
    const server = createServer((request, response) => {
        const answer = (code, text) => response.writeHead(code).end(`${text}\n`);
        let url;
        try {
            url = new URL(request.url);
        } catch {
            return answer(400, "a proxy is asked by whole addresses");
        }
        const protocol = protocols.get(url.host);
        if (request.method !== "GET" || protocol === undefined) {
            return answer(403, `${url.host} is no archive of this machine`);
        }
        const path = normalize(decodeURIComponent(url.pathname));
        const file = join(cache, "packages", url.host, path);
        const turn = (under.get(file) ?? Promise.resolve())
            .then(() => bring(`${protocol}//${url.host}${url.pathname}`, path, file))
            .catch((error) => error);
        under.set(file, turn);
        void turn.then((error) => {
            if (under.get(file) === turn) under.delete(file);
            if (error !== undefined) return answer(error.code ?? 502, error.message);
            const { size, mtime } = statSync(file);
            const changed = mtime.toUTCString();
            if (request.headers["if-modified-since"] === changed) {
                return response.writeHead(304).end();
            }
            response.writeHead(200, { "content-length": size, "last-modified": changed });
            return pipeline(createReadStream(file), response).catch(() => undefined);
        });
    });
    server.listen(port, gateway.v4);
}

/** Has a file in the cache. What is there already is kept when the archive does not answer. */
async function bring(url, path, file) {
    const kept = statSync(file, { throwIfNoEntry: false });
    const age = kept === undefined ? Infinity : (Date.now() - kept.mtimeMs) / 1_000;
    if (kept !== undefined && (isFixed(path) || age < fresh)) return;
    try {
        await fetchTo(url, file);
    } catch (error) {
        if (kept === undefined) throw error;
    }
}

function fetchTo(url, file) {
    mkdirSync(dirname(file), { recursive: true });
    const get = url.startsWith("https:") ? getSealed : getPlain;
    return new Promise((resolve, reject) => {
        const request = get(url, { timeout: 60_000 }, (response) => {
            const { statusCode, headers } = response;
            if (statusCode !== 200) {
                response.resume();
                reject(Object.assign(new Error(`${url}: ${statusCode}`), { code: statusCode }));
                return;
            }
            const part = `${file}.${process.pid}`; // another laboratory may fetch the same
            const target = createWriteStream(part);
            pipeline(response, target)
                .then(() => {
                    const length = headers["content-length"];
                    if (length !== undefined && Number(length) !== target.bytesWritten) {
                        throw new Error(`${url}: came short`);
                    }
                    return rename(part, file);
                })
                .then(resolve, reject);
        });
        request.on("timeout", () => request.destroy(new Error(`${url}: no answer`)));
        request.on("error", reject);
    });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) serve(process.argv.slice(2));
