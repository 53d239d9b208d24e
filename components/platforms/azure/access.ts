import type { ManagedCluster } from "@pulumi/azure-native/containerservice";
import * as pulumi from "@pulumi/pulumi";
import type { RoleSlug } from "../../model/roles";
import type { BuiltInRole } from "./role-assignment";
import { grant } from "./role-assignment";

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

function isAccess(slug: string): slug is RoleSlug | "deployer" {
    return Object.hasOwn(accessOf, slug);
}

export interface AdmitArgs {
    readonly subscriptionId: string;
    readonly cluster: ManagedCluster;
    /** Role or `deployer` → object id of its principal. */
    readonly access: Readonly<Record<string, string>>;
    /** The namespaces of the hubs: a role that works in hubs sees these. */
    readonly namespaces: readonly string[];
}

/** Where the cluster is, which says nothing of what is in it. */
export const finder = "Azure Kubernetes Service Cluster User Role";

/** Lets in the roles that the stack file names; whoever deploys is another layer's. */
export function admit(
    name: string,
    { subscriptionId, cluster, access, namespaces }: AdmitArgs,
    parent: pulumi.Resource,
): void {
    for (const [slug, principalId] of Object.entries(access)) {
        if (!isAccess(slug) || slug === "deployer") continue;
        const { role, scope } = accessOf[slug];
        const inHubs = namespaces.map((each) => [
            each,
            cluster.id.apply((id) => `${id}/namespaces/${each}`),
        ]);
        const scopes = (
            scope === "cluster" ? { all: cluster.id } : Object.fromEntries(inHubs)
        ) as Readonly<Record<string, pulumi.Output<string>>>;
        for (const [noun, at] of Object.entries(scopes)) {
            grant(
                `${name}-${slug}-${noun}`,
                { subscriptionId, role, scope: at, principalId },
                { parent },
            );
        }
        grant(
            `${name}-${slug}-finds`,
            { subscriptionId, role: finder, scope: cluster.id, principalId },
            { parent },
        );
    }
}
