import type { Built } from "./geolab";
import { build, geolab } from "./geolab";

type Section = Record<string, unknown>;
const section = (of: Section, key: string): Section => of[key] as Section;

const templateType = "aws:ec2/launchTemplate:LaunchTemplate";
const groupType = "aws:eks/nodeGroup:NodeGroup";
const newest =
    "ami of /aws/service/eks/optimized-ami/1.34/amazon-linux-2023/x86_64/standard/recommended/image_id";

const owner = {
    "owner-role": "site-reliability-engineer",
    "owner-party": "2i2c",
    "owner-layer": "node-pools",
    cluster: "geolab",
    environment: "production",
    "managed-by": "steward",
};
const tags = {
    ...owner,
    "owner-contact": "support@example.org",
    "earthscope:application:name": "geolab",
    "earthscope:application:owner": "research-onramp-to-the-cloud",
};
const userLabels = {
    "hub.jupyter.org/node-purpose": "user",
    "k8s.dask.org/node-purpose": "scheduler",
    "steward/hub": "prod",
};
const taints = ["hub.jupyter.org/dedicated", "hub.jupyter.org_dedicated"];

let built: Built;
beforeAll(async () => {
    built = await build(geolab());
});

/** The NodeConfig inside the user data of a launch template. */
function nodeConfigOf(from: Built, name: string): Section {
    const { userData } = from.find(templateType, name).inputs;
    const text = Buffer.from(userData as string, "base64").toString();
    const [head, body = "", ...rest] = text.split("--//\n");
    expect(head).toBe('MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="//"\n\n');
    expect(rest).toEqual([]);
    const [, json = "", end] =
        /^Content-Type: application\/node\.eks\.aws\n\n(.*)\n\n(--\/\/--)\n$/s.exec(body) ?? [];
    expect(end).toBe("--//--");
    return JSON.parse(json) as Section;
}

