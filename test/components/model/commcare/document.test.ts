import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commcareDocument } from "../../../../components/model/commcare/document";
import type { Original } from "../../../../components/model/commcare/transcription";
import { differences } from "../../../../components/model/commcare/transcription";
import { projectRoot } from "../../../../rehearsal/project-root";
import { commcareSpec } from "../../../support/commcare";

const read = (...path: string[]) => readFileSync(join(projectRoot(), ...path), "utf8");
const original = JSON.parse(read("test", "fixtures", "commcare-eu.json")) as Original;
const { plan } = commcareSpec({}, "commcare-aws-eu").workload;

it("stands in docs/commcare.md; `node scripts/write-commcare.mjs` writes it", () => {
    expect(read("docs", "commcare.md")).toBe(commcareDocument(plan, original));
});

it("differs from the original in nothing but the disks that it kept in plain", () => {
    expect(differences(plan, original).map(([machine, was, now]) => [machine, was, now])).toEqual(
        ["couch_a1", "couch_b1", "couch_a2"].map((name) => [
            name,
            "root disk: in plain",
            "encrypted",
        ]),
    );
    const without = { ...plan, machines: plan.machines.slice(1) };
    expect(differences(without, original)[0]).toEqual([
        "control_a1",
        "a machine",
        "none",
        "not transcribed",
    ]);
});
