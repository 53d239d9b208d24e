import fc from "fast-check";
import { formatCidr, overlap, parseCidr, sizeOf } from "../../../../components/model/cidr";
import type { Cidr } from "../../../../components/model/cidr";
import { planNetwork } from "../../../../components/platforms/aws/network-plan";

const vpcs = fc
    .record({ prefix: fc.integer({ min: 16, max: 20 }), at: fc.nat({ max: 2 ** 16 - 1 }) })
    .map(({ prefix, at }) => formatCidr({ first: at * sizeOf(16), prefix }));

const read = (text: string): Cidr => {
    const range = parseCidr(text);
    if (range === undefined) throw new Error(`${text} is no range`);
    return range;
};
const rangesOf = (vpc: string) =>
    planNetwork(vpc).flatMap((zone) => Object.values(zone).map((text: string) => read(text)));

describe("the plan of a network", () => {
    it("carves a /16 so", () => {
        expect(planNetwork("10.64.0.0/16")).toEqual([
            { private: "10.64.0.0/18", public: "10.64.192.0/20", inner: "10.64.240.0/22" },
            { private: "10.64.64.0/18", public: "10.64.208.0/20", inner: "10.64.244.0/22" },
            { private: "10.64.128.0/18", public: "10.64.224.0/20", inner: "10.64.248.0/22" },
        ]);
    });

    it("keeps every subnet inside the VPC", () => {
        fc.assert(
            fc.property(vpcs, (vpc) => {
                const { first, prefix } = read(vpc);
                return rangesOf(vpc).every(
                    (range) =>
                        range.first >= first &&
                        range.first + sizeOf(range.prefix) <= first + sizeOf(prefix),
                );
            }),
        );
    });

    it("lets no two subnets overlap", () => {
        fc.assert(
            fc.property(vpcs, (vpc) => {
                const ranges = rangesOf(vpc);
                return ranges.every((one, at) =>
                    ranges.slice(at + 1).every((other) => !overlap(one, other)),
                );
            }),
        );
    });

    it("makes the private subnets the largest, and none smaller than AWS takes", () => {
        fc.assert(
            fc.property(vpcs, (vpc) =>
                planNetwork(vpc).every((zone) => {
                    const [most, some, few] = [zone.private, zone.public, zone.inner].map(
                        (text) => read(text).prefix,
                    ) as [number, number, number];
                    return most < some && some < few && few <= 28;
                }),
            ),
        );
    });

    it("has room for three zones, so that a third one moves nothing", () => {
        expect(planNetwork("10.0.0.0/20")).toHaveLength(3);
    });

    it("refuses what is no range", () => {
        expect(() => planNetwork("10.0.0.1/16")).toThrow("10.0.0.1/16 is no range");
    });
});
