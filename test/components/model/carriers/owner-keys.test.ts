import fc from "fast-check";
import { readOwnerKeys, type CarrierShape } from "../../../../components/model/carriers";

/** What a policy gets its inputs behind; exported since 1.21, though missing from the declarations. */
const { unknownCheckingProxy } = jest.requireActual<{
    readonly unknownCheckingProxy: (props: object) => object;
}>("@pulumi/policy");

/** What the engine sends for a value that is not known yet, as @pulumi/policy itself has it. */
const placeholders = Object.entries(
    jest.requireActual<Record<string, unknown>>("@pulumi/policy/proxy"),
).flatMap(([name, value]) =>
    name.startsWith("unknown") && typeof value === "string" ? [value] : [],
);
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const keys = ["owner-role", "owner-layer"];
const list = [
    { key: "owner-role", value: "network-engineer", propagateAtLaunch: true },
    { key: unknown, value: "a" },
    { key: "owner-layer", value: unknown },
];
const map = { "owner-role": "network-engineer", "owner-layer": unknown, Name: unknown };
const holders: [CarrierShape, object][] = [
    ["map", { tags: map, cidrBlock: unknown }],
    ["propagating-list", { tags: list }],
    ["key-value-list", { tags: list }],
    ["labels", { metadata: { name: unknown, labels: map } }],
];

describe("readOwnerKeys", () => {
    it.each(holders)("reads a known owner beside an unknown value: %s", (shape, props) => {
        const proxy = unknownCheckingProxy(props);

        expect([...readOwnerKeys(shape, proxy, keys)]).toEqual([
            ["owner-role", "network-engineer"],
        ]);
        expect(() => JSON.stringify(proxy)).toThrow("can't be known during preview");
    });

    it("knows every placeholder of the engine", () => {
        const read = placeholders.map((value) => {
            const props = unknownCheckingProxy({ tags: { "owner-role": value } });
            return readOwnerKeys("map", props, keys).size;
        });

        expect(read).toEqual([0, 0, 0, 0, 0, 0, 0]);
    });

    it.each<[string, CarrierShape, object]>([
        ["all tags unknown", "map", { tags: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff" }],
        ["all of a list unknown", "propagating-list", { tags: unknown }],
        ["metadata unknown", "labels", { metadata: unknown }],
        ["no tags", "map", {}],
        ["tags in the wrong shape", "map", { tags: list }],
        ["a list in the wrong shape", "propagating-list", { tags: map }],
        ["tagsAll alone", "map", { tagsAll: map }],
        ["a number", "map", { tags: { "owner-role": 7 } }],
        ["an inherited key", "map", { tags: Object.create(map) as object }],
        ["a getter", "map", { tags: Object.defineProperty({}, "owner-role", { get: () => "x" }) }],
        ["twice the same key", "propagating-list", { tags: [list[0], list[0]] }],
        ["labels on a cloud resource", "map", { metadata: { labels: map } }],
        ["metadata that is no owner's", "metadata", { metadata: map, tags: map }],
        ["a tag of another resource", "tag-resource", { key: "owner-role", value: "a", tags: map }],
        ["a command on a host", "host-file", { tags: map }],
        ["a type without tags", "none", { tags: map }],
    ])("finds no owner: %s", (_, shape, props) => {
        expect(readOwnerKeys(shape, unknownCheckingProxy(props), keys)).toEqual(new Map());
    });

    it("returns no key that was not asked for", () => {
        const props = { tags: { "owner-role": "a", "owner-layer": "b" } };

        expect(readOwnerKeys("map", props, ["owner-layer"])).toEqual(
            new Map([["owner-layer", "b"]]),
        );
    });

    it("never throws and finds what a plain read finds, whatever the inputs", () => {
        const value = fc.oneof(fc.string(), fc.constantFrom(...placeholders), fc.anything());
        const tags = fc.oneof(fc.dictionary(fc.constantFrom(...keys, "Name"), value), value);
        fc.assert(
            fc.property(tags, (tags) => {
                const read = readOwnerKeys("map", unknownCheckingProxy({ tags }), keys);
                for (const key of keys) {
                    const plain: unknown =
                        typeof tags === "object" && tags !== null && Object.hasOwn(tags, key)
                            ? (tags as Record<string, unknown>)[key]
                            : undefined;
                    const known = typeof plain === "string" && !placeholders.includes(plain);
                    expect(read.get(key)).toBe(known ? plain : undefined);
                }
            }),
        );
    });
});
