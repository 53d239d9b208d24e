import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withLock } from "../../../rehearsal/engine/lock";
import { temporaryFolder } from "./fakes";

const folder = temporaryFolder();
let count = 0;
const lockFile = () => join(folder, `lock-${(count += 1)}`);
/** The id of a process that has just ended. */
const deadPid = () => spawnSync("true").pid;
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe("withLock", () => {
    it("runs one piece of work after the other, names the owner and removes itself", async () => {
        const path = lockFile();
        const order: string[] = [];
        const waited: number[] = [];
        const work = (name: string) => async () => {
            order.push(`${name} begins`);
            await sleep(50);
            order.push(`${name} ends`);
        };
        const onWait = (pid: number) => waited.push(pid);
        await Promise.all([withLock(path, work("a")), withLock(path, work("b"), onWait)]);
        expect(order).toEqual(["a begins", "a ends", "b begins", "b ends"]);
        expect(waited).toEqual([process.pid]);
        expect(existsSync(path)).toBe(false);
    });

    it("holds the owner's process id while it works", async () => {
        const path = lockFile();
        const held = await withLock(path, () => Promise.resolve(readFileSync(path, "utf8")));
        expect(JSON.parse(held)).toEqual({ pid: process.pid, host: hostname() });
    });

    it("gives the lock back when the work fails", async () => {
        const path = lockFile();
        await expect(withLock(path, () => Promise.reject(new Error("broken")))).rejects.toThrow(
            "broken",
        );
        expect(existsSync(path)).toBe(false);
    });

    it.each([
        ["its process is gone", { pid: deadPid(), host: hostname() }, 0],
        ["nobody touched it for minutes", { pid: process.pid, host: hostname() }, 2],
        ["another host's was not touched for minutes", { pid: 1, host: "elsewhere" }, 2],
    ])("takes a lock over when %s", async (_name, owner, age) => {
        const path = lockFile();
        writeFileSync(path, JSON.stringify(owner));
        utimesSync(path, minutesAgo(age), minutesAgo(age));
        expect(await withLock(path, () => Promise.resolve("done"))).toBe("done");
        expect(readdirSync(folder)).toEqual([]);
    });

    it("takes over a lock whose writer died before it wrote its name", async () => {
        const path = lockFile();
        writeFileSync(path, "");
        utimesSync(path, minutesAgo(0.2), minutesAgo(0.2));
        expect(await withLock(path, () => Promise.resolve("done"))).toBe("done");
    });

    it.each([
        ["a live process", { pid: process.pid, host: hostname() }],
        ["another host, whose processes cannot be seen", { pid: deadPid(), host: "elsewhere" }],
    ])("waits for %s", async (_name, owner) => {
        const path = lockFile();
        writeFileSync(path, JSON.stringify(owner));
        let done = false;
        const work = withLock(path, () => {
            done = true;
            return Promise.resolve();
        });
        await sleep(100);
        expect(done).toBe(false);
        writeFileSync(path, JSON.stringify({ pid: deadPid(), host: hostname() }));
        await work;
        expect(done).toBe(true);
    });

    it("fails at once where no lock can be written", async () => {
        const path = join(folder, "absent", "lock");
        await expect(withLock(path, () => Promise.resolve())).rejects.toThrow("ENOENT");
    });
});
