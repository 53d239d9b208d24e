import * as fc from "fast-check";
import { contains, overlap, parseCidr } from "../../../../components/model/cidr";
import { kubernetesTiers } from "../../../../components/platforms/azure/kubernetes-tiers";
import { planNetwork } from "../../../../components/platforms/azure/network-plan";

describe("the subnets of a network on Azure", () => {
    it("lie one after the other, the machines' the largest", () => {
        expect(planNetwork("10.1.0.0/16", kubernetesTiers)).toEqual({
            nodes: "10.1.0.0/17",
            endpoints: "10.1.128.0/20",
            "api-servers": "10.1.144.0/20",
        });
    });

    it("keep their places when another one comes at the end", () => {
        const more = [...kubernetesTiers, { name: "more", bits: 4 }];
        expect(planNetwork("10.1.0.0/16", more)).toEqual({
            ...planNetwork("10.1.0.0/16", kubernetesTiers),
            more: "10.1.160.0/20",
        });
    });

    it("lie inside the network and apart, whatever its size", () => {
        fc.assert(
            fc.property(fc.integer({ min: 16, max: 20 }), (prefix) => {
                const network = `10.16.0.0/${String(prefix)}`;
                const ranges = Object.values(planNetwork(network, kubernetesTiers)).map(parseCidr);
                const whole = parseCidr(network);
                if (whole === undefined) throw new Error(network);
                const known = ranges.flatMap((each) => each ?? []);
                return (
                    known.length === kubernetesTiers.length &&
                    known.every((each) => contains(whole, each)) &&
                    known.every((each, at) => known.slice(at + 1).every((o) => !overlap(each, o)))
                );
            }),
        );
    });

    it("are refused where they do not fit, or begin nowhere", () => {
        const halves = ["a", "b", "c"].map((name) => ({ name, bits: 1 }));
        expect(() => planNetwork("10.1.0.0/16", halves)).toThrow("c does not fit");
        const upsideDown = [
            { name: "small", bits: 4 },
            { name: "large", bits: 1 },
        ];
        expect(() => planNetwork("10.1.0.0/16", upsideDown)).toThrow("large does not fit");
        expect(() => planNetwork("10.1.0.1/16", kubernetesTiers)).toThrow("is no range");
    });
});
