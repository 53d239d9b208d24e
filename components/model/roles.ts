import type { Source } from "./source";
import { commcareRoles, hubService } from "./source";

export type Workload = "commcare" | "jupyterhub";
export type PlatformName = "aws" | "azure" | "vms";

export const workloads = ["commcare", "jupyterhub"] as const satisfies readonly Workload[];
export const platformNames = ["aws", "azure", "vms"] as const satisfies readonly PlatformName[];

/** What a party can be: one of the eight roles that the two source documents define. */
export type RoleSlug =
    | "infrastructure-provider"
    | "cluster-management"
    | "operations-engineer"
    | "application-administrator"
    | "site-reliability-engineer"
    | "community-guide"
    | "hub-administrator"
    | "community-representative";

export interface Role {
    readonly title: string;
    /** What the role answers for, in one sentence. */
    readonly summary: string;
    readonly source: Source;
}

export const roles: Readonly<Record<RoleSlug, Role>> = {
    "infrastructure-provider": {
        title: "Infrastructure Provider",
        summary:
            "Supplies the machines and the network they stand on, and repairs what stops answering.",
        source: commcareRoles("Infrastructure Provider"),
    },
    "cluster-management": {
        title: "Cluster Management",
        summary: "Keeps the supplied machines installed, patched, backed up, watched and defended.",
        source: commcareRoles("Cluster Management"),
    },
    "operations-engineer": {
        title: "Operations Engineer",
        summary: "Sizes, deploys, debugs and updates CommCare and the services it depends on.",
        source: commcareRoles("Cloud Application Management / Operations Engineer"),
    },
    "application-administrator": {
        title: "CommCare Application Administrator",
        summary: "Configures CommCare HQ from inside the web application and helps its users.",
        source: commcareRoles("CommCare Application Administrator"),
    },
    "site-reliability-engineer": {
        title: "Site Reliability Engineer",
        summary: "Runs the cloud infrastructure of the hub: builds it, watches it and repairs it.",
        source: hubService("Site Reliability Engineering"),
    },
    "community-guide": {
        title: "Community Guide",
        summary:
            "Helps a community put the hub to use: environments, data, documents and training.",
        source: hubService("Service applications support"),
    },
    "hub-administrator": {
        title: "Hub Administrator",
        summary: "Carries out everyday administration of a hub: its users and their servers.",
        source: hubService("Community leadership and management"),
    },
    "community-representative": {
        title: "Community Representative",
        summary: "Speaks and decides for the community, about access and about money.",
        source: hubService("Community leadership and management"),
    },
};

/** Names for several roles held as one service. */
export const bundles = {
    "managed-services-provider": {
        title: "Managed Services Provider",
        roles: ["cluster-management", "operations-engineer"],
        source: commcareRoles("Cloud Application Management / Operations Engineer"),
    },
} as const satisfies Record<string, { title: string; roles: readonly RoleSlug[]; source: Source }>;

export type BundleSlug = keyof typeof bundles;

export function isRole(slug: string): slug is RoleSlug {
    return Object.hasOwn(roles, slug);
}

export function isBundle(slug: string): slug is BundleSlug {
    return Object.hasOwn(bundles, slug);
}
