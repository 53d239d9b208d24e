import {
    endingSupport,
    oldestPostgresql,
} from "../../../../components/model/commcare/ending-support";
import type { ServiceSlug } from "../../../../components/model/commcare/services";
import { findWarnings } from "../../../../policies/report/warnings";
import { commcareSpec } from "../../../support/commcare";

const found = (day: string) =>
    endingSupport(["postgresql", "couchdb", "ssh", "redis"], new Date(`${day}T12:00:00Z`)).map(
        ({ service, ends, over }) => [service, ends, over],
    );

describe("the end of support", () => {
    it("is told 180 days before, and from the day after as over", () => {
        expect(found("2024-01-30")).toEqual([]);
        expect(found("2024-02-02")).toEqual([["redis", "2024-07-29", false]]);
        expect(found("2024-07-29")).toEqual([["redis", "2024-07-29", false]]);
        expect(found("2024-07-30")).toEqual([["redis", "2024-07-29", true]]);
    });

    it("names the longest over first, and nothing whose makers announced no end", () => {
        expect(found("2026-11-26")).toEqual([
            ["redis", "2024-07-29", true],
            ["postgresql", "2026-11-12", true],
            ["ssh", "2027-04-01", false],
        ]);
    });

    it("goes by the cloud's calendar where the cloud runs the service", () => {
        const ends = (inCloud: readonly ["postgresql", "redis"] | []) =>
            endingSupport(["postgresql", "redis"], new Date("2026-11-26"), inCloud).map(
                (each) => each.ends,
            );

        expect(ends([])).toEqual(["2024-07-29", "2026-11-12"]);
        expect(ends(["postgresql", "redis"])).toEqual(["2027-02-28"]);
    });

    it("goes by that of the cloud that it is", () => {
        const found = endingSupport(
            ["postgresql", "redis-broker"],
            new Date("2026-11-26"),
            ["postgresql", "redis-broker"],
            "azure",
        );
        expect(found.map(({ title, version, ends }) => [title, version, ends])).toEqual([
            ["PostgreSQL", "14", "2026-12-11"],
        ]);
    });

    it.each([
        ["azure", "14", "2026-12-11", "14"],
        ["azure", "15", "2027-11-11", "15"],
        ["aws", "15.13", "2028-02-29", "15"],
        ["aws", "9.6", "2027-02-28", "9"], // of no calendar: the catalogue's
    ] as const)("on %s goes by version %s that was chosen there", (cloud, version, ends, major) => {
        const found = endingSupport(
            ["postgresql"],
            new Date(Date.parse(ends) - 86_400_000),
            ["postgresql"],
            cloud,
            { postgresql: version },
        );
        expect(found.map((each) => [each.version, each.ends])).toEqual([[major, ends]]);
    });

    it("goes by the catalogue's version where the service stands on a machine, whatever the cloud has", () => {
        const chosen = oldestPostgresql(["17"]);
        const [found] = endingSupport(["postgresql"], new Date("2026-11-26"), [], "azure", chosen);
        expect([found?.version, found?.ends]).toEqual(["14", "2026-11-12"]);
    });

    it("is that of the oldest database", () => {
        expect(oldestPostgresql(["16", "14.18", "15"])).toEqual({ postgresql: "14.18" });
        expect(oldestPostgresql([])).toEqual({});
    });

    it("is a warning of the review to whoever answers for the layer", () => {
        const { matrix } = commcareSpec();
        const options = {
            reservedContacts: "refused",
            unseen: 0,
            pendingDeletes: 0,
            onMachines: [],
        } as const;
        const warnings = (day: string) =>
            findWarnings(matrix, { ...options, now: new Date(day) }).map(({ message }) => message);

        expect(warnings("2017-01-01")).toEqual([]);
        expect(warnings("2026-11-26")).toEqual(
            expect.arrayContaining([
                "PostgreSQL 14 is not mended any more since 2026-11-12",
                "SSH of Ubuntu is mended until 2027-04-01 only",
            ]),
        );
        const [first] = findWarnings(matrix, { ...options, now: new Date("2026-11-26") });
        expect(first).toEqual({
            message: "Elasticsearch 6.8.23 is not mended any more since 2022-02-10",
            fix: "Managed services provider plans the next version, or what takes its place (https://www.elastic.co/support/eol)",
        });
    });

    it("is a warning of what the stack runs: by the cloud's calendar what stands on no machine", () => {
        const { matrix } = commcareSpec();
        const said = (onMachines: readonly ServiceSlug[]) =>
            findWarnings(matrix, {
                reservedContacts: "refused",
                unseen: 0,
                pendingDeletes: 0,
                onMachines,
                now: new Date("2026-11-26"),
            })
                .map(({ message }) => message)
                .filter((message) => /Redis|PostgreSQL/.test(message));

        expect(said(["control", "couchdb"])).toEqual([
            "PostgreSQL 14 is mended until 2027-02-28 only",
        ]);
        expect(said(["control", "redis", "redis-broker", "postgresql"])).toEqual([
            "Redis, the cache 7.0.10 is not mended any more since 2024-07-29",
            "Redis, the queue of tasks 7.0.10 is not mended any more since 2024-07-29",
            "PostgreSQL 14 is not mended any more since 2026-11-12",
        ]);
    });

    it("says whose layer it is", () => {
        const [first] = endingSupport(["ssh"], new Date("2027-03-01"));

        expect(first).toMatchObject({ layer: "operating-system", version: "of Ubuntu" });
    });
});
