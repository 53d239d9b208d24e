import { coverageOf, coverOf, unseenOf } from "../../policies/coverage";
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

describe("coverage on Azure", () => {
    const other = layerOf("account");
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"; // a string, as the engine says it
    const called = (resourceGroupName: string, more: Resource["inputs"] = tags) =>
        resourceAt(network.urn, "azure-native:resources:ResourceGroup", {
            resourceGroupName,
            tags: more,
        });
    const id = "/subscriptions/s-1/resourceGroups/lab-Network";
    const inLab = { resourceGroupName: "LAB-network" };
    const virtualNetwork = `${id}/providers/Microsoft.Network/virtualNetworks/lab`;
    const coverOfType = (
        type: string,
        inputs: Resource["inputs"],
        group: Resource = called("Lab-network"),
        layer = network,
    ) => {
        const resource = resourceAt(layer.urn, `azure-native:${type}`, inputs);
        const all = [...beginning(), network, hub, other, group, resource];
        return coverOf(resource, new Inventory(all));
    };

    it.each([
        ["network:Subnet", inLab],
        ["dataprotection:BackupPolicy", inLab],
        ["authorization:RoleAssignment", { scope: virtualNetwork }],
        ["authorization:RoleAssignment", { scope: id }],
        ["monitor:DiagnosticSetting", { resourceUri: virtualNetwork }],
    ])("takes the owner of %s with %j from its group", (type, inputs) => {
        expect(coverOfType(type, inputs)).toBe("container");
    });

    it("takes the owner of a group for another layer of the same role and party, and of no other", () => {
        expect(coverOfType("network:Subnet", inLab, called("Lab-network"), hub)).toBe("container");
        expect(coverOfType("network:Subnet", inLab, called("Lab-network"), other)).toBe("layer");
    });

    it.each([
        ["is not of this stack", called("lab")],
        ["shows no owner", called("Lab-network", {})],
        ["shows another's", called("Lab-network", tagsOf("account"))],
    ])("takes nothing from a group that %s", (_what, group) => {
        expect(coverOfType("network:Subnet", inLab, group)).toBe("layer");
    });

    it("takes nothing from a subscription, and nothing that nobody knows yet", () => {
        expect(coverOfType("consumption:Budget", { scope: "/subscriptions/s-1" })).toBe("layer");
        expect(coverOfType("network:Subnet", { resourceGroupName: unknown })).toBe("layer");
    });

    it("excuses no type that can carry an owner itself", () => {
        expect(coverOfType("network:VirtualNetwork", inLab)).toBe("uncovered");
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
