import fc from "fast-check";
import { findGaps } from "../../components/model/gaps";
import { wordAll } from "../../components/model/problem";
import { parseSpec } from "../../components/model/spec";
import { commcareConfig } from "../support/commcare";
import { geolabConfig } from "../support/stack-file";

jest.setTimeout(120_000);

/** Every place in a document, as the keys that lead there. */
function placesIn(value: unknown, at: readonly string[] = []): string[][] {
    const inner =
        typeof value === "object" && value !== null
            ? Object.entries(value).flatMap(([key, each]) => placesIn(each, [...at, key]))
            : [];
    return at.length === 0 ? inner : [[...at], ...inner];
}

interface Change {
    readonly place: readonly string[];
    readonly how: "set" | "remove" | "add";
    readonly value: unknown;
}

/** What people write by mistake, and what nobody would. */
const anything = fc.oneof(
    fc.constantFrom(null, "", 0, -1, 1e9, 0.5, true, [], {}, "null", "10.0.0.0/33", "us-east-2z"),
    fc.constantFrom("__proto__", "constructor", "toString", "2i2c", "nobody", "network", "1.99"),
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.jsonValue({ maxDepth: 3 }),
);

/** A place in a section of a file, each section as likely as the others: nine tenths of some files are one plan. */
const placeOf = (base: Readonly<Record<string, unknown>>) =>
    fc
        .constantFrom(...Object.keys(base))
        .chain((section) =>
            fc.constantFrom([section], ...placesIn(base[section]).map((at) => [section, ...at])),
        );

const changeOf = (base: Readonly<Record<string, unknown>>): fc.Arbitrary<Change> =>
    fc.record({
        place: placeOf(base),
        how: fc.constantFrom("set" as const, "remove" as const, "add" as const),
        value: anything,
    });

function apply(document: unknown, { place, how, value }: Change): void {
    let holder = document as Record<string, unknown>;
    for (const key of place.slice(0, -1)) {
        const next = holder[key];
        if (typeof next !== "object" || next === null) return; // an earlier change took it away
        holder = next as Record<string, unknown>;
    }
    const last = place.at(-1) ?? "";
    if (how === "remove") Reflect.deleteProperty(holder, last);
    else if (how === "set") holder[last] = value;
    else holder[typeof value === "string" ? value : "extra"] = value;
}

describe("2,000 generated stack files", () => {
    it.each<[string, Record<string, unknown>]>([
        ["hubs", geolabConfig()],
        ["CommCare", commcareConfig()],
        ["a CommCare whose plan is written out", commcareConfig({}, "commcare-aws-eu")],
    ])("of %s are each taken or refused: never an exception, always with a path", (_, base) => {
        const change = changeOf(base);
        const count = { taken: 0, refused: 0, gapped: 0 };
        fc.assert(
            fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
                const config = structuredClone(base);
                for (const each of changes) apply(config, each);
                const parsed = parseSpec(config);
                const matrix =
                    parsed.spec?.matrix ?? ("matrix" in parsed ? parsed.matrix : undefined);
                const options = { now: new Date(0), reservedContacts: "allowed" } as const;
                const gaps = matrix === undefined ? [] : findGaps(matrix, options);
                for (const line of wordAll([...parsed.problems, ...gaps])) {
                    expect(line).toMatch(/^steward(:\S|$|: )[^]*: [^]+; [^]+$/);
                    expect(line).not.toMatch(/undefined|\[object|at .*\.ts:/);
                }
                if (parsed.spec === undefined) {
                    count.refused += 1;
                    expect(parsed.problems.length).toBeGreaterThan(0);
                } else if (gaps.length > 0) count.gapped += 1;
                else count.taken += 1;
            }),
            { numRuns: 2_000, seed: 20261122 },
        );
        // All three ends must be met, or the files would be too tame or too wild to say anything.
        expect(Math.min(count.taken, count.refused, count.gapped)).toBeGreaterThan(20);
    });
});
