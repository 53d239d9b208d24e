import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gateRule } from "../../components/model/exemption";
import { ruleTable } from "../../policies/rule-table";
import { rules } from "../../policies/rules";
import { projectRoot } from "../../rehearsal/project-root";

describe("the rules", () => {
    it("are these", () => {
        expect(rules.map(({ id, name, level }) => `${id} ${name} ${level}`)).toEqual([
            "OWN1 gate mandatory",
            "EXC1 exemptions mandatory",
            "EXC2 carriers mandatory",
            "OWN2 inside-one-layer mandatory",
            "OWN3 layer-as-assigned mandatory",
            "OWN4 owner-carried mandatory",
            "OWN5 spawn-points mandatory",
            "OWN7 hub-machines mandatory",
            "OWN11 layers-below mandatory",
            "OWN8 user-servers mandatory",
            "OWN9 pod-interfaces mandatory",
            "OWN10 scaling-groups mandatory",
            "TAG1 tag-grammar mandatory",
            "DAT1 data-encrypted mandatory",
            "DAT2 data-protected mandatory",
            "DAT3 data-backed-up mandatory",
            "DAT4 data-private mandatory",
            "OWN6 coverage mandatory",
        ]);
        expect(rules.map(({ name }) => name)).toContain(gateRule);
    });

    it("stand in docs/rules.md; `node scripts/write-rules.mjs` writes it", () => {
        const written = readFileSync(join(projectRoot(), "docs", "rules.md"), "utf8");

        expect(written).toBe(ruleTable(rules));
    });
});
