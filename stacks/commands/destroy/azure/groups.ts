import type { Arm } from "../../azure/arm";
import type { Found, FoundKind } from "../found";
import { ownerIn } from "../found";
import type { AzureWhereabouts } from "./whereabouts";

/** Something in a resource group, as its list has it. */
interface Resource {
    readonly id?: string;
    readonly name?: string;
    readonly type?: string;
    readonly tags?: Readonly<Record<string, string>> | null;
    /** What uses it: the machine of a disk. */
    readonly managedBy?: string | null;
}

const kinds: Readonly<Record<string, FoundKind>> = {
    "microsoft.compute/disks": "disk",
    "microsoft.compute/snapshots": "snapshot",
    "microsoft.compute/virtualmachines": "machine",
    "microsoft.compute/virtualmachinescalesets": "machine",
    "microsoft.network/loadbalancers": "load balancer",
    "microsoft.network/networkinterfaces": "network interface",
    "microsoft.network/networksecuritygroups": "security group",
};

/** Of what AKS keeps in its group only machines and what a claim made are of interest: the rest is its own. */
const ofNodes: readonly FoundKind[] = ["machine", "disk"];

/** By this tag a disk of a claim is known. https://github.com/kubernetes-sigs/azuredisk-csi-driver/blob/master/docs/driver-parameters.md */
const claimTag = "kubernetes.io-created-for-pvc-name";

/**
 * What lies in the groups of a cluster and is not in its state. Azure deletes a group with everything in it.
 *
 * @throws what the client throws; a group that is gone holds nothing.
 * @see https://learn.microsoft.com/rest/api/resources/resources/list-by-resource-group
 */
export async function lookInGroups(where: AzureWhereabouts, arm: Arm): Promise<Found[]> {
    const all = [...where.groups, ...(where.nodeGroup === undefined ? [] : [where.nodeGroup])];
    const found = await Promise.all(
        all.map(async (group) => {
            const isNodes = group === where.nodeGroup;
            const resources = await inGroup(arm, group);
            return resources
                .filter((each) => !isMade(each, where))
                .flatMap((each) => foundOf(each, where, { group, isNodes }));
        }),
    );
    return found.flat();
}

async function inGroup(arm: Arm, group: string): Promise<Resource[]> {
    const path = arm.inSubscription(`/resourceGroups/${group}`);
    const standing = await arm.find(path, "2021-04-01");
    return standing === undefined ? [] : arm.list<Resource>(`${path}/resources`, "2021-04-01");
}

/** In the state, or what something in the state made for itself: the disk of a machine, the interface of an endpoint. */
function isMade({ id = "", managedBy }: Resource, { made }: AzureWhereabouts): boolean {
    const key = id.toLowerCase();
    const endpoint = key
        .replace("/networkinterfaces/", "/privateendpoints/")
        .replace(/\.nic\..*$/, "");
    return made.has(key) || made.has(endpoint) || made.has((managedBy ?? "").toLowerCase());
}

function foundOf(
    { id = "", type = "", tags, managedBy }: Resource,
    { matrix }: AzureWhereabouts,
    { group, isNodes }: { readonly group: string; readonly isNodes: boolean },
): Found[] {
    const kind = kinds[type.toLowerCase()] ?? "resource";
    const ofClaim = tags?.[claimTag];
    if (isNodes && (!ofNodes.includes(kind) || (kind === "disk" && ofClaim === undefined)))
        return [];
    const owner = ownerIn(tags ?? {}, matrix);
    const used =
        managedBy === undefined || managedBy === null || managedBy === "" ? "" : ", in use";
    const what = ofClaim === undefined ? type : `of the claim ${ofClaim}`;
    return [
        {
            kind,
            id,
            owner,
            fate: "goes",
            why: `${what}${used}, with its group ${group}`,
            drains: kind === "disk" && owner !== null,
        },
    ];
}
