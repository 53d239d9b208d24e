import type { Cidr } from "../../model/cidr";
import { formatCidr, parseCidr, rangeAt, sizeOf } from "../../model/cidr";

/** The ranges of one zone, in CIDR form. */
export interface ZoneRanges {
    /** Load balancers and NAT gateways. */
    readonly public: string;
    /** Nodes and pods, of which each takes an address, so this is the largest; or machines of applications. */
    readonly private: string;
    /** The network interfaces of the control plane, or machines and services that keep data. */
    readonly inner: string;
}

/** Always carved, whatever the number of zones: one added later takes ranges that nobody has. */
const zoneCount = 3;

/**
 * Divides the range of a VPC among three zones: of its four quarters three are private, one a zone; of the
 * last quarter three quarters are public; of what is left, three quarters are the inner ones.
 *
 * @param cidr /16 to /20, so that the smallest subnet is a /26; AWS takes /16 to /28 and keeps five addresses of each.
 * @returns three entries, by the position of the zone in the stack file.
 * @throws Error when `cidr` is no range: parseSpec refuses it before.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export function planNetwork(cidr: string): readonly ZoneRanges[] {
    const vpc = parseCidr(cidr);
    if (vpc === undefined) throw new Error(`${cidr} is no range; parseSpec refuses it`);
    const publicPart = part(vpc, 2, zoneCount);
    const innerPart = part(publicPart, 2, zoneCount);
    return Array.from({ length: zoneCount }, (_, at) => ({
        private: formatCidr(part(vpc, 2, at)),
        public: formatCidr(part(publicPart, 2, at)),
        inner: formatCidr(part(innerPart, 2, at)),
    }));
}

/** The part number `at` of a range that is cut into 2 ** `bits` equal parts. */
function part(whole: Cidr, bits: number, at: number): Cidr {
    const prefix = whole.prefix + bits;
    return rangeAt(whole, at * sizeOf(prefix), prefix);
}
