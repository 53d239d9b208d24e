import { ManagedPolicy } from "@pulumi/aws/types/enums/iam";

/**
 * Policies that AWS added after the SDK's list was made.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const added = [
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonEKSBlockStoragePolicy",
    "AmazonEKSComputePolicy",
    "AmazonEKSLoadBalancingPolicy",
    "AmazonEKSNetworkingPolicy",
    "AmazonEKSWorkerNodeMinimalPolicy",
    "AmazonEBSCSIDriverPolicyV2",
    "service-role/AmazonEFSCSIDriverPolicy",
];

let known: ReadonlySet<string> | undefined;

/** Whether AWS keeps a policy of this ARN itself: arn:aws:iam::aws:policy/AmazonEKSClusterPolicy. */
export function isManagedPolicy(arn: string): boolean {
    if (!arn.startsWith("arn:aws:iam::aws:policy/")) return false;
    known ??= new Set([
        ...Object.values(ManagedPolicy),
        ...added.map((name) => `arn:aws:iam::aws:policy/${name}`),
    ]);
    return known.has(arn);
}
