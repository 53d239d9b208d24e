import * as fc from "fast-check";
import { tagGrammar } from "../../../policies/rules/tag-grammar";
import { saidOf } from "../../support/stack";

const vpc = "aws:ec2/vpc:Vpc";
const network = "azure-native:network:VirtualNetwork";
const account = "azure-native:storage/v20230101:StorageAccount";
const map = "kubernetes:core/v1:ConfigMap";
const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`key-${i}`, "value"]));
const judge = (type: string, tags: unknown) =>
    saidOf(tagGrammar, ["network"], type, type === map ? { metadata: { labels: tags } } : { tags });

describe("tag-grammar", () => {
    it.each([
        [
            vpc,
            {
                "kubernetes.io/cluster/a": "owned",
                Name: "a b@c+d=e:f_g.h",
                größe: "",
                x: "v".repeat(256),
            },
        ],
        [vpc, { ["k".repeat(128)]: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }],
        [vpc, many(50)],
        ["aws:autoscaling/group:Group", [{ key: "a", value: "b", propagateAtLaunch: true }]],
        [network, { ["k".repeat(512)]: "v".repeat(256), "a:b": "1 < 2" }],
        [network, many(50)],
        [account, { ["k".repeat(128)]: "" }],
        [map, { "app.kubernetes.io/name": "hub", a: "", "A_b.c-9": "z".repeat(63) }],
        [map, { [`${"p".repeat(253)}/${"n".repeat(63)}`]: "a" }],
        [map, many(200)],
    ])("passes what %s takes", (type, tags) => {
        expect(judge(type, tags)).toEqual([]);
    });

    it.each([
        [vpc, { "aws:a": "b" }],
        [vpc, { "AWS:a": "b" }],
        [vpc, { a: "aws:b" }],
        [vpc, { "": "b" }],
        [vpc, { ["k".repeat(129)]: "b" }],
        [vpc, { a: "v".repeat(257) }],
        [vpc, { a: "b*c" }],
        [vpc, { "a#": "b" }],
        [vpc, { a: null }],
        [vpc, many(51)],
        ["aws:autoscaling/group:Group", [{ key: "a", value: "b*", propagateAtLaunch: true }]],
        [network, { "a/b": "c" }],
        [network, { "azure-a": "c" }],
        [network, { ["k".repeat(513)]: "c" }],
        [network, { a: "v".repeat(257) }],
        [network, many(51)],
        [account, { ["k".repeat(129)]: "c" }],
        [map, { a: "support@example.org" }],
        [map, { a: "-b" }],
        [map, { a: "v".repeat(64) }],
        [map, { "a b": "c" }],
        [map, { "A/b": "c" }],
        [map, { "a/b/c": "d" }],
        [map, { [`${"p".repeat(254)}/n`]: "a" }],
    ])("refuses what %s does not take: %#", (type, tags) => {
        expect(judge(type, tags)).toHaveLength(1);
    });

    it("says what is not taken and what would be", () => {
        expect(judge(map, { contact: "a@b.org" })).toEqual([
            'kubernetes:core/v1:ConfigMap does not take "contact" (up to 63 of letters, digits and -_. ' +
                "that begin and end with a letter or digit)",
        ]);
        expect(judge(vpc, many(51))[0]).toContain("aws:ec2/vpc:Vpc takes 50 tags and got 51 (");
    });

    it("judges what a spawn point hands on too", () => {
        const inputs = {
            tags: {},
            tagSpecifications: [{ resourceType: "volume", tags: { "aws:a": "b" } }],
        };
        const type = "aws:ec2/launchTemplate:LaunchTemplate";

        expect(saidOf(tagGrammar, ["network"], type, inputs)).toHaveLength(1);
        expect(
            saidOf(tagGrammar, ["network"], "kubernetes:apps/v1:Deployment", {
                metadata: { labels: {} },
                spec: { template: { metadata: { labels: { a: "b@c" } } } },
            }),
        ).toHaveLength(1);
    });

    it("lets slugs pass on every cloud", () => {
        const slug = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
        fc.assert(
            fc.property(slug, (value) => {
                const tags = { "owner-role": value };
                expect([vpc, network, account, map].flatMap((type) => judge(type, tags))).toEqual(
                    [],
                );
            }),
            { numRuns: 50 },
        );
    });
});
