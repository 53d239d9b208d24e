import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";

export interface PodIdentityArgs {
    readonly clusterName: string;
    /** The output of the cluster, so that the association waits for it. */
    readonly cluster: pulumi.Input<string>;
    readonly namespace: string;
    readonly serviceAccount: string;
    readonly description: string;
    /** ARNs of policies that AWS maintains. */
    readonly managedPolicies?: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
}

/** A role that only the pods of one service account can take on. */
export interface PodIdentity {
    readonly role: iam.Role;
    /** What must stand before such a pod starts: it is given its identity at its start, or never. */
    readonly ready: readonly pulumi.Resource[];
}

/**
 * Gives the pods of one service account a role of their own. Associations are resources of ours also for
 * add-ons: one that EKS makes for an add-on would carry no owner.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export function podIdentity(
    name: string,
    args: PodIdentityArgs,
    opts: pulumi.CustomResourceOptions,
): PodIdentity {
    const { clusterName, namespace, serviceAccount, tags } = args;
    const role = new iam.Role(
        `${name}-role`,
        {
            namePrefix: `${name.slice(0, 37)}-`, // IAM adds 26 characters and takes 64
            description: args.description,
            assumeRolePolicy: trust(clusterName, namespace, serviceAccount),
            tags,
        },
        opts,
    );
    const policies = (args.managedPolicies ?? []).map(
        (policyArn) =>
            new iam.RolePolicyAttachment(
                `${name}-${policyArn.slice(policyArn.lastIndexOf("/") + 1)}`,
                { role: role.name, policyArn },
                opts,
            ),
    );
    const association = new eks.PodIdentityAssociation(
        `${name}-identity`,
        { clusterName: args.cluster, namespace, serviceAccount, roleArn: role.arn, tags },
        opts,
    );
    return { role, ready: [...policies, association] };
}

function trust(clusterName: string, namespace: string, serviceAccount: string): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: { Service: "pods.eks.amazonaws.com" },
                Action: ["sts:AssumeRole", "sts:TagSession"],
                Condition: {
                    StringEquals: {
                        "aws:RequestTag/eks-cluster-name": clusterName,
                        "aws:RequestTag/kubernetes-namespace": namespace,
                        "aws:RequestTag/kubernetes-service-account": serviceAccount,
                    },
                },
            },
        ],
    });
}
