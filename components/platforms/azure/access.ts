import type { RoleSlug } from "../../model/roles";
import type { BuiltInRole } from "./role-assignment";

/** What a principal may do inside the cluster. */
export interface Access {
    readonly role: Extract<BuiltInRole, `Azure Kubernetes Service RBAC ${string}`>;
    /** The whole cluster, or only the namespaces of the hubs. */
    readonly scope: "cluster" | "hubs";
}

const reads = "Azure Kubernetes Service RBAC Reader";
const administers = "Azure Kubernetes Service RBAC Cluster Admin";

/**
 * What each role may do inside the cluster: no more than its duties need, and as much as on AWS. The reader's role
 * shows no Secret, so the OAuth client secret and the hub's cookie secret stay with those who answer for sign-in.
 *
 * @see https://learn.microsoft.com/azure/aks/manage-azure-rbac#aks-built-in-roles
 */
export const accessOf: Readonly<Record<RoleSlug | "deployer", Access>> = {
    /** Creates namespaces, storage classes and RBAC: nothing less will do. */
    deployer: { role: administers, scope: "cluster" },
    /** Operates Kubernetes and answers incidents at any hour, in every namespace. */
    "site-reliability-engineer": { role: administers, scope: "cluster" },
    /** The same duty in the other document: installs, patches and repairs the machines. */
    "cluster-management": { role: administers, scope: "cluster" },
    /** Deploys and debugs the application, not the cluster below it. */
    "operations-engineer": { role: "Azure Kubernetes Service RBAC Admin", scope: "hubs" },
    /** Sees that machines and volumes it supplies are in use; changes nothing on them from inside. */
    "infrastructure-provider": { role: reads, scope: "cluster" },
    /** Stops servers and admits users on the hub's own pages; here only sees why one does not start. */
    "hub-administrator": { role: reads, scope: "hubs" },
    /** Builds the user image: sees how it is pulled and why it fails. */
    "community-guide": { role: reads, scope: "hubs" },
    /** Decides, and may look at what was decided. */
    "community-representative": { role: reads, scope: "hubs" },
    /** Works inside the web application. */
    "application-administrator": { role: reads, scope: "hubs" },
};

export function isAccess(slug: string): slug is RoleSlug | "deployer" {
    return Object.hasOwn(accessOf, slug);
}
