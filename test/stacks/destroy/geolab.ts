import * as ec2 from "@aws-sdk/client-ec2";
import { CreateRepositoryCommand, ECRClient } from "@aws-sdk/client-ecr";
import { CreateClusterCommand, CreateNodegroupCommand, EKSClient } from "@aws-sdk/client-eks";
import type { Resource } from "../../../policies/resource";
import { beginning, layerOf, resourceAt, stackUrn, tagsOf } from "../../support/stack";
import { keys } from "../doctor/example-target";

/** A cluster as its state has it, and as it stands in an account, with what others have there. */
export interface Standing {
    readonly ids: Readonly<Record<string, string>>;
    readonly client: ec2.EC2Client;
    /** Ends the hub's own machines, as EKS does once a node group wants none. */
    stopUserMachines(): Promise<void>;
}

const region = "us-east-2";
const list = (tags: Record<string, string>): ec2.Tag[] =>
    Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const tagged = (ResourceType: ec2.ResourceType, tags: Record<string, string>) => ({
    TagSpecifications: [{ ResourceType, Tags: list(tags) }],
});
const machine = (more: Record<string, string>) => ({ ...tagsOf("node-pools"), ...more });
const others = { ...tagsOf("node-pools"), cluster: "other" };
const ofKubernetes = { "kubernetes.io/cluster/geolab": "owned" };

/** Makes it in moto; nothing of it is what a test expects, only what it starts from. */
export async function buildGeolab(endpoint: string): Promise<Standing> {
    const settings = { region, credentials: keys, endpoint };
    const client = new ec2.EC2Client(settings);
    const ids: Record<string, string> = {};
    const { Vpc } = await client.send(new ec2.CreateVpcCommand({ CidrBlock: "10.64.0.0/16" }));
    ids["vpc"] = Vpc?.VpcId ?? "";
    const subnet = await client.send(
        new ec2.CreateSubnetCommand({ VpcId: ids["vpc"], CidrBlock: "10.64.0.0/20" }),
    );
    const SubnetId = subnet.Subnet?.SubnetId ?? "";
    const start = async (name: string, tags: Record<string, string>) => {
        const { Instances } = await client.send(
            new ec2.RunInstancesCommand({
                ImageId: "ami-12c6146b",
                InstanceType: "r5.xlarge",
                MinCount: 1,
                MaxCount: 1,
                SubnetId,
                ...tagged("instance", tags),
            }),
        );
        ids[name] = Instances?.[0]?.InstanceId ?? "";
    };
    await start("core machine", machine({ "node-purpose": "core" }));
    await start("user machine", machine({ "node-purpose": "user", hub: "prod" }));
    await start("other's machine", others);
    const disk = async (name: string, tags: Record<string, string>) => {
        const { VolumeId = "" } = await client.send(
            new ec2.CreateVolumeCommand({
                AvailabilityZone: "us-east-2a",
                Size: 2,
                ...tagged("volume", tags),
            }),
        );
        ids[name] = VolumeId;
    };
    await disk("home disk", tagsOf("home-storage", "prod"));
    await disk("database disk", {
        ...tagsOf("hub-database", "prod"),
        "kubernetes.io/created-for/pvc/namespace": "prod",
        "kubernetes.io/created-for/pvc/name": "hub-database",
    });
    await disk("old hub's disk", { ...tagsOf("hub-database", "prod"), hub: "old" });
    await disk("user disk", { ...tagsOf("user-sessions", "prod"), ...ofKubernetes });
    await disk("nobody's disk", ofKubernetes);
    await disk("other's disk", others);
    const snapshot = async (name: string, of: string, tags: Record<string, string>) => {
        const { SnapshotId = "" } = await client.send(
            new ec2.CreateSnapshotCommand({
                VolumeId: ids[of] ?? "",
                ...tagged("snapshot", tags),
            }),
        );
        ids[name] = SnapshotId;
    };
    await snapshot("copy", "database disk", tagsOf("backups"));
    await snapshot("other's copy", "other's disk", others);
    const card = async (
        name: string,
        Description: string,
        tags: Record<string, string> = {},
        Groups: string[] = [],
    ) => {
        const made = await client.send(
            new ec2.CreateNetworkInterfaceCommand({
                SubnetId,
                Description,
                ...(Groups.length === 0 ? {} : { Groups }),
                ...(Object.keys(tags).length === 0 ? {} : tagged("network-interface", tags)),
            }),
        );
        ids[name] = made.NetworkInterface?.NetworkInterfaceId ?? "";
    };
    await card("left interface", "aws-K8S-i-1", { "cluster.k8s.amazonaws.com/name": "geolab" });
    await card("gateway's interface", "Interface for NAT Gateway nat-1");
    await card("balancer's interface", "ELB a1b2c3");
    await card("somebody's interface", "by hand");
    const ofCache = await client.send(
        new ec2.CreateSecurityGroupCommand({
            GroupName: "redis",
            Description: "of a cache",
            VpcId: ids["vpc"],
        }),
    );
    ids["cache's group"] = ofCache.GroupId ?? "";
    for (const says of ["ElastiCache geolab-redis-001", "RDSNetworkInterface"]) {
        await card(`interface of ${says}`, says, {}, [ids["cache's group"]]);
    }
    const group = await client.send(
        new ec2.CreateSecurityGroupCommand({
            GroupName: "k8s-elb-a1b2c3",
            Description: "of a Service",
            VpcId: ids["vpc"],
            ...tagged("security-group", ofKubernetes),
        }),
    );
    ids["group"] = group.GroupId ?? "";
    await buildNodeGroups(settings);
    Object.assign(ids, await pushImages(settings));
    const stopUserMachines = async () => {
        const InstanceIds = [ids["user machine"] ?? ""];
        await client.send(new ec2.TerminateInstancesCommand({ InstanceIds }));
    };
    return { ids, client, stopUserMachines };
}