describe("the node pools on AWS", () => {
    it("start from a template that hands the owner on to machine, disk and interface", () => {
        const { userData, ...inputs } = built.find(
            templateType,
            "node-pools-prod-user-r5-xlarge",
        ).inputs;
        const named = {
            ...tags,
            hub: "prod",
            "node-purpose": "user",
            Name: "geolab-prod-user-r5-xlarge",
        };
        expect(Buffer.from(userData as string, "base64").toString()).toContain(
            '"kind":"NodeConfig"',
        );
        expect(inputs).toEqual({
            description: "Nodes of geolab for user of prod",
            imageId: newest,
            metadataOptions: {
                httpEndpoint: "enabled",
                httpTokens: "required",
                httpPutResponseHopLimit: 1,
            },
            blockDeviceMappings: [
                {
                    deviceName: "/dev/xvda",
                    ebs: {
                        volumeType: "gp3",
                        volumeSize: 160,
                        iops: 10000,
                        throughput: 590,
                        encrypted: "true",
                        kmsKeyId: "arn:of:node-pools-key",
                        deleteOnTermination: "true",
                    },
                },
            ],
            tagSpecifications: [
                { resourceType: "instance", tags: named },
                { resourceType: "volume", tags: named },
                { resourceType: "network-interface", tags: named },
            ],
            updateDefaultVersion: true,
            tags: named,
        });
    });

    it("tell a user's node where its cluster is, and keep others off it from the first moment", () => {
        const labels = { ...userLabels, ...owner };
        const flags = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
        expect(nodeConfigOf(built, "node-pools-prod-user-r5-xlarge")).toEqual({
            apiVersion: "node.eks.aws/v1alpha1",
            kind: "NodeConfig",
            spec: {
                cluster: {
                    name: "geolab",
                    apiServerEndpoint: "https://api.eks.test",
                    certificateAuthority: "Q0E=",
                    cidr: "172.20.0.0/16",
                },
                kubelet: {
                    config: {
                        registerWithTaints: taints.map((key) => ({
                            key,
                            value: "user",
                            effect: "NoSchedule",
                        })),
                        singleProcessOOMKill: true,
                    },
                    flags: [`--node-labels=${flags.join(",")}`],
                },
            },
        });
    });

    it("set nothing that an older kubelet does not know", async () => {
        const older = await build(
            geolab((config) => {
                section(section(config, "aws"), "kubernetes")["version"] = "1.31";
            }),
        );
        const { kubelet } = nodeConfigOf(older, "node-pools-core")["spec"] as { kubelet: Section };
        expect(kubelet["config"]).toEqual({});
    });

    it("look the image up once for a kind of machine, by the provider of the cluster", () => {
        const asked = built.calls.map(({ inputs }) => (inputs as Section)["name"]);
        expect(asked.filter((name) => String(name).startsWith("/aws/"))).toEqual([
            newest.slice("ami of ".length),
            newest.slice("ami of ".length).replace("/standard/", "/nvidia/"),
        ]);
    });

    it("take the release that the stack file names", async () => {
        const pinned = await build(
            geolab((config) => {
                section(section(config, "aws"), "kubernetes")["nodeRelease"] = "v20260110";
            }),
        );
        expect(pinned.find(templateType, "node-pools-core").inputs["imageId"]).toContain(
            "amazon-eks-node-al2023-x86_64-standard-1.34-v20260110/image_id",
        );
    });

    it("are core in one zone, and for each hub groups of its own, of which none runs idle", () => {
        const groups = built
            .ofType(groupType)
            .map(({ name, inputs }) => [
                name,
                inputs["instanceTypes"],
                inputs["subnetIds"],
                inputs["scalingConfig"],
            ])
            .sort(([one], [other]) => String(one).localeCompare(String(other)));
        const users = { minSize: 0, maxSize: 100, desiredSize: 0 };
        const zone = ["network-private-us-east-2a-id"];
        expect(groups).toEqual([
            [
                "node-pools-core",
                ["r8i-flex.large"],
                zone,
                { minSize: 1, maxSize: 3, desiredSize: 1 },
            ],
            [
                "node-pools-prod-dask",
                ["r5.xlarge", "r6i.xlarge", "r7i.xlarge", "r8i.xlarge", "r8i-flex.xlarge"],
                zone,
                users,
            ],
            [
                "node-pools-prod-gpu-g4dn-xlarge",
                ["g4dn.xlarge"],
                ["a", "b", "c"].map((each) => `network-private-us-east-2${each}-id`),
                { ...users, maxSize: 10 },
            ],
            ["node-pools-prod-user-r5-16xlarge-us-east-2a", ["r5.16xlarge"], zone, users],
            ["node-pools-prod-user-r5-4xlarge-us-east-2a", ["r5.4xlarge"], zone, users],
            ["node-pools-prod-user-r5-xlarge-us-east-2a", ["r5.xlarge"], zone, users],
        ]);
    });

    it("name neither a version nor a release beside the image, or EKS refuses the group", () => {
        const { inputs } = built.find(groupType, "node-pools-prod-user-r5-xlarge-us-east-2a");
        expect(Object.keys(inputs).sort()).toEqual([
            "capacityType",
            "clusterName",
            "instanceTypes",
            "labels",
            "launchTemplate",
            "nodeGroupNamePrefix",
            "nodeRepairConfig",
            "nodeRoleArn",
            "scalingConfig",
            "subnetIds",
            "tags",
            "taints",
            "updateConfig",
        ]);
        expect(inputs).toMatchObject({
            labels: { ...owner, ...userLabels },
            taints: taints.map((key) => ({ key, value: "user", effect: "NO_SCHEDULE" })),
            launchTemplate: { id: "node-pools-prod-user-r5-xlarge-id", version: "1" },
            nodeRepairConfig: { enabled: true },
        });
    });

    it("tell the autoscaler what a node of an empty group would be, and whose group it is", () => {
        const group = "node-pools-prod-user-r5-4xlarge-us-east-2a";
        const said = built
            .ofType("aws:autoscaling/tag:Tag")
            .filter(({ inputs }) => inputs["autoscalingGroupName"] === `asg-${group}`)
            .map(
                ({ inputs }) =>
                    inputs["tag"] as { key: string; value: string; propagateAtLaunch: boolean },
            );
        const template = "k8s.io/cluster-autoscaler/node-template";
        expect(Object.fromEntries(said.map(({ key, value }) => [key, value]))).toEqual({
            ...tags,
            hub: "prod",
            "node-purpose": "user",
            [`${template}/label/hub.jupyter.org/node-purpose`]: "user",
            [`${template}/label/k8s.dask.org/node-purpose`]: "scheduler",
            [`${template}/label/steward/hub`]: "prod",
            [`${template}/resources/ephemeral-storage`]: "160Gi",
            [`${template}/taint/hub.jupyter.org/dedicated`]: "user:NoSchedule",
            [`${template}/taint/hub.jupyter.org_dedicated`]: "user:NoSchedule",
        });
        expect(said.filter(({ propagateAtLaunch }) => propagateAtLaunch)).toEqual([]);
    });

    it("carry no policy for what pods do: those have roles of their own", () => {
        expect(
            built
                .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
                .filter(({ name }) => name.startsWith("node-pools-"))
                .map(({ inputs }) => inputs["policyArn"]),
        ).toEqual([
            "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
            "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
        ]);
    });
});
