import * as efs from "@pulumi/aws/efs";
import * as pulumi from "@pulumi/pulumi";
import { backupTag } from "../backup-tag";

export interface SharedDirectoryArgs {
    /** By zone: where it is mounted from. */
    readonly subnets: Readonly<Record<string, pulumi.Input<string>>>;
    readonly groupId: pulumi.Input<string>;
    readonly keyArn: pulumi.Input<string>;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * The directory that machines share, on EFS. commcare-cloud mounts it by plain NFS 4.1, without a role: so it is
 * open to whoever the security group lets to a mount target, and to nobody by any other way.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html
 */
export function sharedDirectory(
    name: string,
    { subnets, groupId, keyArn, tags }: SharedDirectoryArgs,
    parent: pulumi.Resource,
): efs.FileSystem {
    const system = new efs.FileSystem(
        `${name}-files`,
        {
            encrypted: true,
            kmsKeyId: keyArn,
            performanceMode: "generalPurpose",
            throughputMode: "elastic",
            lifecyclePolicies: [
                { transitionToIa: "AFTER_30_DAYS" },
                { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
            ],
            tags: { ...tags, ...backupTag },
        },
        { parent, protect: true },
    );
    new efs.FileSystemPolicy(
        `${name}-files`,
        { fileSystemId: system.id, policy: system.arn.apply(byMountTarget) },
        { parent },
    );
    for (const [zone, subnetId] of Object.entries(subnets)) {
        new efs.MountTarget(
            `${name}-${zone}`,
            { fileSystemId: system.id, subnetId, securityGroups: [groupId] },
            { parent },
        );
    }
    return system;
}

function byMountTarget(arn: string): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "MountsByTarget",
                Effect: "Allow",
                Principal: { AWS: "*" },
                Action: [
                    "elasticfilesystem:ClientMount",
                    "elasticfilesystem:ClientWrite",
                    "elasticfilesystem:ClientRootAccess", // Ansible makes directories for several users
                ],
                Resource: arn,
                Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
            },
        ],
    });
}
