import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { projectRoot } from "../../rehearsal/project-root";
import { diskOf } from "../hosts/laboratory";

const execute = promisify(execFile);

/** What somebody beside the machine does to it; see `node test/vm/power.mjs`. */
export async function power(...args: string[]): Promise<void> {
    await execute(process.execPath, [join(projectRoot(), "test/vm/power.mjs"), ...args]);
}

/** A file of the machine as this one keeps it: its disks, and what it says on its console since it was switched on. */
export const fileOf = async (name: string): Promise<string> =>
    join(await diskOf("vm1"), "..", name);

/** Waits until it says something on its console. */
export async function says(words: RegExp, seconds: number): Promise<string> {
    const console = await fileOf("console.log");
    const end = Date.now() + seconds * 1_000;
    for (;;) {
        const text = readFileSync(console, "utf8");
        if (words.test(text)) return text;
        if (Date.now() > end) throw new Error(`not within ${String(seconds)} s: ${text}`);
        await sleep(500);
    }
}

/** What who dials a port from outside is told: nothing, where a firewall drops it. */
export function told(address: string, port: number): Promise<"connected" | "refused" | "nothing"> {
    return new Promise((resolve) => {
        const socket = connect({ host: address, port, timeout: 5_000 });
        const end = (answer: "connected" | "refused" | "nothing") => {
            socket.destroy();
            resolve(answer);
        };
        socket.once("connect", () => {
            end("connected");
        });
        socket.once("timeout", () => {
            end("nothing");
        });
        socket.once("error", () => {
            end("refused");
        });
    });
}
