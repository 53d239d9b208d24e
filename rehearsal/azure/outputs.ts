import { hex, now, uuid } from "../provider/identifiers";
import type { Props, Value } from "../provider/values";
import { isProps, same, Unknown } from "../provider/values";
import { armType, lastOf } from "./arm-id";
import type { AzureType, Making } from "./azure-type";
import { grammarOf } from "./published";
import { findById } from "./references";

/** Lists of ids go in as the names of a map, and come out as one. */
function identityOf({ inputs, old: last, cloud, tenantId }: Making): Value {
    const given = inputs["identity"];
    const before = last?.outputs["identity"];
    if (!isProps(given)) return given ?? null;
    const kind = typeof given["type"] === "string" ? given["type"] : "";
    const old = isProps(before) ? before : {};
    const system: Props = /SystemAssigned/i.test(kind)
        ? { principalId: old["principalId"] ?? uuid(), tenantId }
        : {};
    const named = given["userAssignedIdentities"];
    if (!Array.isArray(named)) return { ...given, ...system };
    const known = isProps(old["userAssignedIdentities"]) ? old["userAssignedIdentities"] : {};
    const users = named.map((id): [string, Value] => {
        const name = typeof id === "string" ? id : "";
        const { clientId, principalId } = findById(cloud, name)?.outputs ?? {};
        const made: Props = { clientId: clientId ?? uuid(), principalId: principalId ?? uuid() };
        return [name, known[name] ?? made];
    });
    const open = named.some((id) => typeof id !== "string");
    return {
        ...given,
        ...system,
        userAssignedIdentities: open ? Unknown : Object.fromEntries(users),
    };
}

/** The value with something done to what a dotted path leads to, through lists. */
function changedAt(value: Value, path: readonly string[], change: (at: Value) => Value): Value {
    if (Array.isArray(value)) return value.map((each) => changedAt(each, path, change));
    const [key, ...rest] = path;
    if (key === undefined) return change(value);
    if (!isProps(value) || value[key] === undefined) return value;
    return { ...value, [key]: changedAt(value[key], rest, change) };
}

function without(props: Props, path: string): Props {
    const steps = path.split(".");
    const last = steps.pop() ?? "";
    const dropped = (at: Value): Value =>
        isProps(at) ? Object.fromEntries(Object.entries(at).filter(([key]) => key !== last)) : at;
    return changedAt(props, steps, dropped) as Props;
}

/** Gives each element of a list of parts its id, as the resource manager does. */
function numbered(props: Props, path: string, id: string): Props {
    const list = path.slice(path.lastIndexOf(".") + 1);
    const part = (at: Value): Value => {
        if (!isProps(at) || typeof at["name"] !== "string") return at;
        return { ...at, id: id === "" ? Unknown : `${id}/${list}/${at["name"]}` };
    };
    return changedAt(props, path.split("."), part) as Props;
}

/** Outputs that say what went in, and what is certain of every resource. */
export function certain(type: string, azure: AzureType, making: Making): Props {
    const { outputs, apiVersion } = grammarOf(type);
    const { inputs, id } = making;
    const told = Object.entries({ ...azure.defaults, ...inputs }).filter(([key]) =>
        outputs.includes(key),
    );
    let props: Props = Object.fromEntries(told);
    for (const path of azure.writeOnly ?? []) props = without(props, path);
    for (const path of azure.parts ?? []) props = numbered(props, path, id);
    if (isProps(props["identity"])) props["identity"] = identityOf(making);
    return apiVersion === "" ? props : { ...props, azureApiVersion: apiVersion };
}

/** Outputs that every resource has where its type has them, made once. */
export function common(type: string, id: string): Props {
    const { outputs } = grammarOf(type);
    const time = now();
    const all: Props = {
        name: lastOf(id),
        type: armType(id),
        etag: `W/"${uuid()}"`,
        provisioningState: "Succeeded",
        resourceGuid: uuid(),
        systemData: {
            createdAt: time,
            createdBy: "rehearsal",
            createdByType: "User",
            lastModifiedAt: time,
            lastModifiedBy: "rehearsal",
            lastModifiedByType: "User",
        },
        uniqueId: hex(32),
    };
    return Object.fromEntries(Object.entries(all).filter(([key]) => outputs.includes(key)));
}

/** A made-up output in a preview: what the inputs say stays, everything else is unknown. */
export function blurred(value: Value | undefined, input: Value | undefined): Value {
    if (value === undefined || value === Unknown) return Unknown;
    if (input !== undefined && same(value, input)) return value;
    if (!isProps(value) || !isProps(input)) return Unknown;
    const entries = Object.entries(value).map(([key, each]): [string, Value] => [
        key,
        blurred(each, input[key]),
    ]);
    return Object.fromEntries(entries);
}
