import { formatCidr, parseCidr, sizeOf } from "../../model/cidr";

/** A subnet that is due, and how much of the network it takes: 1 is a half, 4 a sixteenth. */
export interface Slice {
    readonly name: string;
    readonly bits: number;
}

/**
 * The ranges of subnets, one after the other; larger ones come first. What is at the end stays free, so that one more
 * at the end moves none of the others.
 *
 * @param cidr The range of the network, /16 to /20.
 * @returns by the names of the slices, in their order.
 * @throws Error where they do not fit, or one would not begin where its size allows it.
 * @see https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq Azure keeps five addresses of each
 */
export function planNetwork(cidr: string, slices: readonly Slice[]): Record<string, string> {
    const range = parseCidr(cidr);
    if (range === undefined) throw new Error(`${cidr} is no range; parseSpec refuses it`);
    const end = range.first + sizeOf(range.prefix);
    let first = range.first;
    return Object.fromEntries(
        slices.map(({ name, bits }) => {
            const prefix = range.prefix + bits;
            if (first % sizeOf(prefix) !== 0 || first + sizeOf(prefix) > end) {
                throw new Error(`${name} does not fit into ${cidr}`);
            }
            const subnet = formatCidr({ first, prefix });
            first += sizeOf(prefix);
            return [name, subnet];
        }),
    );
}
