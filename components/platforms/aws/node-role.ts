import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import type { Place } from "./place";
import { managedPolicy } from "./place";

export interface NodeRole {
    readonly role: iam.Role;
    /** Without them a node does not join. */
    readonly policies: readonly pulumi.Resource[];
}

/** The role of all machines: to join, and to pull images; what pods do, they do by roles of their own. */
export function nodeRole(
    name: string,
    {
        clusterName,
        place,
        tags,
    }: {
        readonly clusterName: string;
        readonly place: Place;
        readonly tags: Readonly<Record<string, string>>;
    },
    parent: pulumi.Resource,
): NodeRole {
    const role = new iam.Role(
        `${name}-role`,
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
            tags,
        },
        { parent },
    );
    // Not the CNI's policy: its pods have a role of their own. Not the minimal worker policy: a node of
    // Amazon Linux asks EC2 about itself before it joins.
    const policies = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"].map(
        (policy) =>
            new iam.RolePolicyAttachment(
                `${name}-${policy}`,
                { role: role.name, policyArn: managedPolicy(place, policy) },
                { parent },
            ),
    );
    return { role, policies };
}
