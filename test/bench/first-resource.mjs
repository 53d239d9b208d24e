// From the start of a command to its first resource.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const probe = join(here, "first-resource.cjs");

/** The two sides: functions that resolve to milliseconds. Each run has a new, empty folder. */
export function firstResourceSides(engine, temporary) {
    const engineRoot = engine.source === "path" ? [] : [dirname(dirname(engine.path))];
    const steward = join(root, "scripts", "steward.mjs");
    return {
        ours: () =>
            timed(temporary, (folder) => [
                steward,
                ...["rehearse", "jupyterhub-aws", "--state-dir", folder],
            ]),
        bare: () =>
            timed(temporary, (folder) => [join(here, "one-resource.mjs"), folder, ...engineRoot]),
    };
}

async function timed(temporary, argsIn) {
    const folder = mkdtempSync(join(temporary, "first-"));
    const mark = join(folder, "mark");
    const began = performance.timeOrigin + performance.now();
    const child = spawn(process.execPath, ["--require", probe, ...argsIn(folder)], {
        cwd: root,
        env: { ...process.env, BENCH_MARK: mark },
        stdio: ["ignore", "ignore", "pipe"],
        detached: true, // a group of its own, so that the engine below it ends with it
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text) => (said += text));
    const ended = once(child, "close");
    while (!existsSync(mark) && child.exitCode === null) await sleep(10);
    if (!existsSync(mark)) throw new Error(`ended before its first resource: ${said.trim()}`);
    process.kill(-child.pid, "SIGKILL");
    await ended;
    const [at] = readFileSync(mark, "utf8").split(" ");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    return Number(at) - began;
}
