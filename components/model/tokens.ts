/** The type token of the cluster component, which the gate policy looks for. */
export const clusterType = "steward:index:Cluster";

/** The type token of the root stack. */
export const stackType = "pulumi:pulumi:Stack";

const layerToken = /^steward:(?!index:)[^:]+:[^:]+$/;

/** Whether a type token is that of a layer: `steward:<platform or workload>:<Noun>`. */
export function isLayerType(type: string): boolean {
    return layerToken.test(type);
}

/** Whether a type token is that of a provider: credentials and defaults, nothing in a cloud. */
export function isProviderType(type: string): boolean {
    return type.startsWith("pulumi:providers:");
}

/**
 * The types of a resource and of its ancestors, the outermost first; the root stack is left out.
 *
 * @param urn `urn:pulumi:<stack>::<project>::<type>$<type>::<name>`; the name may hold anything.
 */
export function typesOf(urn: string): string[] {
    return urn.split("::", 3)[2]?.split("$") ?? [];
}
