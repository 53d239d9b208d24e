import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CarrierEntries } from "../../components/model/carriers/entries";
import { ownerOf } from "../../components/model/matrix";
import { ownerTags } from "../../components/model/tags";
import type { Violation } from "../../policies/rule";
import { check } from "../../stacks/commands/check";
import { hubMatrix, hubState, unknownResource } from "../fixtures/hub-state";

interface Checked {
    readonly coverage: Readonly<Record<string, number>>;
    readonly violations: readonly Violation[];
}

let folder: string;
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "steward-check-"));
});
afterAll(() => {
    rmSync(folder, { recursive: true });
});

/** The exit code and the document of `check` over a hub with one monitor of an unknown package in it. */
function checked(carriers: CarrierEntries, inputs: Record<string, unknown> = {}) {
    const state = hubState({ ...hubMatrix(), carriers });
    state.deployment.resources.push(unknownResource(inputs));
    const file = join(folder, "state.json");
    writeFileSync(file, JSON.stringify(state));
    const written: string[] = [];
    const stdout = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
        written.push(String(text));
        return true;
    });
    const code = check({ state: file, format: "json" });
    stdout.mockRestore();
    const { coverage, violations } = JSON.parse(written.join("")) as Checked;
    const said = violations
        .filter(({ rule }) => rule === "carriers" || rule === "owner-carried")
        .map(({ rule, level, message }) => [rule, level, message]);
    return { code, coverage, said };
}

const type = "datadog:index/monitor:Monitor";
const reason = "Its tags are a list of texts";

describe("check over a state with a type that Steward does not know", () => {
    it("refuses it without an entry", () => {
        const { code, coverage, said } = checked({});
        expect(code).toBe(3);
        expect(coverage).toMatchObject({ total: 60, uncovered: 1 });
        expect(said).toEqual([
            [
                "owner-carried",
                "mandatory",
                `nothing says how ${type} carries its owner, so it is taken to carry none`,
            ],
        ]);
    });

    it("heeds the entry that was deployed with the cluster, and reads it aloud", () => {
        const { code, coverage, said } = checked({ datadog: { carrier: "none", reason } });
        expect(code).toBe(0);
        expect(coverage).toMatchObject({ total: 60, layer: 10, uncovered: 0 });
        expect(said).toEqual([
            [
                "carriers",
                "advisory",
                `steward:carriers.datadog: carried as none, by the stack file: ${reason}`,
            ],
        ]);
    });

    it("asks a type that may carry its owner for the right one", () => {
        const owner = ownerOf(hubMatrix(), "monitoring-alerts");
        const tags = owner === undefined ? {} : ownerTags(owner);
        const entries = { [type]: { carrier: "map", reason } };
        expect(checked(entries, { tags })).toMatchObject({ code: 0, coverage: { tag: 42 } });
        const { code, coverage, said } = checked(entries, {
            tags: { ...tags, "owner-party": "earthscope" },
        });
        expect([code, coverage["uncovered"]]).toEqual([3, 1]);
        expect(said.at(-1)).toEqual([
            "owner-carried",
            "mandatory",
            `${type} does not show its owner as a known tag: owner-party=earthscope instead of 2i2c`,
        ]);
    });
});
