import { Ledger } from "../../../rehearsal/provider/ledger";
import type { ResourceRequest } from "../../../rehearsal/provider/stand-in";
import type { Props } from "../../../rehearsal/provider/values";
import { Unknown } from "../../../rehearsal/provider/values";
import { randomStandIn } from "../../../rehearsal/random/stand-in";

const password = "random:index/randomPassword:RandomPassword";

function request(inputs: Props, type = password): ResourceRequest {
    return { urn: "urn:a", type, name: "a", inputs, cloud: new Ledger(), config: {} };
}

function problems(inputs: Props, type = password): string[] {
    const { failures } = randomStandIn.check({ ...request(inputs, type), old: undefined });
    return failures.map(({ reason }) => reason);
}

const made = (inputs: Props, preview = false) =>
    randomStandIn.create({ ...request(inputs), preview }).outputs["result"];

describe("a password", () => {
    const noLetters = { lower: false, upper: false, numeric: false };

    it.each<[Props, string]>([
        [{}, "length: is not a number of characters from 1 up"],
        [{ length: 0 }, "length: is not a number of characters from 1 up"],
        [{ length: "8" }, "length: is not a number of characters from 1 up"],
        [{ length: 8, ...noLetters, special: false }, "leaves no character to choose from"],
        [{ length: 8, ...noLetters, overrideSpecial: "" }, "leaves no character to choose from"],
    ])("is refused with %j", (inputs, problem) => {
        expect(problems(inputs)).toEqual([problem]);
    });

    it("is made of the characters it may have, new each time", () => {
        expect(problems({ length: Unknown })).toEqual([]);
        const inputs = { length: 40, ...noLetters, overrideSpecial: "ab" };
        expect(problems(inputs)).toEqual([]);
        expect(made(inputs)).toMatch(/^[ab]{40}$/);
        expect(made(inputs)).not.toBe(made(inputs));
        expect(made(inputs, true)).toBe(Unknown);
    });

    it("is made anew by any change, never changed, and secret", () => {
        const old = {
            type: password,
            id: "none",
            urn: "urn:a",
            inputs: { length: 8 },
            outputs: {},
        };
        const asked = { ...request({ length: 9 }), old };
        expect(randomStandIn.diff(asked).replaces).toEqual(["length"]);
        expect(() => randomStandIn.update({ ...asked, preview: false })).toThrow(
            `${password} is never updated in place`,
        );
        expect(randomStandIn.secretOutputs?.(password)).toContain("result");
    });
});

describe("an id", () => {
    const type = "random:index/randomId:RandomId";
    const make = (inputs: Props, preview = false) =>
        randomStandIn.create({ ...request(inputs, type), preview });

    it("is refused without bytes", () => {
        expect(problems({ byteLength: 0 }, type)).toEqual([
            "byteLength: is not a number of bytes from 1 up",
        ]);
        expect(problems({ byteLength: Unknown }, type)).toEqual([]);
    });

    it("is written in every way, new each time, and by the id as well", () => {
        const { id, outputs } = make({ byteLength: 4, prefix: "a-" });
        const bytes = Buffer.from(id, "base64url");
        expect(bytes).toHaveLength(4);
        expect(outputs).toMatchObject({
            hex: `a-${bytes.toString("hex")}`,
            b64Url: `a-${id}`,
            dec: `a-${String(bytes.readUInt32BE())}`,
        });
        expect(make({ byteLength: 4 }).id).not.toBe(make({ byteLength: 4 }).id);
        expect(make({ byteLength: 4 }, true)).toMatchObject({ id: "", outputs: { hex: Unknown } });
    });

    it("is made anew by another keeper", () => {
        const inputs = { byteLength: 4, keepers: { identifier: "hub" } };
        const old = { type, id: "AAAAAA", urn: "urn:a", inputs, outputs: {} };
        const asked = { ...request({ byteLength: 4, keepers: { identifier: "lab" } }, type), old };
        expect(randomStandIn.diff(asked).replaces).toEqual(["keepers"]);
    });
});

it("refuses bytes whose id is the secret, other types and look-ups", () => {
    expect(problems({ length: 8 }, "random:index/randomBytes:RandomBytes")).toEqual([
        "its id is the secret itself, which the state keeps in plain text; take RandomPassword",
    ]);
    expect(problems({}, "random:index/randomPet:RandomPet")).toEqual([
        "the rehearsal does not know random:index/randomPet:RandomPet; add it to rehearsal/random/stand-in.ts",
    ]);
    expect(() => randomStandIn.invoke("random:index/get:get", {}, {}, new Ledger())).toThrow(
        "the rehearsal of random answers no random:index/get:get",
    );
});
