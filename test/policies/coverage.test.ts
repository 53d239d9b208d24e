import { coverageOf, unseenOf } from "../../policies/coverage";
import { Inventory } from "../../policies/inventory";
import { gate } from "../../policies/rules/gate";
import { coverage } from "../../policies/rules/coverage";
import { ownerCarried } from "../../policies/rules/owner-carried";
import type { Resource } from "../../policies/resource";
import { hubInput, hubMatrix } from "../support/matrix";
import {
    beginning,
    clusterUrn,
    findingsOf,
    labelsOf,
    layerOf,
    resourceAt,
    said,
} from "../support/stack";
import { stackUrn, tagsOf } from "../support/stack";

const network = layerOf("network");
const hub = layerOf("hub", "prod");
const tags = tagsOf("network");
const labels = labelsOf("hub", "prod");
const chart = resourceAt(hub.urn, "kubernetes:helm.sh/v4:Chart", {}, { custom: false });
const bucket = resourceAt(network.urn, "aws:s3/bucket:Bucket", { tags });

const whole: readonly Resource[] = [
    ...beginning(),
    resourceAt(clusterUrn, "pulumi:providers:aws", {}, { custom: false }),
    network,
    hub,
    resourceAt(network.urn, "aws:ec2/vpc:Vpc", { tags }),
    bucket,
    resourceAt(bucket.urn, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"),
    resourceAt(network.urn, "aws:ec2/route:Route"),
    resourceAt(network.urn, "command:remote:Command"),
    chart,
    resourceAt(chart.urn, "kubernetes:core/v1:ConfigMap", { metadata: { labels } }),
    resourceAt(hub.urn, "kubernetes:helm.sh/v4:Chart", {}, { custom: false, urn: "unseen" }),
];
const counts = {
    total: 6,
    tag: 2,
    label: 1,
    file: 1,
    layer: 1,
    container: 1,
    uncovered: 0,
    unseen: 1,
};

describe("coverage", () => {
    it("counts every custom resource once, and no component, provider or stack", () => {
        expect(coverageOf(new Inventory(whole))).toEqual(counts);
        expect(unseenOf(new Inventory(whole)).map(({ urn }) => urn)).toEqual([
            expect.stringMatching(/::unseen$/),
        ]);
    });

    it.each([
        ["a tag", "aws:ec2/vpc:Vpc", "tag"],
        ["a label", "kubernetes:core/v1:ConfigMap", "label"],
    ] as const)("counts one more uncovered for each resource without %s", (_what, type, kind) => {
        const stripped = whole.map((each) => (each.type === type ? { ...each, inputs: {} } : each));

        expect(coverageOf(new Inventory(stripped))).toEqual({
            ...counts,
            [kind]: counts[kind] - 1,
            uncovered: 1,
        });
    });

    it("takes neither layer nor container for a type that could carry its owner", () => {
        const subnet = resourceAt(bucket.urn, "aws:ec2/subnet:Subnet");
        const unlisted = resourceAt(
            network.urn,
            "gcp:compute/network:Network",
            {},
            { custom: true },
        );

        expect(coverageOf(new Inventory([...whole, subnet, unlisted])).uncovered).toBe(2);
    });

    it("takes no container that shows no owner itself", () => {
        const stripped = whole.map((each) => (each === bucket ? { ...bucket, inputs: {} } : each));
        const { container, layer, uncovered } = coverageOf(new Inventory(stripped));

        expect({ container, layer, uncovered }).toEqual({ container: 0, layer: 2, uncovered: 1 });
    });

    it("counts what stands in no layer as uncovered", () => {
        const stray = resourceAt(clusterUrn, "aws:ec2/route:Route", {}, { urn: "stray" });

        expect(coverageOf(new Inventory([...whole, stray])).uncovered).toBe(1);
    });
});

describe("the rule coverage", () => {
    it("passes a stack in which everything shows its owner", () => {
        expect(said([coverage], whole)).toEqual([]);
    });

    it("blocks on what shows none", () => {
        const read = resourceAt(network.urn, "aws:ec2/subnet:Subnet", {});

        expect(said([coverage], [...whole, read])).toEqual([
            "coverage mandatory network site-reliability-engineer: aws:ec2/subnet:Subnet shows no owner; " +
                coverage.fix,
        ]);
    });

    it("says nothing twice", () => {
        const read = resourceAt(network.urn, "aws:ec2/subnet:Subnet", {});
        const rules = findingsOf([gate, ownerCarried, coverage], [...whole, read]);

        expect(rules.map(({ rule, urn }) => [rule, urn])).toEqual([["owner-carried", read.urn]]);
    });

    it("finds the gaps that the gate did not see", () => {
        const matrix = hubMatrix({ layers: { ...hubInput().layers, workshops: { party: null } } });

        expect(said([coverage], beginning(matrix))).toEqual([
            expect.stringContaining("coverage mandatory workshops@prod community-guide: "),
        ]);
        expect(findingsOf([gate, coverage], beginning(matrix)).map(({ rule }) => rule)).toEqual([
            "gate",
        ]);
    });

    it("refuses a stack that holds resources and no cluster", () => {
        const [stack] = beginning();
        if (stack === undefined) throw new Error("no beginning");
        const route = resourceAt(stackUrn, "aws:ec2/route:Route");

        expect(said([coverage], [stack, route])[0]).toBe(
            "coverage mandatory - -: this stack holds resources and no cluster, so nobody answers for them; " +
                "register the cluster with its matrix before anything else",
        );
        expect(said([coverage], [stack])).toEqual([]);
    });
});
