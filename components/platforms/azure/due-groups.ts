import { defaultRole, layersOf } from "../../model/layers";
import type { RoleSlug } from "../../model/roles";
import type { AzureClusterSpec } from "../../model/spec";

/** A resource group that is due: of the role that the book has for its layers, whoever answers for them now. */
export interface DueGroup {
    readonly role: RoleSlug;
    /** Its first layer, whose owner is written on the group. */
    readonly layer: string;
    readonly perHub: boolean;
}

/** The groups of a workload, in the order of the book: of roles that have layers with resources of the cloud. */
export function dueGroups(workload: AzureClusterSpec["workload"]["kind"] | "commcare"): DueGroup[] {
    const groups = new Map<RoleSlug, DueGroup>();
    for (const [layer, { carriers, perHub, ...rest }] of layersOf(workload, "azure")) {
        const role = defaultRole({ carriers, perHub, ...rest }, "azure");
        if (role === null || !carriers.includes("tags") || groups.has(role)) continue;
        groups.set(role, { role, layer, perHub });
    }
    return [...groups.values()];
}

/** At most 90 characters: a cluster's name has 40, a role's 25. */
export function groupName(clusterName: string, role: RoleSlug): string {
    return `${clusterName}-${role}`;
}

/** Of a zone that the stack makes, which outlives it: apart from what goes with the cluster. */
export function zoneGroupName(clusterName: string): string {
    return `${clusterName}-dns`;
}
