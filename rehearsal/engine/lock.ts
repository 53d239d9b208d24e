import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** How often the owner of a lock shows that it lives, in milliseconds. */
const heartbeat = 5_000;
/** A lock not touched for this long, in milliseconds, is dead even where its process cannot be seen. */
const deadAfter = 60_000;
const pollEvery = 300;

interface Owner {
    readonly pid: number;
    readonly host: string;
}

/**
 * Runs `work` while holding the lock file `path`, whose folder exists. Waits for another live owner;
 * a lock whose process is gone, or that was not touched for a minute (another host, a reused process
 * id), is taken over.
 *
 * The lock saves doing long work twice. It does not guard correctness: what the work leaves behind is
 * to be moved into place by one rename.
 *
 * @param onWait Called again and again with the owner's process id while waiting.
 */
export async function withLock<T>(
    path: string,
    work: () => Promise<T>,
    onWait: (pid: number) => void = () => undefined,
): Promise<T> {
    while (!take(path)) {
        const owner = readOwner(path);
        if (isDead(path, owner)) breakLock(path, owner);
        else {
            if (owner !== undefined) onWait(owner.pid);
            await sleep(pollEvery);
        }
    }
    const beat = setInterval(() => {
        touch(path);
    }, heartbeat);
    beat.unref();
    try {
        return await work();
    } finally {
        clearInterval(beat);
        release(path);
    }
}

const self: Owner = { pid: process.pid, host: hostname() };

function isSame(one: Owner | undefined, other: Owner | undefined): boolean {
    return one?.pid === other?.pid && one?.host === other?.host;
}

function take(path: string): boolean {
    try {
        writeFileSync(path, JSON.stringify(self), { flag: "wx" });
        return true;
    } catch (error) {
        if (isCode(error, "EEXIST")) return false;
        throw error;
    }
}

function release(path: string): void {
    if (isSame(readOwner(path), self)) rmSync(path, { force: true });
}

function touch(path: string): void {
    try {
        utimesSync(path, new Date(), new Date());
    } catch {
        // Taken over or removed by hand: the work goes on, its result is renamed into place anyway.
    }
}

function readOwner(path: string): Owner | undefined {
    try {
        const read = JSON.parse(readFileSync(path, "utf8")) as Partial<Owner> | null;
        if (typeof read?.pid !== "number" || typeof read.host !== "string") return undefined;
        return { pid: read.pid, host: read.host };
    } catch {
        return undefined;
    }
}

function isDead(path: string, owner: Owner | undefined): boolean {
    const age = ageOf(path);
    if (age === undefined) return false; // Released since: the next attempt takes it.
    if (age > deadAfter) return true;
    // A lock without a name in it is being written right now, or its writer died right then.
    if (owner === undefined) return age > heartbeat;
    return owner.host === self.host && !isRunning(owner.pid);
}

function ageOf(path: string): number | undefined {
    try {
        return Date.now() - statSync(path).mtimeMs;
    } catch {
        return undefined;
    }
}

function isRunning(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return !isCode(error, "ESRCH");
    }
}

/** Moves the dead lock aside first: of several waiting processes only one gets hold of it. */
function breakLock(path: string, dead: Owner | undefined): void {
    const aside = `${path}.broken.${process.pid}`;
    try {
        renameSync(path, aside);
    } catch (error) {
        if (isCode(error, "ENOENT")) return;
        throw error;
    }
    const moved = readOwner(aside);
    rmSync(aside, { force: true });
    // Somebody else broke it and took it between our look and our move: give it back.
    if (moved !== undefined && !isSame(moved, dead)) giveBack(path, moved);
}

function giveBack(path: string, owner: Owner): void {
    try {
        writeFileSync(path, JSON.stringify(owner), { flag: "wx" });
    } catch (error) {
        if (!isCode(error, "EEXIST")) throw error;
    }
}

function isCode(error: unknown, code: string): boolean {
    return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
