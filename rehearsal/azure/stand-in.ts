import { version } from "@pulumi/azure-native/package.json";
import type {
    CloudObject,
    Existing,
    Failure,
    ResourceRequest,
    StandIn,
} from "../provider/stand-in";
import { text } from "../provider/stand-in";
import { valuesAt } from "../provider/look";
import type { Props, Value } from "../provider/values";
import { isProps, same, Unknown } from "../provider/values";
import { normalLocation, subscriptionOf, tenantOf } from "./account";
import { checkParents, checkTaken } from "./admission";
import { argumentsOf, idFrom, nameArgument } from "./arm-id";
import { fillName, isMadeUp } from "./autoname";
import type { AzureType, Making, Problem } from "./azure-type";
import { refuse, shortName } from "./azure-type";
import { grammarProblems } from "./grammar";
import { fillLocation, locationProblems } from "./location";
import { lookUp } from "./lookups";
import { nameProblem, reservedProblem } from "./names";
import { blurred, certain, common } from "./outputs";
import { checkParts, checkReferences, heldBy, refuseFullGroup } from "./references";
import { tagProblems } from "./tags";
import { azureTypes, resourceGroupType } from "./types";
import { refuseLocked } from "./types/authorization";

function typeOf(token: string): AzureType {
    const known = Object.hasOwn(azureTypes, token) ? azureTypes[token] : undefined;
    return known ?? refuse("NotRehearsed", unknownType(token));
}

function unknownType(token: string): string {
    return `the rehearsal does not know ${token}; add it to a file of rehearsal/azure/types/`;
}

/** Whether it is there, or lies in something that is not known yet: the SDK makes one output of some blocks. */
function mayBeGiven(inputs: Props, path: string): boolean {
    const parts = path.split(".");
    return parts.some((_, at) => {
        const values = valuesAt(inputs, parts.slice(0, at + 1).join("."));
        return at === parts.length - 1 ? values.length > 0 : values.includes(Unknown);
    });
}

function* ownProblems(type: string, azure: AzureType, inputs: Props): Generator<Problem> {
    const name = nameArgument(azure.path);
    for (const property of [...argumentsOf(azure.path), ...(azure.required ?? [])]) {
        if (property === "subscriptionId" || mayBeGiven(inputs, property)) continue;
        yield { property, reason: "is required and not given" };
    }
    yield* grammarProblems(type, inputs);
    const value = name === undefined ? undefined : text(inputs, name);
    if (name !== undefined && value !== undefined) {
        const wrong = azure.name === undefined ? undefined : nameProblem(value, azure.name);
        const reserved = azure.unique === "global" ? reservedProblem(value) : undefined;
        for (const reason of [wrong, reserved])
            if (reason !== undefined) yield { property: name, reason };
    }
    yield* tagProblems(inputs, azure.tagLimits);
    yield* locationProblems(type, azure, inputs);
    yield* azure.inputProblems?.(inputs) ?? [];
}

function differs(before: Props, after: Props, path: string): boolean {
    const [one, other] = [valuesAt(before, path), valuesAt(after, path)];
    return other.includes(Unknown) || !same([...one], [...other]);
}

/**
 * The paths by which two values differ, as the provider tells them: into objects, as far as names are plain; a list is
 * told whole.
 */
function differing(before: Value | undefined, after: Value | undefined, path: string): string[] {
    if (!isProps(before) || !isProps(after)) return [path];
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
        (key) => !same(before[key], after[key]),
    );
    if (!keys.every((key) => /^\w+$/.test(key))) return [path];
    return keys.flatMap((key) => differing(before[key], after[key], `${path}.${key}`));
}

/** What replaces the resource: where it stands, its name, its region, and what its type says. */
function replacing(azure: AzureType, old: Props, now: Props): readonly string[] {
    const place = argumentsOf(azure.path).filter((each) => differs(old, now, each));
    const own = (azure.immutable ?? []).filter((path) => differs(old, now, path));
    const was = old["location"];
    const is = now["location"];
    const moved =
        typeof was === "string" && typeof is === "string"
            ? normalLocation(was) !== normalLocation(is)
            : !same(was, is);
    const found = [...place, ...own, ...(moved ? ["location"] : [])];
    return [...new Set(found.map((path) => path.replace(/\..*$/, "")))];
}

function making(request: ResourceRequest, id: string, old?: CloudObject): Making {
    const { inputs, cloud, config } = request;
    return { id, inputs, cloud, tenantId: tenantOf(config), ...(old === undefined ? {} : { old }) };
}