/** Repositories as ECR makes them from a template, as they stood without one, and others'. */
async function pushImages(settings: object): Promise<Record<string, string>> {
    const ecr = new ECRClient(settings);
    const image = tagsOf("user-image", "prod");
    const pushed: Record<string, readonly [string, Record<string, string>]> = {
        "built image": ["geolab/prod/builds/r2d-a", image],
        "old hub's image": ["geolab/old/builds/r2d-b", { ...image, hub: "old" }],
        "nobody's image": ["geolab/prod/builds/r2d-c", {}],
        "hub's own image": ["geolab/prod/users", image],
        "image by hand": ["geolab/tools", {}],
        "other's image": ["geolab2/prod/builds/r2d-d", { ...image, cluster: "geolab2" }],
    };
    for (const [repositoryName, tags] of Object.values(pushed)) {
        const made = list(tags).map(({ Key = "", Value = "" }) => ({ Key, Value }));
        await ecr.send(new CreateRepositoryCommand({ repositoryName, tags: made }));
    }
    return Object.fromEntries(Object.entries(pushed).map(([name, [id]]) => [name, id]));
}

async function buildNodeGroups(settings: object): Promise<void> {
    const eks = new EKSClient(settings);
    const roleArn = "arn:aws:iam::123456789012:role/eks";
    const subnets = ["subnet-1", "subnet-2"];
    await eks.send(
        new CreateClusterCommand({
            name: "geolab",
            roleArn,
            resourcesVpcConfig: { subnetIds: subnets },
        }),
    );
    for (const nodegroupName of ["core-1", "prod-user-1"]) {
        await eks.send(
            new CreateNodegroupCommand({
                clusterName: "geolab",
                nodegroupName,
                nodeRole: roleArn,
                subnets,
                scalingConfig: { minSize: 0, maxSize: 10, desiredSize: 1 },
            }),
        );
    }
}

/** The exported state of that cluster; its home disk and the claim of its database are protected. */
export function stateOf({ ids }: Pick<Standing, "ids">, kubeconfig?: string): object {
    const [network, pools] = [layerOf("network"), layerOf("node-pools")];
    const homes = layerOf("home-storage", "prod");
    const database = layerOf("hub-database", "prod");
    const images = layerOf("user-image", "prod");
    const group = (purpose: string) => ({ tags: { "node-purpose": purpose } });
    const at = (
        above: Resource,
        type: string,
        id: string,
        inputs: Record<string, unknown> = {},
        outputs: Record<string, unknown> = {},
    ) => ({ ...resourceAt(above.urn, type, inputs, { urn: id, outputs }), id });
    const provider = (name: string, inputs: object) => ({
        ...resourceAt(stackUrn, `pulumi:providers:${name}`, { ...inputs }, { urn: name }),
        id: name,
        custom: true,
    });
    const claim = { metadata: { namespace: "prod", name: "hub-database" } };
    const resources = [
        ...beginning(),
        provider("aws", { region, allowedAccountIds: '["123456789012"]' }),
        ...(kubeconfig === undefined ? [] : [provider("kubernetes", { kubeconfig })]),
        network,
        pools,
        homes,
        database,
        images,
        at(images, "aws:s3/bucket:Bucket", "geolab-kept", { forceDestroy: false }),
        at(images, "aws:s3/bucket:Bucket", "geolab-scratch", { forceDestroy: true }),
        at(images, "aws:s3/bucket:Bucket", "geolab-gone"),
        at(images, "aws:ecr/repository:Repository", ids["hub's own image"] ?? ""),
        at(images, "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate", "template", {
            prefix: "geolab/prod/builds",
        }),
        at(network, "aws:ec2/vpc:Vpc", ids["vpc"] ?? ""),
        at(network, "aws:ec2/securityGroup:SecurityGroup", ids["cache's group"] ?? ""),
        at(network, "aws:ec2/natGateway:NatGateway", "nat-1"),
        at(pools, "aws:eks/nodeGroup:NodeGroup", "geolab:core-1", group("core")),
        at(pools, "aws:eks/nodeGroup:NodeGroup", "geolab:prod-user-1", group("user")),
        { ...at(homes, "aws:ebs/volume:Volume", ids["home disk"] ?? ""), protect: true },
        {
            ...at(database, "kubernetes:core/v1:PersistentVolumeClaim", "prod/hub-database", claim),
            protect: true,
        },
    ];
    return { version: 3, deployment: { resources } };
}
