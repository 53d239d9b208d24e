import { carrierOf } from "../components/model/carriers";
import { isProviderType, stackType } from "../components/model/tokens";
import type { Plain } from "./plain";

/** One resource as the rules see it: of a running program, or of an exported state. */
export interface Resource {
    readonly type: string;
    readonly urn: string;
    /** In a cloud or on a host, not a component, a provider or the stack. */
    readonly custom: boolean;
    /** URN of the parent; undefined for the root stack and what has none. */
    readonly parent: string | undefined;
    readonly protect: boolean;
    readonly inputs: Plain;
    /** Empty until it was made. */
    readonly outputs: Plain;
    /** Input → URNs of the resources that its value came from. */
    readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/**
 * Whether a resource is one in a cloud or on a host. A policy is not told; only such a resource has a provider,
 * and a type that can carry an owner is taken for one even if the state has lost its provider.
 */
export function isCustom(type: string, hasProvider: boolean): boolean {
    if (type === stackType || isProviderType(type)) return false;
    const shape = carrierOf(type);
    return hasProvider || (shape !== undefined && shape !== "none");
}
