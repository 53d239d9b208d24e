import { isUnknown } from "../../components/model/carriers/unknown";
import { plainOf, textOf } from "../../policies/plain";

/** What a policy gets its inputs behind, and what it finds there; missing from the declarations. */
const { unknownCheckingProxy } = jest.requireActual<{
    readonly unknownCheckingProxy: (props: object) => Record<string, unknown>;
}>("@pulumi/policy");
const sdk = jest.requireActual<Record<string, string>>("@pulumi/policy/proxy");
const placeholders = Object.entries(sdk).filter(([name]) => name.startsWith("unknown"));

describe("plain properties", () => {
    it("are read where the SDK's proxy would throw", () => {
        const unknown = sdk["unknownStringValue"];
        const props = unknownCheckingProxy({ tags: { Name: unknown, owner: "a" }, arn: unknown });

        expect(() => props["arn"]).toThrow("can't be known during preview");
        expect(plainOf(props)).toEqual({ tags: { Name: unknown, owner: "a" }, arn: unknown });
        expect(JSON.stringify(plainOf(props))).toContain('"owner":"a"');
    });

    it("name every placeholder of the SDK as unknown", () => {
        const values = placeholders.filter(([name]) => name.endsWith("Value"));

        expect(values).toHaveLength(7);
        expect(values.filter(([, value]) => !isUnknown(value))).toEqual([]);
        expect(values.map(([, value]) => textOf(value))).toEqual(values.map(() => undefined));
        expect(textOf("known")).toBe("known");
        expect(textOf(3)).toBeUndefined();
    });
});
