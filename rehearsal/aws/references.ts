import type { Cloud, CloudObject } from "../provider/stand-in";
import type { Admission, Reference, Unique } from "./aws-type";
import { refuse, shortName } from "./aws-type";
import { textsAt } from "./look";
import { admitsService } from "./policy-document";

function names(object: CloudObject, by: readonly string[], value: string): boolean {
    return by.some((path) =>
        path === "id" ? object.id === value : textsAt(object.outputs, path).includes(value),
    );
}

/** Objects of other regions are out of reach by name or id; an ARN says its region itself. */
function inReach(object: CloudObject, region: string, value: string): boolean {
    const there = object.outputs["region"];
    return typeof there !== "string" || there === region || value.startsWith("arn:");
}

/** What an argument names, or undefined where there is no such thing. */
export function resolve(
    cloud: Cloud,
    region: string,
    reference: Pick<Reference, "to" | "by">,
    value: string,
): CloudObject | undefined {
    const by = reference.by ?? ["id"];
    for (const type of by.includes("id") ? reference.to : []) {
        const found = cloud.find(type, value);
        if (found !== undefined && inReach(found, region, value)) return found;
    }
    for (const object of cloud.mentioning(value)) {
        if (!reference.to.includes(object.type)) continue;
        if (names(object, by, value) && inReach(object, region, value)) return object;
    }
    return undefined;
}

/** Refuses arguments that name what is not there, and roles that the service cannot assume. */
export function checkReferences(
    { inputs, region, cloud }: Admission,
    references: readonly Reference[],
): void {
    for (const reference of references) {
        for (const value of textsAt(inputs, reference.path)) {
            if (value === "" || reference.foreign?.(value) === true) continue;
            const found = resolve(cloud, region, reference, value);
            if (found === undefined) {
                const kinds = reference.to.map(shortName).join(" or ");
                const where = `${reference.path}: there is no ${kinds} ${value} in ${region}`;
                refuse(reference.code, `${where}; create it first, or correct the value`);
            }
            checkTrust(found, reference);
        }
    }
}

function checkTrust(role: CloudObject, { path, assumedBy, code }: Reference): void {
    const trust = role.outputs["assumeRolePolicy"];
    if (assumedBy === undefined || typeof trust !== "string") return;
    if (admitsService(trust, assumedBy, "sts:AssumeRole")) return;
    refuse(
        code,
        `${path}: the trust policy of ${role.id} does not let ${assumedBy} assume it; ` +
            `allow sts:AssumeRole to that service`,
    );
}

/** Refuses a name that is taken. */
export function checkUnique(
    { type, region, cloud, old }: Admission,
    outputs: CloudObject["outputs"],
    rules: readonly Unique[],
): void {
    for (const { by, code, within } of rules) {
        const wanted = by.map((path) => textsAt(outputs, path).join(" "));
        const [first = ""] = wanted;
        if (first === "") continue;
        for (const other of cloud.mentioning(first)) {
            if (other.type !== type || other.id === old?.id) continue;
            if (within === "region" && other.outputs["region"] !== region) continue;
            const taken = by.every(
                (path, at) => textsAt(other.outputs, path).join(" ") === wanted[at],
            );
            if (!taken) continue;
            const where = within === "region" ? region : "this account";
            refuse(
                code,
                `${by.join(", ")}: ${wanted.join(", ")} is taken by another ${shortName(type)} in ` +
                    `${where}; choose another name, or import that one`,
            );
        }
    }
}

/** Who refers to whom and holds it: types by the type that they hold. */
export type Holders = ReadonlyMap<string, readonly (readonly [string, Reference])[]>;

/** Turns the table of references around. */
export function holdersIn(
    types: Readonly<Record<string, { readonly references?: readonly Reference[] }>>,
): Holders {
    const holders = new Map<string, (readonly [string, Reference])[]>();
    for (const [type, { references = [] }] of Object.entries(types)) {
        for (const reference of references.filter(({ holds }) => holds)) {
            for (const target of reference.to) {
                const known = holders.get(target) ?? [];
                known.push([type, reference]);
                holders.set(target, known);
            }
        }
    }
    return holders;
}

/** The first object that still refers to this one in a way that keeps AWS from deleting it. */
export function heldBy(
    cloud: Cloud,
    object: CloudObject,
    holders: Holders,
): { readonly holder: CloudObject; readonly path: string } | undefined {
    for (const [type, { path, by = ["id"] }] of holders.get(object.type) ?? []) {
        const values = by.flatMap((each) =>
            each === "id" ? [object.id] : textsAt(object.outputs, each),
        );
        for (const value of values) {
            for (const holder of cloud.mentioning(value)) {
                if (holder.type !== type || holder === object) continue;
                if (textsAt(holder.outputs, path).includes(value)) return { holder, path };
            }
        }
    }
    return undefined;
}
