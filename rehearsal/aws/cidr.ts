import { isIPv4, isIPv6 } from "node:net";

/** A block of addresses: `base` is its first one, as a number; `prefix` is 0 to 32 or 0 to 128. */
export interface Cidr {
    readonly family: 4 | 6;
    readonly base: bigint;
    readonly prefix: number;
}

/** What AWS takes for a VPC and for a subnet. @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const largest = 16;
const smallest = 28;
const bitsOf = { 4: 32, 6: 128 } as const;

function ipv4Number(text: string): bigint {
    return text.split(".").reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function ipv6Number(text: string): bigint {
    const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
    const tail = dotted?.[2] === undefined ? undefined : ipv4Number(dotted[2]);
    const hex = (part: bigint) => part.toString(16);
    const plain =
        tail === undefined
            ? text
            : `${dotted?.[1] ?? ""}${hex(tail >> 16n)}:${hex(tail & 0xffffn)}`;
    const [head = "", rest] = plain.split("::");
    const groups = (part: string) => (part === "" ? [] : part.split(":"));
    const first = groups(head);
    const last = groups(rest ?? "");
    const zeros = new Array<string>(8 - first.length - last.length).fill("0");
    return [...first, ...zeros, ...last].reduce(
        (sum, part) => (sum << 16n) | BigInt(`0x${part}`),
        0n,
    );
}

function firstAfter(block: Cidr): bigint {
    return block.base + (1n << BigInt(bitsOf[block.family] - block.prefix));
}

/**
 * Reads a block in CIDR form, such as 10.8.0.0/16 or 2001:db8::/56.
 *
 * @returns the block, or what is wrong with the text: AWS's provider takes the first address of a block
 * only, and no zero in front of a number. Never throws.
 */
export function parseCidr(text: string): Cidr | string {
    const [address = "", length, ...more] = text.split("/");
    const family = isIPv4(address) ? 4 : isIPv6(address) && !address.includes("%") ? 6 : undefined;
    if (family === undefined || length === undefined || more.length > 0) {
        return `${text} is not an address block such as 10.0.0.0/16`;
    }
    const bits = bitsOf[family];
    const prefix = /^(0|[1-9]\d{0,2})$/.test(length) ? Number(length) : bits + 1;
    if (prefix > bits) return `${text}: the prefix length is not a number from 0 to ${bits}`;
    const base = family === 4 ? ipv4Number(address) : ipv6Number(address);
    const host = base & ((1n << BigInt(bits - prefix)) - 1n);
    if (host !== 0n) return `${text} does not begin at the first address of its block`;
    return { family, base, prefix };
}

/** Whether every address of `inner` is in `outer`. Blocks of different families never are. */
export function contains(outer: Cidr, inner: Cidr): boolean {
    return (
        outer.family === inner.family &&
        outer.base <= inner.base &&
        firstAfter(inner) <= firstAfter(outer)
    );
}

/** Whether some address is in both. */
export function overlaps(one: Cidr, other: Cidr): boolean {
    return contains(one, other) || contains(other, one);
}

/**
 * What AWS refuses about the IPv4 block of a VPC or a subnet, or undefined. Never throws.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export function vpcCidrProblem(text: string): string | undefined {
    const block = parseCidr(text);
    if (typeof block === "string") return block;
    if (block.family !== 4) return `${text} is not an IPv4 block`;
    if (block.prefix < largest || block.prefix > smallest) {
        return `${text}: AWS takes blocks from /${largest} to /${smallest}`;
    }
    return undefined;
}

/**
 * What AWS refuses about a subnet's IPv4 block, given the blocks of its VPC and of the subnets there, or undefined.
 *
 * @param others Blocks of the VPC's other subnets, in CIDR form; a text that is none is passed over.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export function subnetCidrProblem(
    text: string,
    vpcBlocks: readonly string[],
    others: readonly string[],
): string | undefined {
    const problem = vpcCidrProblem(text);
    if (problem !== undefined) return problem;
    const block = parseCidr(text);
    const within = (vpc: string) => {
        const outer = parseCidr(vpc);
        return typeof outer !== "string" && typeof block !== "string" && contains(outer, block);
    };
    if (!vpcBlocks.some(within)) return `${text} is outside the VPC's ${vpcBlocks.join(", ")}`;
    const taken = others.find((other) => {
        const there = parseCidr(other);
        return typeof there !== "string" && typeof block !== "string" && overlaps(there, block);
    });
    return taken === undefined ? undefined : `${text} overlaps the subnet ${taken}`;
}

/** The address at a place of an IPv4 block, from 0: the first four and the last of a subnet are AWS's own. */
export function addressIn(text: string, at: number): string {
    const block = parseCidr(text);
    const base = typeof block === "string" ? 0n : block.base;
    const number = Number(base) + at;
    return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
