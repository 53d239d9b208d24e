import { setTimeout as sleep } from "node:timers/promises";
import { ask } from "./laboratory";

/** Waits until a command succeeds on a host, for so many seconds at most. */
export async function waitFor(host: string, command: string, seconds: number): Promise<void> {
    const end = Date.now() + seconds * 1_000;
    while (Date.now() < end) {
        const found = await ask(host, command).then(
            () => true,
            () => false,
        );
        if (found) return;
        await sleep(100);
    }
    throw new Error(`${host}: not within ${String(seconds)} s: ${command}`);
}
