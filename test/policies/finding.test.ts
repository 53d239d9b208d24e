import * as fc from "fast-check";
import { readCoverage, readFinding, wordCoverage, wordFinding } from "../../policies/finding";

describe("the text of a violation", () => {
    it("is what a person reads", () => {
        const text = wordFinding({
            layer: "hub@prod",
            role: "site-reliability-engineer",
            message: "nobody answers for hub@prod",
            fix: "name an owner",
        });

        expect(text).toBe(
            "nobody answers for hub@prod\n  fix: name an owner\n  layer: hub@prod, role: site-reliability-engineer",
        );
    });

    it("tells layer, role, message and fix again", () => {
        const slug = fc.option(fc.stringMatching(/^[a-z0-9]([a-z0-9@-]*[a-z0-9])?$/));
        const text = fc
            .string({ unit: "binary" })
            .map((words) => words.replace(/\s+/g, " ").trim());
        fc.assert(
            fc.property(slug, slug, text, text, (layer, role, message, fix) => {
                const finding = { layer, role, message, fix };
                // The engine ends each message with a line break of its own.
                expect(readFinding(`${wordFinding(finding)}\n`)).toEqual(finding);
            }),
        );
    });

    it("is one line for each part, whatever the parts hold", () => {
        const text = wordFinding({ layer: null, role: null, message: "a\n  fix: b", fix: "c\nd" });

        expect(readFinding(text)).toEqual({
            layer: null,
            role: null,
            message: "a fix: b",
            fix: "c d",
        });
    });

    it("is told apart from what others write", () => {
        expect(readFinding("can't run policy 'ownership' during preview")).toBeUndefined();
        expect(readFinding("")).toBeUndefined();
    });
});

describe("the text of a coverage", () => {
    const coverage = {
        total: 9,
        tag: 1,
        label: 1,
        file: 1,
        layer: 2,
        container: 1,
        uncovered: 3,
        unseen: 4,
    };

    it("tells the coverage again", () => {
        expect(readCoverage(`${wordCoverage(coverage)}\n`)).toEqual(coverage);
    });

    it("is told apart from a violation", () => {
        expect(readCoverage("coverage is low")).toBeUndefined();
    });
});
