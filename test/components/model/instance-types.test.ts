import { gpusOf, isAccelerated, sizeOf } from "../../../components/model/instance-types";

// The rule was compared with the vCPUs, memory and GPUs of 1,108 types; these are what it could get wrong.
describe("the size of a machine", () => {
    it.each([
        ["r5.xlarge", "r8i-flex.xlarge"],
        ["m5.4xlarge", "m6idn.4xlarge"],
        ["c5.large", "c7gn.large"],
        ["c5n.xlarge", "c5n.xlarge"],
    ])("%s is that of %s", (one, other) => {
        expect(sizeOf(one)).toBe(sizeOf(other));
    });

    it.each([
        ["r5.xlarge", "r5.2xlarge"],
        ["r5.xlarge", "m5.xlarge"],
        ["c5.xlarge", "c5n.xlarge"], // 8 and 10.5 GiB
        ["r4.xlarge", "r5.xlarge"], // 30.5 and 32 GiB
        ["r5.metal", "r6i.metal"], // 96 and 128 vCPUs
        ["x2iedn.xlarge", "x2idn.xlarge"],
    ])("%s is not that of %s", (one, other) => {
        expect(sizeOf(one)).not.toBe(sizeOf(other));
    });
});

describe("the GPUs of a machine", () => {
    it.each([
        ["g4dn.xlarge", 1],
        ["g4dn.12xlarge", 4],
        ["g4dn.16xlarge", 1],
        ["g5.48xlarge", 8],
        ["p4d.24xlarge", 8],
        ["p5.4xlarge", 1],
    ])("of %s are %d", (type, count) => {
        expect(gpusOf(type)?.count).toBe(count);
    });

    it.each(["r5.xlarge", "g4ad.xlarge", "inf2.xlarge", "g6f.large", "constructor.xlarge"])(
        "of %s are none that there is a driver for",
        (type) => {
            expect(gpusOf(type)).toBeUndefined();
        },
    );

    it.each([
        ["g4dn.xlarge", true],
        ["trn1.2xlarge", true],
        ["r5.xlarge", false],
        ["i4g.large", false],
    ])("make %s one that needs a driver: %s", (type, needs) => {
        expect(isAccelerated(type)).toBe(needs);
    });
});
