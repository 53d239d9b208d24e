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

/** What comes to be so, at the latest after so many seconds. */
export async function soon<T>(
    look: () => Promise<T> | T,
    expected: T,
    seconds = 60,
): Promise<void> {
    for (let tries = seconds / 2; tries > 0; tries -= 1) {
        const seen = await look();
        if (JSON.stringify(seen) === JSON.stringify(expected)) break;
        await sleep(2_000);
    }
    expect(await look()).toEqual(expected);
}
