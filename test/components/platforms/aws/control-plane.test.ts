import { accessOf } from "../../../../components/platforms/aws/access";
import { roles } from "../../../../components/model/roles";
import type { Built } from "./geolab";
import { build, geolab } from "./geolab";

type Section = Record<string, unknown>;
const section = (of: Section, key: string): Section => of[key] as Section;

let built: Built;
beforeAll(async () => {
    built = await build(geolab());
});

const clusterType = "aws:eks/cluster:Cluster";
const cluster = () => built.find(clusterType, "control-plane").inputs;

describe("the control plane on AWS", () => {
    it("is a cluster with a key, all logs, no administrator by default, and no way in from outside", () => {
        expect(cluster()).toEqual({
            tags: {
                "owner-role": "site-reliability-engineer",
                "owner-party": "2i2c",
                "owner-layer": "control-plane",
                "owner-contact": "support@example.org",
                cluster: "geolab",
                environment: "production",
                "managed-by": "steward",
                "earthscope:application:name": "geolab",
                "earthscope:application:owner": "research-onramp-to-the-cloud",
            },
            name: "geolab",
            version: "1.34",
            roleArn: "arn:of:control-plane-role",
            enabledClusterLogTypes: [
                "api",
                "audit",
                "authenticator",
                "controllerManager",
                "scheduler",
            ],
            accessConfig: {
                authenticationMode: "API",
                bootstrapClusterCreatorAdminPermissions: false,
            },
            vpcConfig: {
                subnetIds: ["a", "b", "c"].map((zone) => `network-intra-us-east-2${zone}-id`),
                endpointPrivateAccess: true,
                endpointPublicAccess: false,
            },
            encryptionConfig: {
                provider: { keyArn: "arn:of:control-plane-key" },
                resources: ["secrets"],
            },
            kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" },
            upgradePolicy: { supportType: "STANDARD" },
            bootstrapSelfManagedAddons: false,
        });
    });

    it("opens the API to the networks that the stack file names, and to no other", async () => {
        const opened = await build(
            geolab((config) => {
                section(section(config, "aws"), "kubernetes")["publicAccessCidrs"] = [
                    "192.0.2.0/24",
                ];
            }),
        );
        expect(opened.find(clusterType, "control-plane").inputs["vpcConfig"]).toMatchObject({
            endpointPublicAccess: true,
            publicAccessCidrs: ["192.0.2.0/24"],
        });
    });

    it("keeps its logs under a key, for as long as the stack file says", () => {
        const { inputs } = built.find("aws:cloudwatch/logGroup:LogGroup", "control-plane-logs");
        expect(inputs).toMatchObject({
            name: "/aws/eks/geolab/cluster",
            retentionInDays: 7,
            kmsKeyId: "arn:of:control-plane-key",
        });
        const { policy } = built.find("aws:kms/key:Key", "control-plane-key").inputs;
        expect(JSON.parse(policy as string)).toMatchObject({
            Statement: [
                { Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*" },
                {
                    Principal: { Service: "logs.us-east-2.amazonaws.com" },
                    Condition: {
                        ArnEquals: {
                            "kms:EncryptionContext:aws:logs:arn":
                                "arn:aws:logs:us-east-2:123456789012:log-group:/aws/eks/geolab/cluster",
                        },
                    },
                },
            ],
        });
    });

    it("lets in whom the stack file names, each with what the role's duties need", () => {
        const type = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
        expect(
            built
                .ofType(type)
                .map(({ inputs }) => [
                    (inputs["principalArn"] as string).split("/")[1],
                    (inputs["policyArn"] as string).split("/")[1],
                    inputs["accessScope"],
                ])
                .sort(),
        ).toEqual([
            [
                "hub-administrator",
                "AmazonEKSViewPolicy",
                { type: "namespace", namespaces: ["prod"] },
            ],
            ["site-reliability-engineer", "AmazonEKSClusterAdminPolicy", { type: "cluster" }],
            ["steward-deployer", "AmazonEKSClusterAdminPolicy", { type: "cluster" }],
        ]);
        expect(
            built.ofType("aws:eks/accessEntry:AccessEntry").map(({ inputs }) => inputs["type"]),
        ).toEqual(["STANDARD", "STANDARD", "STANDARD"]);
    });

    it("gives the deployer's entry to whoever answers for the deploy identity", () => {
        const entry = (name: string) => built.find("aws:eks/accessEntry:AccessEntry", name).inputs;
        expect(entry("deploy-identity-deployer")).toMatchObject({
            principalArn: "arn:aws:iam::123456789012:role/steward-deployer",
            tags: { "owner-layer": "deploy-identity" },
        });
        expect(entry("control-plane-hub-administrator")).toMatchObject({
            tags: { "owner-layer": "control-plane" },
        });
    });

    it("knows what every role may do", () => {
        expect(Object.keys(accessOf).sort()).toEqual(["deployer", ...Object.keys(roles)].sort());
    });

    it("installs add-ons without a version, so that no deploy upgrades one", () => {
        const addOns = built.ofType("aws:eks/addon:Addon").map(({ inputs }) => inputs);
        expect(addOns.map(({ addonName }) => addonName).sort()).toEqual([
            "aws-ebs-csi-driver",
            "coredns",
            "eks-node-monitoring-agent",
            "eks-pod-identity-agent",
            "kube-proxy",
            "vpc-cni",
        ]);
        expect(addOns.filter((each) => "addonVersion" in each)).toEqual([]);
    });

    it("enforces network policies, and hands the owner of the machines on to their interfaces", () => {
        const { configurationValues } = built.find(
            "aws:eks/addon:Addon",
            "control-plane-vpc-cni",
        ).inputs;
        const { enableNetworkPolicy, env } = JSON.parse(configurationValues as string) as {
            enableNetworkPolicy: unknown;
            env: { ADDITIONAL_ENI_TAGS: string };
        };
        expect(enableNetworkPolicy).toBe("true");
        expect(JSON.parse(env.ADDITIONAL_ENI_TAGS)).toMatchObject({
            "owner-role": "site-reliability-engineer",
            "owner-party": "2i2c",
            "owner-layer": "node-pools",
            cluster: "geolab",
        });
    });

    it("gives six service accounts a role of their own, and no other pod that role", () => {
        const type = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
        const bound = built
            .ofType(type)
            .map(({ inputs }) => [
                inputs["namespace"],
                inputs["serviceAccount"],
                inputs["roleArn"],
            ]);
        expect(bound).toEqual(
            expect.arrayContaining([
                ["kube-system", "aws-node", "arn:of:control-plane-vpc-cni-role"],
                ["kube-system", "ebs-csi-controller-sa", "arn:of:control-plane-ebs-csi-role"],
                ["prod", "user-sa", "arn:of:object-storage-prod-users-role"],
                ["kube-system", "cluster-autoscaler", "arn:of:node-pools-autoscaler-role"],
                ["monitoring", "alertmanager", "arn:of:monitoring-alerts-alerts-role"],
                ["node-agents", "fluent-bit", "arn:of:monitoring-alerts-logs-role"],
            ]),
        );
        expect(bound).toHaveLength(6);
        const { assumeRolePolicy } = built.find(
            "aws:iam/role:Role",
            "object-storage-prod-users-role",
        ).inputs;
        expect(JSON.parse(assumeRolePolicy as string)).toMatchObject({
            Statement: [
                {
                    Principal: { Service: "pods.eks.amazonaws.com" },
                    Condition: {
                        StringEquals: {
                            "aws:RequestTag/eks-cluster-name": "geolab",
                            "aws:RequestTag/kubernetes-namespace": "prod",
                            "aws:RequestTag/kubernetes-service-account": "user-sa",
                        },
                    },
                },
            ],
        });
    });

    it("is reached by a kubeconfig that holds no secret", () => {
        const { kubeconfig } = built.find(
            "pulumi:providers:kubernetes",
            "control-plane-kubernetes",
        ).inputs;
        expect(JSON.parse(kubeconfig as string)).toMatchObject({
            clusters: [
                {
                    cluster: {
                        server: "https://api.eks.test",
                        "certificate-authority-data": "Q0E=",
                    },
                },
            ],
            users: [
                {
                    user: {
                        exec: {
                            command: "aws",
                            args: [
                                "--region",
                                "us-east-2",
                                "eks",
                                "get-token",
                                "--output",
                                "json",
                                "--cluster-name",
                                "geolab",
                            ],
                        },
                    },
                },
            ],
        });
    });
});
