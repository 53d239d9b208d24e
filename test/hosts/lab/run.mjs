import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";

const execute = promisify(execFile);

/**
 * Runs a program and gives what it prints.
 *
 * @throws Error with the last lines that it wrote, when it fails.
 */
export async function run(program, ...args) {
    try {
        const { stdout } = await execute(program, args, { maxBuffer: 64 * 1024 * 1024 });
        return stdout;
    } catch (error) {
        const said = String(error.stderr || error.stdout || error.message).trim();
        const last = said.split("\n").slice(-8).join("\n");
        throw new Error(`${program} ${args.join(" ")}: ${last}`, { cause: error });
    }
}

/** Whether a program succeeds. */
export const succeeds = (program, ...args) =>
    run(program, ...args).then(
        () => true,
        () => false,
    );

/**
 * Waits until something is so.
 *
 * @throws Error with what was waited for, after so many seconds.
 */
export async function until(what, seconds, isSo) {
    const end = Date.now() + seconds * 1_000;
    while (!(await isSo())) {
        if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
        await wait(50);
    }
}

/** When a process was started, in ticks since boot; undefined for one that has ended. */
function startOf(pid) {
    try {
        const line = readFileSync(`/proc/${pid}/stat`, "utf8");
        const [state, ...fields] = line.slice(line.lastIndexOf(")") + 2).split(" ");
        return state === "Z" ? undefined : fields[18];
    } catch {
        return undefined;
    }
}

/** Keeps which process it is, so that another one with its number is never taken for it. */
export function notePid(file, pid) {
    writeFileSync(file, `${pid} ${startOf(pid)}\n`);
}

/** The process that a file names, while that very one runs. */
export function alive(file) {
    try {
        const [pid, start] = readFileSync(file, "utf8").trim().split(" ");
        return startOf(pid) === start ? Number(pid) : undefined;
    } catch {
        return undefined;
    }
}

/** Ends a process at once; one that has ended already is no mistake. */
export function kill(pid, signal = "SIGKILL") {
    try {
        process.kill(pid, signal);
    } catch (error) {
        if (error.code !== "ESRCH") throw error;
    }
}
