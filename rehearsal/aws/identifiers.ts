import { draw, hex } from "../provider/identifiers";

export { hex, now, publicAddress, uuid } from "../provider/identifiers";

/** An id as EC2 makes them: vpc-0a1b2c3d4e5f60718, 17 digits of which the first is 0. */
export function ec2Id(prefix: string): string {
    return `${prefix}-0${hex(16)}`;
}

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
