import type { Built } from "./geolab";
import { addHub, build, geolab } from "./geolab";

type Section = Record<string, unknown>;

const templateType = "aws:ec2/launchTemplate:LaunchTemplate";
const groupType = "aws:eks/nodeGroup:NodeGroup";
const tagType = "aws:autoscaling/tag:Tag";
const chartType = "kubernetes:helm.sh/v4:Chart";
const template = "k8s.io/cluster-autoscaler/node-template";

let built: Built;
beforeAll(async () => {
    built = await build(geolab());
});

const inputsOf = (type: string, name: string) => built.find(type, name).inputs as Section;

/** What the scaling group of a node group says of its nodes, by the end of the key. */
function saidOf(from: Built, group: string): Record<string, string> {
    const tags = from
        .ofType(tagType)
        .filter(({ inputs }) => inputs["autoscalingGroupName"] === `asg-${group}`)
        .map(({ inputs }) => inputs["tag"] as { key: string; value: string })
        .filter(({ key }) => key.startsWith(template))
        .map(({ key, value }): [string, string] => [key.slice(template.length + 1), value]);
    return Object.fromEntries(tags);
}

describe("the GPU machines of a hub", () => {
    it("keep others off, and are found by the users of that hub only", () => {
        expect(inputsOf(groupType, "node-pools-prod-gpu-g4dn-xlarge")).toMatchObject({
            capacityType: "ON_DEMAND",
            nodeGroupNamePrefix: "prod-gpu-g4dn-xlarge-",
            labels: {
                "hub.jupyter.org/node-purpose": "user",
                "k8s.dask.org/node-purpose": "scheduler",
                "k8s.amazonaws.com/accelerator": "nvidia-tesla-t4",
                "steward/hub": "prod",
            },
            taints: [
                { key: "hub.jupyter.org/dedicated", value: "user", effect: "NO_SCHEDULE" },
                { key: "hub.jupyter.org_dedicated", value: "user", effect: "NO_SCHEDULE" },
                { key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" },
            ],
            tags: { hub: "prod", "node-purpose": "gpu" },
        });
    });

    it("start with NVIDIA's driver", () => {
        expect(inputsOf(templateType, "node-pools-prod-gpu-g4dn-xlarge")["imageId"]).toBe(
            "ami of /aws/service/eks/optimized-ami/1.34/amazon-linux-2023/x86_64/nvidia/recommended/image_id",
        );
    });

    it("let the autoscaler know what an empty group would bring", () => {
        expect(saidOf(built, "node-pools-prod-gpu-g4dn-xlarge")).toEqual({
            "label/hub.jupyter.org/node-purpose": "user",
            "label/k8s.dask.org/node-purpose": "scheduler",
            "label/k8s.amazonaws.com/accelerator": "nvidia-tesla-t4",
            "label/steward/hub": "prod",
            "resources/ephemeral-storage": "80Gi",
            "resources/nvidia.com/gpu": "1",
            "taint/hub.jupyter.org/dedicated": "user:NoSchedule",
            "taint/hub.jupyter.org_dedicated": "user:NoSchedule",
            "taint/nvidia.com/gpu": "present:NoSchedule",
        });
    });

    it("have a plugin that reports their GPUs, and no other machine has", () => {
        const { spec } = inputsOf("kubernetes:apps/v1:DaemonSet", "node-pools-gpu-plugin");
        const pod = (spec as { template: { metadata: Section; spec: Section } }).template;
        expect(pod.metadata["labels"]).toMatchObject({ "owner-layer": "node-pools" });
        expect(JSON.stringify(pod.spec["affinity"])).toContain(
            '{"key":"k8s.amazonaws.com/accelerator","operator":"Exists"}',
        );
        expect(pod.spec["containers"]).toMatchObject([
            {
                image: "nvcr.io/nvidia/k8s-device-plugin:v0.20.0",
                securityContext: {
                    allowPrivilegeEscalation: false,
                    capabilities: { drop: ["ALL"] },
                },
            },
        ]);
    });
});

describe("the Dask machines of a hub", () => {
    it("are spot, of several types in one group, for workers only", () => {
        expect(inputsOf(groupType, "node-pools-prod-dask")).toMatchObject({
            capacityType: "SPOT",
            labels: { "k8s.dask.org/node-purpose": "worker", "steward/hub": "prod" },
            taints: [
                { key: "k8s.dask.org/dedicated", value: "worker", effect: "NO_SCHEDULE" },
                { key: "k8s.dask.org_dedicated", value: "worker", effect: "NO_SCHEDULE" },
            ],
        });
    });

    it("are booked to their hub: machine, disk and network card alike", () => {
        const { tagSpecifications } = inputsOf(templateType, "node-pools-prod-dask");
        expect(tagSpecifications).toMatchObject(
            ["instance", "volume", "network-interface"].map((resourceType) => ({
                resourceType,
                tags: { hub: "prod", "node-purpose": "dask", "owner-layer": "node-pools" },
            })),
        );
    });
});

describe("the machines of a hub's builds", () => {
    let building: Built;
    beforeAll(async () => {
        building = await build(
            geolab((config) => {
                addHub(config, "binder", {
                    machines: ["user", "build"],
                    profiles: [],
                    homes: { storage: "none" },
                    daskGateway: undefined,
                    builds: {},
                });
            }),
        );
    });

    it("run nothing but builds of that hub, and none while nobody builds", () => {
        expect(building.find(groupType, "node-pools-binder-build").inputs).toMatchObject({
            capacityType: "ON_DEMAND",
            instanceTypes: ["m5.xlarge"],
            scalingConfig: { minSize: 0, maxSize: 5, desiredSize: 0 },
            labels: { "steward/hub": "binder", "steward/dedicated": "build" },
            taints: [{ key: "steward/dedicated", value: "build", effect: "NO_SCHEDULE" }],
            tags: { hub: "binder", "node-purpose": "build" },
        });
        expect(building.find(groupType, "node-pools-binder-build").inputs["labels"]).not.toEqual(
            expect.objectContaining({
                "hub.jupyter.org/node-purpose": expect.anything() as unknown,
            }),
        );
    });

    it("are known to the autoscaler before there is one", () => {
        expect(saidOf(building, "node-pools-binder-build")).toMatchObject({
            "label/steward/hub": "binder",
            "label/steward/dedicated": "build",
            "taint/steward/dedicated": "build:NoSchedule",
        });
    });
});

describe("the autoscaler", () => {
    it("is the one for the cluster's Kubernetes, on the machines that always run", () => {
        const { values, ...chart } = inputsOf(chartType, "node-pools-autoscaler");
        expect(chart).toEqual({
            name: "cluster-autoscaler",
            chart: "cluster-autoscaler",
            version: "9.59.0",
            repositoryOpts: { repo: "https://kubernetes.github.io/autoscaler" },
            namespace: "kube-system",
        });
        expect(values).toMatchObject({
            awsRegion: "us-east-2",
            autoDiscovery: { clusterName: "geolab" },
            image: { tag: "v1.34.4" },
            nodeSelector: { "hub.jupyter.org/node-purpose": "core" },
            securityContext: { runAsNonRoot: true },
        });
    });

    it("changes no scaling group but those of its cluster", () => {
        const { policy } = inputsOf("aws:iam/rolePolicy:RolePolicy", "node-pools-autoscaler");
        const { Statement: statements } = JSON.parse(String(policy)) as { Statement: Section[] };
        const open = statements.filter((each) => each["Resource"] === "*");
        const changing = statements.filter((each) => each["Condition"] !== undefined);
        const actionsOf = (these: Section[]) => these.flatMap((each) => each["Action"] as string[]);
        expect(actionsOf(open).filter((action) => !/:Describe/.test(action))).toEqual([]);
        expect(actionsOf(changing)).toEqual([
            "autoscaling:SetDesiredCapacity",
            "autoscaling:TerminateInstanceInAutoScalingGroup",
        ]);
        expect(changing[0]?.["Condition"]).toEqual({
            StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/geolab": "owned" },
        });
        expect(actionsOf(statements).filter((action) => !actionsOf(open).includes(action))).toEqual(
            ["eks:DescribeNodegroup", ...actionsOf(changing)],
        );
    });

    it("acts as itself: its role is its service account's only", () => {
        expect(
            inputsOf(
                "aws:eks/podIdentityAssociation:PodIdentityAssociation",
                "node-pools-autoscaler-identity",
            ),
        ).toMatchObject({ namespace: "kube-system", serviceAccount: "cluster-autoscaler" });
    });
});

describe("a second hub", () => {
    it("has machines of its own, and changes none of the first", async () => {
        const two = await build(
            geolab((config) => {
                addHub(config, "staging", { machines: ["user", "dask"], profiles: [] });
            }),
        );
        const ofPools = (from: Built) =>
            from.resources.filter(({ name }) => name.startsWith("node-pools"));
        const after = new Map(
            ofPools(two).map(({ type, name, inputs }) => [`${type} ${name}`, inputs]),
        );
        for (const { type, name, inputs } of ofPools(built)) {
            expect([name, after.get(`${type} ${name}`)]).toEqual([name, inputs]);
            after.delete(`${type} ${name}`);
        }
        expect([...after.keys()].filter((key) => !key.includes(" node-pools-staging-"))).toEqual(
            [],
        );
        expect(
            two
                .ofType(groupType)
                .map(({ name }) => name)
                .filter((name) => /staging/.test(name))
                .sort(),
        ).toEqual([
            "node-pools-staging-dask",
            "node-pools-staging-user-r5-16xlarge-us-east-2a",
            "node-pools-staging-user-r5-4xlarge-us-east-2a",
            "node-pools-staging-user-r5-xlarge-us-east-2a",
        ]);
    });

    it("tells its pods where to go by its own name", async () => {
        const two = await build(
            geolab((config) => {
                addHub(config, "staging");
            }),
        );
        expect(
            Object.entries(two.foundation.hubs).map(([hub, below]) => [hub, below.nodeSelector]),
        ).toEqual([
            ["staging", { "steward/hub": "staging" }],
            ["prod", { "steward/hub": "prod" }],
        ]);
    });

    it("needs no plugin where no hub has a GPU", async () => {
        const without = await build(
            geolab((config) => {
                const [hub] = (config["jupyterhub"] as { hubs: Section[] }).hubs;
                if (hub === undefined) return;
                Object.assign(hub, { machines: ["user"], profiles: [] });
                delete hub["daskGateway"];
            }),
        );
        expect(without.ofType("kubernetes:apps/v1:DaemonSet")).toEqual([]);
        expect(without.ofType(groupType)).toHaveLength(4);
    });

    it("may have the longest name there is: EKS takes what the provider completes", async () => {
        const long = "a".repeat(40);
        const two = await build(
            geolab((config) => {
                addHub(config, long);
            }),
        );
        const prefixes = two
            .ofType(groupType)
            .map(({ inputs }) => String(inputs["nodeGroupNamePrefix"]));
        expect(prefixes.filter((prefix) => prefix.length + 26 > 63)).toEqual([]);
    });
});
