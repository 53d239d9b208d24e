import { foundBy } from "../../components/model/carriers/found-by";
import { carrierOf } from "../../components/model/carriers";
import { rules } from "../../policies/rules";
import type { Resource } from "../../policies/resource";
import { neverSpawned, spawnedBy } from "../../policies/spawned";
import { spawnedTable } from "../../policies/spawned-table";
import { beginning, layerOf, resourceAt } from "../support/stack";

const pools = layerOf("node-pools");
const database = layerOf("hub-database", "prod");
const hub = layerOf("hub", "prod");
const control = layerOf("control-plane");
const made = (above: Resource, type: string, inputs: Record<string, unknown>, urn = type) =>
    resourceAt(above.urn, type, inputs, { urn });
const of = (...resources: Resource[]) =>
    spawnedBy([...beginning(), pools, database, hub, control, ...resources]);

describe("what resources make", () => {
    it("is told by kind, with where its owner comes from and the rules that check it", () => {
        const template = "aws:ec2/launchTemplate:LaunchTemplate";
        const storage = "kubernetes:storage.k8s.io/v1:StorageClass";
        expect(
            of(
                made(pools, template, {}, "core"),
                made(pools, template, {}, "user"),
                made(database, storage, { provisioner: "ebs.csi.aws.com" }),
                made(hub, "kubernetes:core/v1:Secret", {
                    metadata: { labels: { component: "hub" } },
                }),
                made(control, "aws:eks/addon:Addon", { addonName: "vpc-cni" }),
            ).map(({ hands, by, count, layers, from, rules: ids }) => [
                `${String(count)} ${by.slice(by.lastIndexOf(":") + 1)}`,
                hands,
                layers.join(),
                from,
                ids.join(),
            ]),
        ).toEqual([
            [
                "2 LaunchTemplate",
                "instances, volumes and network interfaces",
                "node-pools",
                "tagSpecifications.tags",
                "OWN5,OWN7",
            ],
            [
                "1 Addon",
                "network interfaces of pods",
                "node-pools",
                "configurationValues: env.ADDITIONAL_ENI_TAGS",
                "OWN9",
            ],
            [
                "1 Secret",
                "users' servers, and claims where each user has one",
                "user-sessions@prod",
                "values.yaml: singleuser.extraLabels",
                "OWN8",
            ],
            [
                "1 StorageClass",
                "volume objects (PersistentVolume)",
                "hub-database@prod",
                "their claim (`claimRef`), whose labels say it; the disk behind has tags",
                "",
            ],
            [
                "1 StorageClass",
                "volumes",
                "hub-database@prod",
                "parameters.tagSpecification_*",
                "OWN5",
            ],
        ]);
    });

    it("is left out where a resource makes none: a gateway endpoint, a Service inside the cluster", () => {
        const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";
        const hands = (...args: Parameters<typeof made>) =>
            of(made(...args)).map((each) => each.hands);
        expect(hands(control, endpoint, { vpcEndpointType: "Gateway" })).toEqual([]);
        expect(hands(control, endpoint, { vpcEndpointType: "Interface" })).toEqual([
            "network interfaces",
        ]);
        const service = "kubernetes:core/v1:Service";
        expect(hands(hub, service, { spec: { type: "ClusterIP" } })).toEqual(["endpoint slices"]);
        expect(hands(hub, service, { spec: { type: "LoadBalancer" } })).toEqual([
            "a load balancer",
            "endpoint slices",
        ]);
    });

    it("is told of what the book knows and no resource does, with what the other cloud makes left out", () => {
        const disks = made(database, "kubernetes:storage.k8s.io/v1:StorageClass", {
            provisioner: "ebs.csi.aws.com",
        });
        const spawned = of(disks);
        const known = neverSpawned(spawned, "aws").map(({ by, hands }) => `${by} ${hands}`);
        expect(known).toContain("aws:dlm/lifecyclePolicy:LifecyclePolicy snapshots");
        expect(known).toContain("kubernetes:storage.k8s.io/v1:StorageClass access points");
        expect(known).not.toContain("kubernetes:storage.k8s.io/v1:StorageClass volumes");
        expect(known).not.toContain("kubernetes:storage.k8s.io/v1:StorageClass disks");
        expect(known.filter((each) => each.startsWith("azure"))).toEqual([]);
    });

    it("names rules that there are, and types that are known", () => {
        const ids = rules.map(({ id }) => id);
        const groups = of(made(pools, "aws:eks/nodeGroup:NodeGroup", {}));
        expect(groups.flatMap((each) => each.rules)).toEqual(["OWN10", "OWN5", "OWN7"]);
        expect(groups.flatMap((each) => each.rules).filter((id) => !ids.includes(id))).toEqual([]);
        expect(Object.keys(foundBy).map(carrierOf)).not.toContain(undefined);
    });

    it("is a table that says which rows no rule checks", () => {
        const nat = of(made(control, "aws:ec2/natGateway:NatGateway", {}));
        expect(spawnedTable("lab", "aws", nat)).toMatch(
            /\n\| network interfaces +\| 1 × EC2 NAT gateway \| control-plane \| found by their description, `Interface for NAT Gateway \{id\}` \| – +\|\n/,
        );
    });
});
