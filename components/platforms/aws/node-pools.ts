import * as autoscaling from "@pulumi/aws/autoscaling";
import * as ec2 from "@pulumi/aws/ec2";
import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { AwsSpec } from "../../model/spec/aws";
import { keyPolicy, startsMachines } from "./key-policy";
import type { Architecture } from "./node-image";
import { architectureOf, findImage } from "./node-image";
import type { Taint } from "./node-user-data";
import { nodeUserData } from "./node-user-data";
import type { Place } from "./place";
import { managedPolicy } from "./place";

export interface NodePoolsArgs extends LayerArgs {
    readonly clusterName: string;
    readonly cluster: eks.Cluster;
    readonly place: Place;
    readonly kubernetes: AwsSpec["kubernetes"];
    readonly nodes: AwsSpec["nodes"];
    /** By zone. */
    readonly subnets: Readonly<Record<string, pulumi.Output<string>>>;
    /** What must stand before a node joins. */
    readonly ready: readonly pulumi.Resource[];
}

interface Disk {
    readonly volumeGiB: number;
    readonly iops?: number | undefined;
    readonly throughputMiBps?: number | undefined;
}

interface Pool {
    /** `core` or `user`: what the hub's chart looks for. */
    readonly purpose: "core" | "user";
    readonly instanceType: string;
    readonly taints: readonly Taint[];
    readonly disk: Disk;
}

interface Group {
    readonly noun: string;
    readonly zone: string;
    readonly min: number;
    readonly max: number;
}

/** Both spellings: the chart tolerates both, because some clouds allow no `/` in a taint. */
const userTaints: readonly Taint[] = [
    { key: "hub.jupyter.org/dedicated", value: "user" },
    { key: "hub.jupyter.org_dedicated", value: "user" },
];

/** The node pools layer on AWS: `core` in one zone for the hubs, `user` for each instance type and zone. */
export class NodePools extends Layer {
    readonly core: eks.NodeGroup;
    readonly user: readonly eks.NodeGroup[];
    /** Of every node. */
    readonly role: iam.Role;

    readonly #name: string;
    readonly #args: NodePoolsArgs;
    readonly #images = new Map<Architecture, pulumi.Output<string>>();

