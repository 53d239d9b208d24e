// Runs of a rehearsal that are killed or interrupted at a random moment.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inRound, previewProblems, urnProblems } from "./chain.mjs";
import { root } from "./room.mjs";
import { once, run } from "./stage.mjs";

/** Time for a rehearsal's processes to go after it was killed, in milliseconds. */
const grace = 3000;

function read(pid, file) {
    try {
        return readFileSync(join("/proc", pid, file), "latin1");
    } catch {
        return ""; // it has ended, or is another user's
    }
}

/** The processes that work on a folder: its name is in their arguments or their environment. */
export function processesOf(folder) {
    return readdirSync("/proc")
        .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
        .filter((pid) => !read(pid, "stat").includes(") Z "))
        .filter((pid) =>
            [read(pid, "cmdline"), read(pid, "environ")].some((text) => text.includes(folder)),
        )
        .map((pid) => ({
            pid: Number(pid),
            command: read(pid, "cmdline").replaceAll("\0", " ").trim(),
        }));
}

/** The engine while it deploys or destroys; its short commands before and after do not count. */
export function engineOf(folder) {
    return processesOf(folder).find(
        ({ command }) => /\bpulumi (up|destroy)\b/.test(command) && !command.startsWith("node"),
    );
}

/** Starts one run of the engine in a process of its own. */
function start(folder, verb, round) {
    const child = spawn(
        process.execPath,
        [...process.execArgv, once, folder, verb, String(round)],
        { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
    );
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk) => (text += chunk));
    const ended = new Promise((resolve) => {
        child.once("close", (code, signal) => resolve({ code, signal, text }));
    });
    return { child, ended };
}

async function untilEngine(folder, ended) {
    let over = false;
    void ended.then(() => (over = true));
    while (!over) {
        const engine = engineOf(folder);
        if (engine !== undefined) return engine.pid;
        await sleep(20);
    }
    return undefined;
}

/**
 * Kills one run.
 *
 * @param victim `engine` or `all`: the process that the run began with, whose engine and stand-ins must follow.
 * @param after Milliseconds from the engine's first sign of life to the signal.
 * @returns what is wrong with how it ended, and whether the signal met a run that was still at work.
 */
export async function cut({ folder, verb, round, victim, signal, after }) {
    const { child, ended } = start(folder, verb, round);
    const engine = await untilEngine(folder, ended);
    await Promise.race([sleep(after), ended]);
    const running = engine !== undefined && engineOf(folder)?.pid === engine;
    if (!running) {
        await ended;
        return { met: false, problems: [] };
    }
    try {
        process.kill(victim === "engine" ? engine : child.pid, signal);
    } catch {
        await ended;
        return { met: false, problems: [] }; // it ended in this very moment
    }
    const { text } = await ended;
    const deadline = Date.now() + grace;
    while (processesOf(folder).length > 0 && Date.now() < deadline) await sleep(50);
    const problems = processesOf(folder).map(
        ({ pid, command }) => `process ${pid} is left: ${command}`,
    );
    return { met: true, problems, text };
}

/** Random numbers from 0 to 1 that a seed brings back: mulberry32, of the public domain. */
function randomsOf(seed) {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

/** What is cut in turn: a deploy from nothing, an update of every owner, a deletion. */
const stages = [
    { what: "up", verb: "up" },
    { what: "update", verb: "up" },
    { what: "destroy", verb: "destroy" },
];

const ways = [
    { victim: "engine", signal: "SIGKILL" },
    { victim: "all", signal: "SIGKILL" },
    { victim: "all", signal: "SIGINT" },
];

/**
 * Kills runs at random moments; after each, the next run has to recover by itself and to converge.
 *
 * @param times How many are killed; interrupts, one in three, are not counted.
 * @param lasting Milliseconds of a whole run: a signal comes within that time.
 * @param wanted The URNs of a whole stack in round 1.
 * @param hasty Whether to leave out the preview that shows that nothing is left to do.
 * @returns how many were killed.
 */
export async function killOften({ folder, times, seed, lasting, wanted, hasty, report }) {
    const random = randomsOf(seed);
    rmSync(folder, { recursive: true, force: true });
    let kills = 0;
    let round = 1;
    for (let turn = 0; kills < times && turn < 4 * times; turn += 1) {
        const { what, verb } = stages[turn % stages.length];
        // The ways move on by one after each three stages, so that every stage is cut in every way.
        const { victim, signal } = ways[(turn + Math.floor(turn / stages.length)) % ways.length];
        if (what === "update") round += 1;
        const began = Date.now();
        const after = Math.floor(random() * lasting * (verb === "up" ? 0.7 : 0.4));
        const { met, problems } = await cut({ folder, verb, round, victim, signal, after });
        const result = await run(folder, verb, round);
        problems.push(...result.problems, ...result.outcome.errors.map(({ message }) => message));
        problems.push(
            ...urnProblems(result.deployment, verb === "up" ? inRound(wanted, round) : []),
        );
        if (verb === "up" && !hasty) problems.push(...(await previewProblems(folder, round)));
        if (met && signal === "SIGKILL") kills += 1;
        const victimName = victim === "all" ? "the whole rehearsal" : "the engine";
        const moment = met ? `after ${after} ms` : "too late, it had ended";
        report(`${signal} to ${victimName} in ${what}, ${moment}`, problems, began);
    }
    return kills;
}
