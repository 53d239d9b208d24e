import * as autoscaling from "@pulumi/aws/autoscaling";
import type * as eks from "@pulumi/aws/eks";
import type * as pulumi from "@pulumi/pulumi";
import type { Pool } from "./pools";

const template = "k8s.io/cluster-autoscaler/node-template";

/**
 * What a node of the pool would be like, for the autoscaler: it reads it while a group is empty, and would
 * otherwise never start the first node.
 *
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
export function nodeTemplateTags({ labels, taints, disk, gpus }: Pool): Record<string, string> {
    return {
        ...Object.fromEntries(
            Object.entries(labels).map(([key, value]) => [`${template}/label/${key}`, value]),
        ),
        ...Object.fromEntries(
            taints.map(({ key, value }) => [`${template}/taint/${key}`, `${value}:NoSchedule`]),
        ),
        [`${template}/resources/ephemeral-storage`]: `${String(disk.volumeGiB)}Gi`,
        ...(gpus === 0 ? {} : { [`${template}/resources/nvidia.com/gpu`]: String(gpus) }),
    };
}

/** Tags on the scaling group that EKS makes for a node group. */
export function tagScalingGroup(
    name: string,
    group: eks.NodeGroup,
    tags: Readonly<Record<string, string>>,
    parent: pulumi.Resource,
): void {
    const autoscalingGroupName = group.resources.apply(
        (resources) => resources[0]?.autoscalingGroups[0]?.name ?? "",
    );
    for (const [key, value] of Object.entries(tags)) {
        new autoscaling.Tag(
            `${name}-${key}`,
            // Not at launch: the template tags the machines already.
            { autoscalingGroupName, tag: { key, value, propagateAtLaunch: false } },
            { parent },
        );
    }
}
