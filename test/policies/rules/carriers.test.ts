import type { CarrierEntries } from "../../../components/model/carriers/entries";
import { coverageOf } from "../../../policies/coverage";
import { Inventory } from "../../../policies/inventory";
import type { Resource } from "../../../policies/resource";
import { carriers } from "../../../policies/rules/carriers";
import { coverage } from "../../../policies/rules/coverage";
import { ownerCarried } from "../../../policies/rules/owner-carried";
import { tagGrammar } from "../../../policies/rules/tag-grammar";
import { hubMatrix } from "../../support/matrix";
import {
    beginning,
    findingsOf,
    labelsOf,
    layerOf,
    resourceAt,
    said,
    tagsOf,
} from "../../support/stack";

const above = layerOf("monitoring-alerts");
const monitor = "datadog:index/monitor:Monitor";
const reason = "Its service has nothing that takes a tag";
const tags = tagsOf("monitoring-alerts");
const pairs = Object.entries(tags).map(([key, value]) => ({ key, value }));
const labels = labelsOf("monitoring-alerts");

const stackWith = (
    entries: CarrierEntries,
    inputs: Record<string, unknown>,
    type = monitor,
): Resource[] => [
    ...beginning(hubMatrix({ carriers: entries })),
    above,
    resourceAt(above.urn, type, inputs, { custom: true }),
];

const blocking = (resources: readonly Resource[]) =>
    findingsOf([carriers, ownerCarried, coverage], resources)
        .filter(({ level }) => level === "mandatory")
        .map(({ rule, layer, message }) => [rule, layer, message]);

describe("a type of a package that Steward does not know", () => {
    it("is uncovered and blocks without an entry, and the line that would let it in is named", () => {
        const resources = stackWith({}, { tags });

        expect(coverageOf(new Inventory(resources))).toMatchObject({ total: 1, uncovered: 1 });
        expect(said([carriers, ownerCarried, coverage], resources)).toEqual([
            "owner-carried mandatory monitoring-alerts site-reliability-engineer: nothing says how " +
                `${monitor} carries its owner, so it is taken to carry none; ` +
                `write \`steward:carriers: { "${monitor}": { carrier: <map | key-value-list | ` +
                "propagating-list | labels | host-file | none>, reason: <why> } }`",
        ]);
    });

    it.each([
        ["map", { tags }, "tag"],
        ["key-value-list", { tags: pairs }, "tag"],
        ["propagating-list", { tags: pairs }, "tag"],
        ["labels", { metadata: { labels } }, "label"],
        ["host-file", {}, "file"],
        ["none", {}, "layer"],
    ] as const)("passes as %s and counts as that", (carrier, inputs, kind) => {
        for (const key of [monitor, "datadog:index/monitor", "datadog"]) {
            const resources = stackWith({ [key]: { carrier, reason } }, inputs);

            expect(blocking(resources)).toEqual([]);
            expect(coverageOf(new Inventory(resources))).toMatchObject({ total: 1, [kind]: 1 });
        }
    });

    it.each([
        ["map", {}],
        ["map", { tags: { ...tags, "owner-party": "community" } }],
        ["map", { tags: pairs }],
        ["key-value-list", { tags: pairs.slice(1) }],
        ["labels", { metadata: {} }],
    ])("is uncovered and blocks as %s with %j", (carrier, inputs) => {
        const resources = stackWith({ [monitor]: { carrier, reason } }, inputs);

        expect(coverageOf(new Inventory(resources))).toMatchObject({ total: 1, uncovered: 1 });
        expect(blocking(resources)).toEqual([
            [
                "owner-carried",
                "monitoring-alerts",
                expect.stringContaining(`${monitor} does not show its owner as a known `),
            ],
        ]);
    });

    it("has its labels judged by the grammar of Kubernetes where it is an object there", () => {
        const list = "kubernetes:access.example.org/v1:AllowList";
        const entries = { [list]: { carrier: "labels", reason } };
        const inputs = { metadata: { labels: { ...labels, "not/a/label": "x" } } };

        expect(findingsOf([tagGrammar], stackWith(entries, inputs, list))).toHaveLength(1);
    });
});

describe("the rule carriers", () => {
    it("reads every entry aloud, with its reason", () => {
        expect(
            said(
                [carriers],
                beginning(hubMatrix({ carriers: { datadog: { carrier: "none", reason } } })),
            ),
        ).toEqual([
            `carriers advisory - -: steward:carriers.datadog: carried as none, by the stack file: ${reason}; ` +
                "keep it while that is so",
        ]);
    });

    it("refuses a cluster with an entry for what Steward knows, and heeds no such entry", () => {
        const bucket = "aws:s3/bucket:Bucket";
        const resources = stackWith({ [bucket]: { carrier: "none", reason } }, {}, bucket);

        expect(blocking(resources)).toEqual([
            [
                "carriers",
                null,
                `steward:carriers.${bucket}: Steward knows how it carries its owner (map)`,
            ],
            ["owner-carried", "monitoring-alerts", expect.stringContaining("no owner-role=")],
        ]);
        expect(coverageOf(new Inventory(resources))).toMatchObject({ total: 1, uncovered: 1 });
    });

    it("takes an entry that is not known before the update for none", () => {
        const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
        const resources = stackWith({ [monitor]: { carrier: unknown, reason } }, {});

        expect(blocking(resources).map(([rule]) => rule)).toEqual(["carriers", "owner-carried"]);
    });
});
