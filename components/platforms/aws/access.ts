import type { Cluster } from "@pulumi/aws/eks";
import { AccessEntry, AccessPolicyAssociation } from "@pulumi/aws/eks";
import type * as pulumi from "@pulumi/pulumi";
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

function accessPolicyArn({ partition }: Place, policy: string): string {
    return `arn:${partition}:eks::aws:cluster-access-policy/${policy}`;
}

export interface AdmitArgs {
    readonly place: Place;
    readonly cluster: Cluster;
    /** Who is let in. */
    readonly slug: RoleSlug | "deployer";
    /** The ARN of its principal. */
    readonly principalArn: string;
    /** The namespaces of the hubs: a role that works in hubs sees these. */
    readonly namespaces: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
}

/** Lets one principal in. @returns what must stand before it may use the API. */
export function admit(
    name: string,
    { place, cluster, slug, principalArn, namespaces, tags }: AdmitArgs,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
    const { policy, scope } = accessOf[slug];
    const entry = new AccessEntry(
        name,
        { clusterName: cluster.name, principalArn, type: "STANDARD", tags },
        opts,
    );
    return new AccessPolicyAssociation(
        name,
        {
            clusterName: cluster.name,
            principalArn,
            policyArn: accessPolicyArn(place, policy),
            accessScope:
                scope === "cluster"
                    ? { type: "cluster" }
                    : { type: "namespace", namespaces: [...namespaces] },
        },
        {
            ...opts,
            dependsOn: [entry],
            // Another hub is another list of namespaces, which makes it anew; EKS knows one for a principal
            // and a policy, so that the old one's deletion would take the new one with it.
            deleteBeforeReplace: true,
        },
    );
}
