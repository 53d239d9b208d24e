import { randomBytes, randomUUID } from "node:crypto";

let pool = Buffer.alloc(0);
let used = 0;

/** Random bytes from a stock: asking the system for a few at a time is most of what a resource costs. */
export function draw(count: number): Buffer {
    if (used + count > pool.length) {
        pool = randomBytes(4096);
        used = 0;
    }
    used += count;
    return pool.subarray(used - count, used);
}

/** Lower-case hexadecimal digits, as many as asked for. */
export function hex(length: number): string {
    return draw(Math.ceil(length / 2))
        .toString("hex")
        .slice(0, length);
}

export const uuid = (): string => randomUUID();

/** An address out of those that a cloud hands out, in the documentation's own block 198.18.0.0/15. */
export function publicAddress(): string {
    const [third = 0, fourth = 0, side = 0] = draw(3);
    return `198.${18 + (side % 2)}.${third}.${fourth}`;
}

/** Now, to the second. */
export function now(): string {
    return `${new Date().toISOString().slice(0, 19)}Z`;
}
