import type { Cidr } from "../cidr";
import { contains, parseCidr } from "../cidr";

/** RFC 1918: outside them no network policy of the hubs takes what comes from the network for the inside. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(parseCidr);

export const isPrivate = (range: Cidr): boolean =>
    privateRanges.some((each) => each !== undefined && contains(each, range));

/**
 * Whether the range of a cluster's network has a fit size and is private.
 *
 * @param network What the cloud calls it, such as `VPC`.
 * @param say Takes message and fix.
 */
export function checkNetworkRange(
    cidr: string,
    network: string,
    say: (message: string, fix: string) => void,
): void {
    const range = parseCidr(cidr);
    if (range === undefined) return;
    if (range.prefix < 16 || range.prefix > 20) {
        const message = `/${String(range.prefix)} is no size for the ${network} of a cluster`;
        say(message, "write a range from /16 to /20");
    }
    if (!isPrivate(range)) {
        const fix = "take a range of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16";
        say(`${cidr} is no private range`, fix);
    }
}