    constructor(name: string, args: NodePoolsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:NodePools", name, args, opts);
        this.#name = name;
        this.#args = args;

        const { core, user } = args.nodes;
        const key = new kms.Key(
            `${name}-key`,
            {
                description: `Root disks of the nodes of ${args.clusterName}`,
                enableKeyRotation: true,
                deletionWindowInDays: 30,
                policy: keyPolicy(args.place, ...startsMachines(args.place)),
                tags: this.tags({ Name: `${args.clusterName}-nodes` }),
            },
            { parent: this },
        );
        const { role, policies } = this.#nodeRole();
        this.role = role;
        const group = (pool: Pool, template: ec2.LaunchTemplate, at: Group) =>
            this.#group(pool, template, at, role, policies);

        const corePool: Pool = { purpose: "core", taints: [], disk: core, ...core };
        this.core = group(corePool, this.#template("core", corePool, key), {
            noun: "core",
            ...core,
        });
        this.user = user.instanceTypes.flatMap((instanceType) => {
            const pool: Pool = { purpose: "user", taints: userTaints, disk: user, instanceType };
            const noun = `user-${instanceType.replace(".", "-")}`;
            const template = this.#template(noun, pool, key);
            return user.zones.map((zone) =>
                group(pool, template, { noun: `${noun}-${zone}`, zone, min: 0, max: user.max }),
            );
        });
        this.registerOutputs();
    }

    #nodeRole() {
        const { clusterName, place } = this.#args;
        const role = new iam.Role(
            `${this.#name}-role`,
            {
                description: `The nodes of ${clusterName}`,
                assumeRolePolicy: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: "ec2.amazonaws.com" },
                            Action: "sts:AssumeRole",
                        },
                    ],
                }),
                tags: this.tags(),
            },
            { parent: this },
        );
        // Not the CNI's policy: its pods have a role of their own. Not the minimal worker policy: a node of
        // Amazon Linux asks EC2 about itself before it joins.
        const policies = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"].map(
            (policy) =>
                new iam.RolePolicyAttachment(
                    `${this.#name}-${policy}`,
                    { role: role.name, policyArn: managedPolicy(place, policy) },
                    { parent: this },
                ),
        );
        return { role, policies };
    }

    #image(instanceType: string): pulumi.Output<string> {
        const architecture = architectureOf(instanceType);
        const known = this.#images.get(architecture);
        const image = known ?? findImage(this.#args.kubernetes, architecture, this);
        this.#images.set(architecture, image);
        return image;
    }

    #template(noun: string, pool: Pool, key: kms.Key): ec2.LaunchTemplate {
        const { clusterName, cluster, kubernetes } = this.#args;
        const { volumeGiB, iops = 3000, throughputMiBps = 125 } = pool.disk;
        const tags = this.tags({ Name: `${clusterName}-${noun}` });
        return new ec2.LaunchTemplate(
            `${this.#name}-${noun}`,
            {
                description: `Nodes of ${clusterName} for ${pool.purpose}`,
                imageId: this.#image(pool.instanceType),
                userData: nodeUserData(cluster, {
                    version: kubernetes.version,
                    labels: this.#nodeLabels(pool),
                    taints: pool.taints,
                }),
                // One hop: a pod cannot take on the role of its node.
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
                            volumeSize: volumeGiB,
                            iops,
                            throughput: throughputMiBps,
                            encrypted: "true",
                            kmsKeyId: key.arn,
                            deleteOnTermination: "true",
                        },
                    },
                ],
                // EKS hands no tag of a node group on to what it starts.
                tagSpecifications: ["instance", "volume", "network-interface"].map(
                    (resourceType) => ({ resourceType, tags }),
                ),
                updateDefaultVersion: true,
                tags,
            },
            {
                parent: this,
                // The newest image at the first deploy stays until the stack file names a release: see
                // docs/adr/0004-node-images.md.
                ...(kubernetes.nodeRelease === undefined ? { ignoreChanges: ["imageId"] } : {}),
            },
        );
    }

    #nodeLabels({ purpose }: Pool): Record<string, string> {
        return this.labels({ "hub.jupyter.org/node-purpose": purpose });
    }

    #group(
        pool: Pool,
        template: ec2.LaunchTemplate,
        { noun, zone, min, max }: Group,
        role: iam.Role,
        policies: readonly pulumi.Resource[],
    ): eks.NodeGroup {
        const { cluster, subnets, ready } = this.#args;
        const subnet = subnets[zone];
        const group = new eks.NodeGroup(
            `${this.#name}-${noun}`,
            {
                clusterName: cluster.name,
                nodeRoleArn: role.arn,
                subnetIds: subnet === undefined ? [] : [subnet],
                instanceTypes: [pool.instanceType],
                capacityType: "ON_DEMAND",
                // The image stands in the template, so neither a version nor a release may stand here.
                launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
                scalingConfig: { minSize: min, maxSize: max, desiredSize: min },
                updateConfig: { maxUnavailable: 1 },
                nodeRepairConfig: { enabled: true },
                labels: this.#nodeLabels(pool),
                taints: pool.taints.map((taint) => ({ ...taint, effect: "NO_SCHEDULE" })),
                tags: this.tags({ Name: `${this.#args.clusterName}-${noun}` }),
            },
            {
                parent: this,
                dependsOn: [...policies, ...ready],
                ignoreChanges: ["scalingConfig.desiredSize"], // the autoscaler's, from the first pod on
            },
        );
        this.#tagScalingGroup(`${this.#name}-${noun}`, group, pool);
        return group;
    }

    /**
     * Tags on the scaling group that EKS makes: its owner, and what a node of it would be like. The autoscaler
     * reads the latter while the group is empty, and would otherwise never start its first node.
     *
     * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
     */
    #tagScalingGroup(name: string, group: eks.NodeGroup, pool: Pool): void {
        const template = "k8s.io/cluster-autoscaler/node-template";
        const tags = this.tags({
            [`${template}/label/hub.jupyter.org/node-purpose`]: pool.purpose,
            [`${template}/resources/ephemeral-storage`]: `${String(pool.disk.volumeGiB)}Gi`,
            ...Object.fromEntries(
                pool.taints.map(({ key, value }) => [
                    `${template}/taint/${key}`,
                    `${value}:NoSchedule`,
                ]),
            ),
        });
        const autoscalingGroupName = group.resources.apply(
            (resources) => resources[0]?.autoscalingGroups[0]?.name ?? "",
        );
        for (const [key, value] of Object.entries(tags)) {
            new autoscaling.Tag(
                `${name}-${key}`,
                // Not at launch: the template tags the machines already.
                { autoscalingGroupName, tag: { key, value, propagateAtLaunch: false } },
                { parent: this },
            );
        }
    }
}
