import { setTimeout as sleep } from "node:timers/promises";
import { Refusal } from "./stand-in";

/** How long a write that allows no other takes, in milliseconds: longer than the engine needs to send a second one. */
const taking = 100;

/** Things in which one writer at a time may write. */
export class Turns {
    readonly #taken = new Set<string>();

    /**
     * Writes for a while in what the key names; nothing happens without a key.
     *
     * @throws Refusal while another one writes there.
     */
    async take(key: string | undefined): Promise<void> {
        if (key === undefined) return;
        if (this.#taken.has(key))
            throw new Refusal(
                `TooManyRequests: ${key} is being written by another request; let one depend on the other`,
            );
        this.#taken.add(key);
        try {
            await sleep(taking);
        } finally {
            this.#taken.delete(key);
        }
    }
}
