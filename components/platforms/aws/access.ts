import type { RoleSlug } from "../../model/roles";
import type { Place } from "./place";

/** What a principal may do inside the cluster. */
export interface Access {
    /** An access policy of EKS. */
    readonly policy: string;
    /** The whole cluster, or only the namespaces of the hubs. */
    readonly scope: "cluster" | "hubs";
}

/**
 * What each role may do inside the cluster: no more than its duties need. `view` shows no Secret, so the OAuth
 * client secret and the hub's cookie secret stay with those who answer for sign-in.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
export const accessOf: Readonly<Record<RoleSlug | "deployer", Access>> = {
    /** Creates namespaces, storage classes and RBAC: nothing less will do. */
    deployer: { policy: "AmazonEKSClusterAdminPolicy", scope: "cluster" },
    /** Operates Kubernetes and answers incidents at any hour, in every namespace. */
    "site-reliability-engineer": { policy: "AmazonEKSClusterAdminPolicy", scope: "cluster" },
    /** The same duty in the other document: installs, patches and repairs the machines. */
    "cluster-management": { policy: "AmazonEKSClusterAdminPolicy", scope: "cluster" },
    /** Deploys and debugs the application, not the cluster below it. */
    "operations-engineer": { policy: "AmazonEKSEditPolicy", scope: "hubs" },
    /** Sees that machines and volumes it supplies are in use; changes nothing on them from inside. */
    "infrastructure-provider": { policy: "AmazonEKSViewPolicy", scope: "cluster" },
    /** Stops servers and admits users on the hub's own pages; here only sees why one does not start. */
    "hub-administrator": { policy: "AmazonEKSViewPolicy", scope: "hubs" },
    /** Builds the user image: sees how it is pulled and why it fails. */
    "community-guide": { policy: "AmazonEKSViewPolicy", scope: "hubs" },
    /** Decides, and may look at what was decided. */
    "community-representative": { policy: "AmazonEKSViewPolicy", scope: "hubs" },
    /** Works inside the web application. */
    "application-administrator": { policy: "AmazonEKSViewPolicy", scope: "hubs" },
};

export function isAccess(slug: string): slug is RoleSlug | "deployer" {
    return Object.hasOwn(accessOf, slug);
}

export function accessPolicyArn({ partition }: Place, policy: string): string {
    return `arn:${partition}:eks::aws:cluster-access-policy/${policy}`;
}
