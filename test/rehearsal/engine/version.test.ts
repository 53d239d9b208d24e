import fc from "fast-check";
import { isAtLeast, parseVersion } from "../../../rehearsal/engine/version";

const version = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9));

describe("versions", () => {
    it.each([
        ["v3.250.0", [3, 250, 0]],
        ["go1.26", [1, 26, 0]],
        ["v3.22.0+g123abcd", [3, 22, 0]],
        ["3.251.0-dev.17", [3, 251, 0]],
        ["devel", undefined],
    ])("%s is read as %j", (text, expected) => {
        expect(parseVersion(text)).toEqual(expected);
    });

    it("are ordered as numbers, major first", () => {
        const rank = ([major, minor, patch]: number[]) =>
            (major ?? 0) * 100 + (minor ?? 0) * 10 + (patch ?? 0);
        fc.assert(
            fc.property(version, version, (one, other) => {
                expect(isAtLeast(one, other)).toBe(rank(one) >= rank(other));
            }),
        );
        expect(isAtLeast([3, 1000, 0], [3, 250, 0])).toBe(true);
    });
});
