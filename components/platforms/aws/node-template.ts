import * as ec2 from "@pulumi/aws/ec2";
import type * as eks from "@pulumi/aws/eks";
import type * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsSpec } from "../../model/spec/aws";
import { nodeUserData } from "./node-user-data";
import type { Pool } from "./pools";

export interface NodeTemplateArgs {
    readonly clusterName: string;
    readonly cluster: eks.Cluster;
    readonly kubernetes: AwsSpec["kubernetes"];
    readonly imageId: pulumi.Input<string>;
    /** What the root disks are encrypted with. */
    readonly key: kms.Key;
    readonly pool: Pool;
    /** Of the nodes, the owner's among them. */
    readonly labels: Readonly<Record<string, string>>;
    /** Of the template, and of every machine, disk and network card that starts from it. */
    readonly tags: Readonly<Record<string, string>>;
}

/** What the machines of a pool start from. */
export function nodeTemplate(
    name: string,
    args: NodeTemplateArgs,
    parent: pulumi.Resource,
): ec2.LaunchTemplate {
    const { clusterName, cluster, kubernetes, key, pool, labels, tags } = args;
    const { volumeGiB, iops = 3000, throughputMiBps = 125 } = pool.disk;
    return new ec2.LaunchTemplate(
        name,
        {
            description: `Nodes of ${clusterName} for ${[pool.purpose, pool.hub ?? []].flat().join(" of ")}`,
            imageId: args.imageId,
            userData: nodeUserData(cluster, {
                version: kubernetes.version,
                labels,
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
            tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
                resourceType,
                tags,
            })),
            updateDefaultVersion: true,
            tags,
        },
        {
            parent,
            // The newest image at the first deploy stays until the stack file names a release: see
            // docs/adr/0004-node-images.md.
            ...(kubernetes.nodeRelease === undefined ? { ignoreChanges: ["imageId"] } : {}),
        },
    );
}
