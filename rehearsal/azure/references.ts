import { textsAt } from "../provider/look";
import type { Cloud, CloudObject } from "../provider/stand-in";
import type { Props, Value } from "../provider/values";
import { isProps } from "../provider/values";
import { groupOf, isId, normal } from "./arm-id";
import { isBuiltIn } from "./built-in";
import { refuse, shortName } from "./azure-type";

const groupType = "azure-native:resources:ResourceGroup";

/** Groups that Azure makes by itself: for network watchers, for the machines of a cluster. */
const ownGroups = /^\/subscriptions\/[^/]+\/resourcegroups\/networkwatcherrg$/;

/**
 * What is in a resource without being one: the services of a storage account, whether anybody sets them or not, and
 * a namespace of a cluster, where a role may be given.
 */
const inner =
    /(\/storageAccounts\/[^/]+)\/(?:blob|file|queue|table)Services\/default$|(\/managedClusters\/[^/]+)\/namespaces\/[^/]+$/i;

function isAzures(object: CloudObject): boolean {
    return object.type.startsWith("azure-native:");
}

/** What has this id, spelled in whatever case. */
export function findById(cloud: Cloud, id: string): CloudObject | undefined {
    const wanted = normal(id);
    for (const object of cloud.mentioning(id))
        if (isAzures(object) && normal(object.id) === wanted) return object;
    return cloud.all().find((object) => isAzures(object) && normal(object.id) === wanted);
}

/** The group of an id, or what stands for it where Azure makes the group; undefined where there is none. */
export function hasGroup(cloud: Cloud, groupId: string): boolean {
    return ownGroups.test(normal(groupId)) || findById(cloud, groupId) !== undefined;
}

/** Whether an id leads to something: an object, a part of one, or what is not this account's to know. */
function leadsSomewhere(cloud: Cloud, id: string): boolean {
    const group = groupOf(id);
    if (group !== undefined && findById(cloud, group)?.type !== groupType) return true;
    let at = id.replace(/\/$/, "").replace(inner, "$1$2");
    if (findById(cloud, at) !== undefined || isBuiltIn(at)) return true;
    while (group !== undefined && at.length > group.length) {
        at = at.replace(/\/[^/]+\/[^/]+$/, "");
        const holder = findById(cloud, at);
        if (holder !== undefined && holder.type !== groupType)
            return mentions(holder.outputs, normal(id));
    }
    return group === undefined && !/\/providers\//i.test(at);
}

function mentions(value: Value | undefined, id: string): boolean {
    if (typeof value === "string") return value.toLowerCase() === id;
    if (Array.isArray(value)) return value.some((each) => mentions(each, id));
    return isProps(value) && Object.values(value).some((each) => mentions(each, id));
}

function* idsIn(value: Value | undefined, path: string): Generator<readonly [string, string]> {
    if (typeof value === "string") {
        if (isId(value)) yield [path, value];
    } else if (Array.isArray(value)) {
        for (const [at, each] of value.entries()) yield* idsIn(each, `${path}[${at}]`);
    } else if (isProps(value)) {
        for (const [key, each] of Object.entries(value))
            yield* idsIn(each, path === "" ? key : `${path}.${key}`);
    }
}

/**
 * Refuses arguments that hold the id of what is not there. An id in a resource group that this account did not
 * make is somebody else's and is taken to be there; so is a part of the resource itself.
 */
export function checkReferences(id: string, inputs: Props, cloud: Cloud): void {
    for (const [path, value] of idsIn(inputs, "")) {
        // What a workflow will ask for one day need not be there today.
        if (/^(tags|definition)\./.test(path) || normal(value).startsWith(normal(id))) continue;
        if (leadsSomewhere(cloud, value)) continue;
        refuse(
            "ResourceNotFound",
            `${path}: there is no ${value}; create it first, or correct the value`,
        );
    }
}

/** Refuses what a resource says of a part of itself that it has not, such as a rule of a frontend. */
export function checkParts(id: string, inputs: Props, parts: readonly string[]): void {
    const own = `${normal(id)}/`;
    const known = parts.flatMap((path) => {
        const list = path.slice(path.lastIndexOf(".") + 1);
        return textsAt(inputs, `${path}.name`).map((name) => normal(`${id}/${list}/${name}`));
    });
    for (const [path, value] of idsIn(inputs, "")) {
        const named = normal(value);
        if (!named.startsWith(own) || known.includes(named)) continue;
        refuse("InvalidResourceReference", `${path}: this has no ${value.slice(own.length)}`);
    }
}

/** What still holds the id of this object, or of a part of it, in a way that keeps Azure from deleting it. */
export function heldBy(
    cloud: Cloud,
    object: CloudObject,
    types: readonly string[],
): { readonly holder: CloudObject; readonly path: string } | undefined {
    const whole = normal(object.id);
    for (const type of types) {
        for (const holder of cloud.all(type)) {
            if (holder !== object && normal(holder.id).startsWith(`${whole}/`))
                return { holder, path: "id" };
            for (const [path, value] of idsIn(holder.outputs, "")) {
                const id = normal(value);
                if (path !== "id" && (id === whole || id.startsWith(`${whole}/`)))
                    return { holder, path };
            }
        }
    }
    return undefined;
}

/** What was left in a vault of keys went with it. @see https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview */
function wentWithVault(cloud: Cloud, { id }: CloudObject): boolean {
    const [, vault] = /^(.*\/vaults\/[^/]+)\/(?:keys|secrets)\/[^/]+$/i.exec(id) ?? [];
    return vault !== undefined && findById(cloud, vault) === undefined;
}

/** Refuses to delete a group with something in it: Azure would delete that too, whoever it belongs to. */
export function refuseFullGroup(cloud: Cloud, group: CloudObject): void {
    const inside = `${normal(group.id)}/`;
    const rest = cloud
        .all()
        .filter((each) => isAzures(each) && normal(each.id).startsWith(inside))
        .filter((each) => !wentWithVault(cloud, each));
    const [first] = rest;
    if (first === undefined) return;
    const more = rest.length === 1 ? "" : ` and ${rest.length - 1} more`;
    refuse(
        "ResourceGroupNotEmpty",
        `${group.id} still holds ${shortName(first.type)} ${first.id}${more}, which Azure would delete with it; ` +
            "let them depend on the group, so that they go first",
    );
}
