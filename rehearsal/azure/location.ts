import type { Cloud } from "../provider/stand-in";
import { text } from "../provider/stand-in";
import type { Props } from "../provider/values";
import { Unknown } from "../provider/values";
import { normalLocation, subscriptionOf } from "./account";
import type { AzureType, Problem } from "./azure-type";
import { grammarOf } from "./published";
import { findById } from "./references";

/**
 * Fills the location in as the provider does: the one before, else that of its own settings, else that of the
 * resource group, which is not known as long as the group is not.
 *
 * @see https://www.pulumi.com/registry/packages/azure-native/installation-configuration/
 */
export function fillLocation(
    type: string,
    inputs: Props,
    old: Props | undefined,
    config: Props,
    cloud: Cloud,
): Props {
    const has = Object.hasOwn(grammarOf(type).properties, "location");
    if (!has || (inputs["location"] ?? null) !== null) return inputs;
    const before = old === undefined ? undefined : text(old, "location");
    const set = text(config, "location");
    if (before ?? set) return { ...inputs, location: before ?? set ?? "" };
    const group = inputs["resourceGroupName"];
    if (group === Unknown) return { ...inputs, location: Unknown };
    if (typeof group !== "string") return inputs;
    const id = `/subscriptions/${subscriptionOf(config)}/resourceGroups/${group}`;
    const there = text(findById(cloud, id)?.outputs ?? {}, "location");
    return there === undefined ? inputs : { ...inputs, location: there };
}

/** What is wrong with where a resource is to be. */
export function* locationProblems(
    type: string,
    azure: AzureType,
    inputs: Props,
): Generator<Problem> {
    const argument = grammarOf(type).properties["location"];
    const location = text(inputs, "location");
    if (argument === undefined) return;
    if (location === undefined) {
        if (inputs["location"] !== Unknown && azure.location === "global")
            yield { property: "location", reason: "is global and not given" };
        return;
    }
    const isGlobal = normalLocation(location) === "global";
    if (azure.location === "global" && !isGlobal)
        yield { property: "location", reason: `is ${location}; this exists only as global` };
    if (azure.location === undefined && isGlobal)
        yield { property: "location", reason: "is global; this exists only in a region" };
}
