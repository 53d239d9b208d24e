import type { Cloud } from "../provider/stand-in";
import { groupOf, lastOf, normal, parentPath } from "./arm-id";
import type { Admission, AzureType } from "./azure-type";
import { refuse, shortName } from "./azure-type";
import { findById, hasGroup } from "./references";
import { azureTypes } from "./types";

/** What a path looks like whatever its arguments are called. */
const shape = (path: string): string => path.replace(/\{\w+\}/g, "{}").toLowerCase();

let shapes: ReadonlyMap<string, string> | undefined;

/** The type whose path this is. */
function typeOfPath(path: string): string | undefined {
    shapes ??= new Map(Object.entries(azureTypes).map(([type, each]) => [shape(each.path), type]));
    return shapes.get(shape(path));
}

/** Refuses what lies in something that is not there: a resource group, or the resource above. */
export function checkParents({ id, cloud }: Admission, azure: AzureType): void {
    const group = groupOf(id);
    // What is said about something else, such as a role in it, may be said of what somebody else made.
    const about = azure.path.startsWith("{");
    if (group !== undefined && group !== id && !about && !hasGroup(cloud, group)) {
        if (azure.amongOthers === true) return;
        refuse(
            "ResourceGroupNotFound",
            `Resource group '${lastOf(group)}' could not be found; let this depend on the group`,
        );
    }
    let [above, aboveId] = [parentPath(azure.path), upFrom(id)];
    while (above !== undefined) {
        const parent = typeOfPath(above);
        const isThere = parent !== undefined && azureTypes[parent]?.implicit?.(aboveId) === true;
        if (parent !== undefined && !isThere && findById(cloud, aboveId) === undefined)
            refuse(
                "ParentResourceNotFound",
                `there is no ${shortName(parent)} ${aboveId}; create it first and let this depend on it`,
            );
        [above, aboveId] = [parentPath(above), upFrom(aboveId)];
    }
}

const upFrom = (id: string): string => id.replace(/\/[^/]+\/[^/]+$/, "");

/**
 * Names that are taken in all of Azure, for they are the first that anybody thinks of. The list says nothing of
 * others: a name is derived so that nobody else has it.
 */
const taken = new Set(
    "app backup backups commcare data default demo dev files homes hub jupyterhub logs main prod production staging storage test vault".split(
        " ",
    ),
);

const nameOf = (id: string) => lastOf(normal(id));

function others(cloud: Cloud, type: string, id: string): boolean {
    return cloud
        .all(type)
        .some((each) => nameOf(each.id) === nameOf(id) && normal(each.id) !== normal(id));
}

/** Refuses a second resource of one id, and a name that another one has where names are unique. */
export function checkTaken({ type, id, cloud }: Admission, { unique }: AzureType): void {
    if (findById(cloud, id) !== undefined)
        refuse(
            "ResourceAlreadyExists",
            `there is a ${shortName(type)} ${id} already; choose another name, or import that one`,
        );
    if (unique === undefined) return;
    const everywhere = unique === "global" && taken.has(nameOf(id));
    if (!everywhere && !others(cloud, type, id)) return;
    const where = unique === "global" ? "in Azure" : "in this subscription";
    refuse(
        "NameNotAvailable",
        `the name ${nameOf(id)} is taken ${where}; derive one that nobody has`,
    );
}
