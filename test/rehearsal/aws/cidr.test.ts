import fc from "fast-check";
import {
    contains,
    overlaps,
    parseCidr,
    subnetCidrProblem,
    vpcCidrProblem,
} from "../../../rehearsal/aws/cidr";
import type { Cidr } from "../../../rehearsal/aws/cidr";

function block(text: string): Cidr {
    const parsed = parseCidr(text);
    if (typeof parsed === "string") throw new Error(parsed);
    return parsed;
}

function dotted(address: bigint): string {
    return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join(".");
}

const ipv4 = fc
    .record({ address: fc.bigInt(0n, 2n ** 32n - 1n), prefix: fc.integer({ min: 0, max: 32 }) })
    .map(({ address, prefix }) => {
        const size = 2n ** BigInt(32 - prefix);
        return { base: address - (address % size), prefix, size };
    });

describe("parseCidr", () => {
    it("reads every IPv4 block back as it was written", () => {
        fc.assert(
            fc.property(ipv4, ({ base, prefix }) => {
                expect(parseCidr(`${dotted(base)}/${prefix}`)).toEqual({ family: 4, base, prefix });
            }),
        );
    });

    it("reads every IPv6 block, however it is shortened", () => {
        const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
        fc.assert(
            fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
                const long = groups.map((each) => each.toString(16)).join(":");
                const base = groups.reduce((sum, each) => (sum << 16n) | BigInt(each), 0n);
                const short = new URL(`http://[${long}]`).hostname.slice(1, -1);
                expect(block(`${long}/128`)).toEqual({ family: 6, base, prefix: 128 });
                expect(block(`${short}/128`)).toEqual({ family: 6, base, prefix: 128 });
            }),
        );
    });

    it("reads an IPv6 block whose end is written as IPv4", () => {
        expect(block("::ffff:10.0.0.0/104")).toEqual(block("::ffff:a00:0/104"));
    });

    it.each([
        ["10.0.0.0", "10.0.0.0 is not an address block such as 10.0.0.0/16"],
        ["10.0.0/16", "10.0.0/16 is not an address block such as 10.0.0.0/16"],
        ["10.0.0.256/16", "10.0.0.256/16 is not an address block such as 10.0.0.0/16"],
        ["10.0.0.0/16/8", "10.0.0.0/16/8 is not an address block such as 10.0.0.0/16"],
        ["fe80::%eth0/64", "fe80::%eth0/64 is not an address block such as 10.0.0.0/16"],
        ["10.0.0.0/33", "10.0.0.0/33: the prefix length is not a number from 0 to 32"],
        ["10.0.0.0/016", "10.0.0.0/016: the prefix length is not a number from 0 to 32"],
        ["10.0.0.0/", "10.0.0.0/: the prefix length is not a number from 0 to 32"],
        ["::/129", "::/129: the prefix length is not a number from 0 to 128"],
        ["10.0.1.0/16", "10.0.1.0/16 does not begin at the first address of its block"],
        ["2001:db8::1/64", "2001:db8::1/64 does not begin at the first address of its block"],
    ])("refuses %s", (text, problem) => {
        expect(parseCidr(text)).toBe(problem);
    });
});

describe("contains and overlaps", () => {
    it("agree with the first and last address of each block", () => {
        fc.assert(
            fc.property(ipv4, ipv4, (a, b) => {
                const [one, other] = [
                    block(`${dotted(a.base)}/${a.prefix}`),
                    block(`${dotted(b.base)}/${b.prefix}`),
                ];
                const [lastA, lastB] = [a.base + a.size - 1n, b.base + b.size - 1n];
                expect(contains(one, other)).toBe(a.base <= b.base && lastB <= lastA);
                expect(overlaps(one, other)).toBe(a.base <= lastB && b.base <= lastA);
            }),
        );
    });

    it("find both halves of a block in it, and apart from each other", () => {
        fc.assert(
            fc.property(
                ipv4.filter(({ prefix }) => prefix < 32),
                ({ base, prefix, size }) => {
                    const whole = block(`${dotted(base)}/${prefix}`);
                    const [low, high] = [base, base + size / 2n].map((at) =>
                        block(`${dotted(at)}/${prefix + 1}`),
                    ) as [Cidr, Cidr];
                    expect([contains(whole, low), contains(whole, high)]).toEqual([true, true]);
                    expect([contains(low, whole), overlaps(low, high)]).toEqual([false, false]);
                    expect([overlaps(whole, high), overlaps(high, whole)]).toEqual([true, true]);
                },
            ),
        );
    });

    it("keep the two families apart", () => {
        expect(contains(block("0.0.0.0/0"), block("::/8"))).toBe(false);
        expect(overlaps(block("::/0"), block("10.0.0.0/8"))).toBe(false);
    });
});

describe("what AWS takes", () => {
    it("is a VPC from /16 to /28", () => {
        const refused = [15, 16, 28, 29].map((prefix) => vpcCidrProblem(`10.0.0.0/${prefix}`));
        expect(refused).toEqual([
            "10.0.0.0/15: AWS takes blocks from /16 to /28",
            undefined,
            undefined,
            "10.0.0.0/29: AWS takes blocks from /16 to /28",
        ]);
        expect(vpcCidrProblem("2001:d000::/20")).toBe("2001:d000::/20 is not an IPv4 block");
        expect(vpcCidrProblem("10.0.0.1/16")).toContain("does not begin at the first address");
    });

    it("is a subnet inside one of the VPC's blocks that overlaps no other", () => {
        const vpc = ["10.0.0.0/16", "10.9.0.0/16"];
        const others = ["10.0.0.0/20", "no block"];
        expect(subnetCidrProblem("10.0.16.0/20", vpc, others)).toBeUndefined();
        expect(subnetCidrProblem("10.9.0.0/28", vpc, others)).toBeUndefined();
        expect(subnetCidrProblem("10.0.15.0/24", vpc, others)).toBe(
            "10.0.15.0/24 overlaps the subnet 10.0.0.0/20",
        );
        expect(subnetCidrProblem("10.1.0.0/24", vpc, others)).toBe(
            "10.1.0.0/24 is outside the VPC's 10.0.0.0/16, 10.9.0.0/16",
        );
        expect(subnetCidrProblem("10.0.16.0/29", vpc, others)).toBe(
            "10.0.16.0/29: AWS takes blocks from /16 to /28",
        );
    });
});
