/** An IPv4 range: its first address as an unsigned number, and its prefix length from 0 to 32. */
export interface Cidr {
    readonly first: number;
    readonly prefix: number;
}

const form = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** Reads `10.8.0.0/16`; undefined unless it is the first address of such a range. Never throws. */
export function parseCidr(text: string): Cidr | undefined {
    const numbers = form.exec(text)?.slice(1).map(Number);
    if (numbers === undefined) return undefined;
    const prefix = numbers.pop() ?? 33;
    if (prefix > 32 || numbers.some((each) => each > 255)) return undefined;
    const first = numbers.reduce((sum, each) => sum * 256 + each, 0);
    return first % sizeOf(prefix) === 0 ? { first, prefix } : undefined;
}

export function formatCidr({ first, prefix }: Cidr): string {
    const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
    return `${bytes.join(".")}/${String(prefix)}`;
}

/** How many addresses a prefix spans. */
export function sizeOf(prefix: number): number {
    return 2 ** (32 - prefix);
}

export function overlap(left: Cidr, right: Cidr): boolean {
    return (
        left.first < right.first + sizeOf(right.prefix) &&
        right.first < left.first + sizeOf(left.prefix)
    );
}

export function contains(outer: Cidr, inner: Cidr): boolean {
    return outer.prefix <= inner.prefix && overlap(outer, inner);
}

/** The range of `prefix` that starts `addresses` after the start of `within`. */
export function rangeAt(within: Cidr, addresses: number, prefix: number): Cidr {
    return { first: within.first + addresses, prefix };
}
