import * as ec2 from "@pulumi/aws/ec2";
import * as efs from "@pulumi/aws/efs";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { backupTag } from "./backup-tag";
import { dataKey } from "./data-key";
import type { Place } from "./place";

/** Where file systems are mounted from, and by whom: the same for all hubs of a cluster. */
export interface FileSystemSite {
    readonly vpcId: pulumi.Input<string>;
    /** By zone: where nodes may run. Mount targets cost nothing, so a pool in another zone finds one. */
    readonly subnets: Readonly<Record<string, pulumi.Input<string>>>;
    /** The security group of the nodes. */
    readonly nodeGroupId: pulumi.Input<string>;
    /** The role by which the EFS driver on the nodes mounts. */
    readonly driverRoleArn: pulumi.Input<string>;
    /** What must stand before the driver mounts. */
    readonly driver: readonly pulumi.Resource[];
}

interface FileSystemArgs extends FileSystemSite {
    readonly place: Place;
    readonly description: string;
    readonly coldAfterDays: number;
    /** The owner's, with a name. */
    readonly tags: Readonly<Record<string, string>>;
}

/** Port of NFS, the one that EFS is mounted by. */
const nfs = 2049;

/**
 * A file system for the homes of one hub. It is mounted only by the driver's role, only through the access point,
 * only by TLS; nobody is root on it. Every file in it belongs to the user of all servers, so that what the nodes
 * make on the way, the directory of a new user, is that user's too.
 *
 * AWS makes no copies of its own: those would lie in a vault that nobody owns. The backup plan of the cluster
 * finds it by its tag.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
export function fileSystem(name: string, args: FileSystemArgs, parent: pulumi.Resource) {
    const { place, description, coldAfterDays, tags } = args;
    const key = dataKey(name, { place, description, tags }, parent);
    const system = new efs.FileSystem(
        `${name}-homes`,
        {
            encrypted: true,
            kmsKeyId: key.arn,
            performanceMode: "generalPurpose",
            throughputMode: "elastic", // homes are idle for hours, then a class of 200 opens a notebook
            lifecyclePolicies: [
                { transitionToIa: `AFTER_${String(coldAfterDays)}_DAYS` },
                { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
            ],
            tags: { ...tags, ...backupTag },
        },
        { parent, protect: true },
    );
    const accessPoint = new efs.AccessPoint(
        `${name}-homes`,
        {
            fileSystemId: system.id,
            posixUser: { uid: 1000, gid: 100 }, // of users' servers
            rootDirectory: {
                path: "/homes",
                creationInfo: { ownerUid: 1000, ownerGid: 100, permissions: "0755" },
            },
            tags,
        },
        // A new one is another volume to Kubernetes, and the claim on the old one would be gone.
        { parent, protect: true },
    );
    const policy = new efs.FileSystemPolicy(
        `${name}-homes`,
        {
            fileSystemId: system.id,
            policy: pulumi
                .all([args.driverRoleArn, system.arn, accessPoint.arn])
                .apply(([role, arn, point]) => mounting(role, arn, point)),
        },
        { parent },
    );
    const targets = mountTargets(name, args, system, parent);
    return { system, accessPoint, ready: [policy, ...targets, ...args.driver] };
}

function mountTargets(
    name: string,
    { vpcId, subnets, nodeGroupId, description, tags }: FileSystemArgs,
    system: efs.FileSystem,
    parent: pulumi.Resource,
): efs.MountTarget[] {
    const group = new ec2.SecurityGroup(
        `${name}-mounts`,
        { vpcId, description: `${description}: nodes mount them`, tags },
        { parent },
    );
    const admits = new vpc.SecurityGroupIngressRule(
        `${name}-mounts`,
        {
            securityGroupId: group.id,
            referencedSecurityGroupId: nodeGroupId,
            ipProtocol: "tcp",
            fromPort: nfs,
            toPort: nfs,
            description: "NFS from the nodes of the cluster",
            tags,
        },
        { parent },
    );
    return Object.entries(subnets).map(
        ([zone, subnetId]) =>
            new efs.MountTarget(
                `${name}-${zone}`,
                { fileSystemId: system.id, subnetId, securityGroups: [group.id] },
                { parent, dependsOn: [admits] },
            ),
    );
}

function mounting(role: string, arn: string, accessPoint: string): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "MountsByDriver",
                Effect: "Allow",
                Principal: { AWS: role },
                Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
                Resource: arn,
                Condition: {
                    Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
                    StringEquals: { "elasticfilesystem:AccessPointArn": accessPoint },
                },
            },
            {
                Sid: "RefusesPlainTransport",
                Effect: "Deny",
                Principal: { AWS: "*" },
                Action: "*",
                Resource: arn,
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
            {
                Sid: "RefusesRoot",
                Effect: "Deny",
                Principal: { AWS: "*" },
                Action: "elasticfilesystem:ClientRootAccess",
                Resource: arn,
            },
        ],
    });
}
