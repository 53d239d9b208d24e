import { randomBytes, randomUUID } from "node:crypto";

let pool = Buffer.alloc(0);
let used = 0;

/** Random bytes from a stock: asking the system for a few at a time is most of what a resource costs. */
function draw(count: number): Buffer {
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

/** An id as EC2 makes them: vpc-0a1b2c3d4e5f60718, 17 digits of which the first is 0. */
export function ec2Id(prefix: string): string {
    return `${prefix}-0${hex(16)}`;
}

export const uuid = (): string => randomUUID();

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** An id as IAM makes them: AROA and 17 capitals and digits. */
export function iamId(prefix: "AROA" | "ANPA" | "AIPA"): string {
    const drawn = [...draw(17)].map((byte) => letters.charAt(byte % letters.length));
    return `${prefix}${drawn.join("")}`;
}

/** Upper-case letters and digits in the manner of Route 53: Z and 20 of them. */
export function zoneId(): string {
    return `Z0${hex(19).toUpperCase()}`;
}

/** An address out of those that EC2 hands out, in the documentation's own block 198.18.0.0/15. */
export function publicAddress(): string {
    const [third = 0, fourth = 0, side = 0] = draw(3);
    return `198.${18 + (side % 2)}.${third}.${fourth}`;
}

/** Now, in the form of AWS's own times. */
export function now(): string {
    return `${new Date().toISOString().slice(0, 19)}Z`;
}
