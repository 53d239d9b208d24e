import { parse } from "yaml";
import { findGaps } from "../../../components/model/gaps";
import { rowName } from "../../../components/model/matrix";
import { parseSpec } from "../../../components/model/spec";
import { stackConfig } from "../../support/stack-file";
import type { Config, Section } from "../../support/vacancies";
import { vacancies, vacate } from "../../support/vacancies";

const hubs = ["prod", "staging", "binder"];

function gapsOf(config: Config) {
    const { spec, problems } = parseSpec(config);
    if (spec === undefined) throw new Error(JSON.stringify(problems));
    const now = new Date("2026-11-22T12:00:00Z");
    return findGaps(spec.matrix, { now, reservedContacts: "allowed" });
}

describe("a layer of three hubs that is vacated", () => {
    it.each(vacancies(hubs).map((each) => [each.name, each] as const))(
        "is answered for again by the line that the gap of %s says",
        (_, vacancy) => {
            const config = vacate(stackConfig("jupyterhub-aws"), vacancy);
            const gaps = gapsOf(config);

            expect(gaps.map(rowName)).toEqual(vacancy.places);
            const fixes = new Set(gaps.map(({ fix }) => fix));
            expect(fixes.size).toBe(1);
            const [, line = ""] = /`(.+)`/.exec([...fixes].join()) ?? [];
            const said = parse(line.replace("<party>", "2i2c")) as Record<string, Section>;
            const { layers: ofHub, "steward:layers": ofCluster } = said;
            if (ofHub !== undefined) Object.assign(vacancy.sectionOf(config), ofHub);
            Object.assign(config["layers"] as Section, ofCluster);
            expect(gapsOf(config)).toEqual([]);
        },
    );
});