function create(request: ResourceRequest & { preview: boolean }) {
    const { type, inputs, cloud, config, preview } = request;
    const azure = typeOf(type);
    if (preview) {
        const seen = making(request, "");
        const known = certain(type, azure, seen);
        const made = {
            ...common(type, ""),
            ...azure.made?.(seen),
            ...azure.computed?.(seen),
        };
        const entries = Object.entries(made).map(([key, each]): [string, Value] => [
            key,
            blurred(each, inputs[key]),
        ]);
        return { id: "", outputs: { ...known, ...Object.fromEntries(entries) } };
    }
    const id = idFrom(azure.path, inputs, subscriptionOf(config)) ?? refuse("InvalidRequest", type);
    const admission = { type, id, inputs, cloud };
    if (azure.setting !== true) checkTaken(admission, azure);
    checkParents(admission, azure);
    checkReferences(id, inputs, cloud);
    checkParts(id, inputs, azure.parts ?? []);
    azure.admit?.(admission);
    const whole = making(request, id);
    const outputs = {
        ...certain(type, azure, whole),
        ...common(type, id),
        ...azure.made?.(whole),
        ...azure.computed?.(whole),
    };
    return { id, outputs };
}

function update(request: Existing & { preview: boolean }) {
    const { type, inputs, cloud, old, preview } = request;
    const azure = typeOf(type);
    const fixed = (azure.fixed ?? []).filter((path) => differs(old.inputs, inputs, path));
    const barred = [...replacing(azure, old.inputs, inputs), ...fixed];
    if (!preview && barred.length > 0) {
        const what = `${barred.join(", ")}: a ${shortName(type)} cannot change this in place`;
        refuse("PropertyChangeNotAllowed", `${what}; replace ${old.id}`);
    }
    if (!preview) {
        const admission = { type, id: old.id, inputs, cloud, old };
        checkReferences(old.id, inputs, cloud);
        checkParts(old.id, inputs, azure.parts ?? []);
        azure.admit?.(admission);
    }
    const seen = making(request, old.id, old);
    const kept = Object.entries(old.outputs).filter(([key]) => !(key in old.inputs));
    const computed = azure.computed?.(seen) ?? {};
    const entries = Object.entries(computed).map(([key, each]): [string, Value] => [
        key,
        !preview || same(each, old.outputs[key]) ? each : blurred(each, inputs[key]),
    ]);
    return {
        outputs: {
            ...Object.fromEntries(kept),
            ...certain(type, azure, seen),
            ...Object.fromEntries(entries),
        },
    };
}

/**
 * Stands in for @pulumi/azure-native: an empty subscription that refuses what Azure refuses. Nothing leaves the
 * machine. It takes a resource group that the program did not make for somebody else's, with all that is in it.
 */
export const azureStandIn: StandIn = {
    package: "azure-native",
    version,
    check({ type, name, inputs, old, cloud, config }) {
        const azure = Object.hasOwn(azureTypes, type) ? azureTypes[type] : undefined;
        if (azure === undefined) {
            return { inputs, failures: [{ property: "", reason: unknownType(type) }] };
        }
        const named = fillName(name, inputs, old, azure.path);
        const filled = fillLocation(type, named, old, config, cloud);
        // Without a property, for the engine prints the value of one that it is told of.
        const failures = [...ownProblems(type, azure, filled)].map(
            ({ property, reason }): Failure => ({
                property: "",
                reason: `${property}: ${reason}`,
            }),
        );
        return { inputs: filled, failures };
    },
    diff({ type, name, inputs, old }) {
        const azure = typeOf(type);
        const keys = new Set([...Object.keys(inputs), ...Object.keys(old.inputs)]);
        const given = [...keys].filter((key) => !same(inputs[key], old.inputs[key]));
        const replaces = replacing(azure, old.inputs, inputs);
        const changed = [...new Set([...given, ...replaces])];
        // The provider makes the new one first only where it made its name up itself.
        const first = !isMadeUp(name, inputs, azure.path);
        const within = changed.flatMap((key) => differing(old.inputs[key], inputs[key], key));
        return { changed, within, replaces, deleteBeforeReplace: replaces.length > 0 && first };
    },
    create,
    update,
    delete({ type, cloud, old }) {
        const azure = typeOf(type);
        refuseLocked(old.id, cloud);
        azure.release?.(old, cloud);
        if (type === resourceGroupType) refuseFullGroup(cloud, old);
        const held = heldBy(cloud, old, azure.heldBy ?? []);
        if (held !== undefined)
            refuse(
                azure.inUse ?? "ResourceInUse",
                `${shortName(type)} ${old.id} cannot be deleted: ${shortName(held.holder.type)} ` +
                    `${held.holder.id} refers to it (${held.path}); delete that first`,
            );
    },
    leaves: ({ type, old }) => typeOf(type).leaves?.(old) ?? [],
    invoke: lookUp,
    exclusive({ type, inputs }) {
        const azure = Object.hasOwn(azureTypes, type) ? azureTypes[type] : undefined;
        return azure?.exclusive?.(inputs);
    },
};
