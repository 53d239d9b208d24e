import type { Owner } from "./matrix";

/** Keys that are legal as AWS tags, Azure tags and Kubernetes labels alike: no `/`, no `:`. */
export const ownerKeys = {
    role: "owner-role",
    party: "owner-party",
    layer: "owner-layer",
    hub: "hub",
    cluster: "cluster",
    environment: "environment",
    managedBy: "managed-by",
    contact: "owner-contact",
    /** Of a machine: the roles that answer for what lies below its service. */
    os: "owner-os",
    hosting: "owner-hosting",
} as const;

/** The keys that a carrier must show, with the values of its layer. */
export const requiredKeys = [
    ownerKeys.role,
    ownerKeys.party,
    ownerKeys.layer,
    ownerKeys.cluster,
    ownerKeys.environment,
    ownerKeys.managedBy,
] as const;

/** The annotation that carries the contact on Kubernetes, where a label takes no `@`. */
export const contactAnnotation = "steward/owner-contact";

/** Legal as a tag value on both clouds and as a Kubernetes label value; `2i2c` starts with a digit. */
export const slugPattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The labels that say who owns a Kubernetes object; `hub` only where the layer is one hub's. */
export function ownerLabels(owner: Owner): Record<string, string> {
    return {
        [ownerKeys.role]: owner.role,
        [ownerKeys.party]: owner.party,
        [ownerKeys.layer]: owner.layer,
        ...(owner.scope === undefined ? {} : { [ownerKeys.hub]: owner.scope }),
        [ownerKeys.cluster]: owner.cluster,
        [ownerKeys.environment]: owner.environment,
        [ownerKeys.managedBy]: "steward",
    };
}

/** The tags that say who owns a cloud resource, its contact included. */
export function ownerTags(owner: Owner): Record<string, string> {
    return { ...ownerLabels(owner), [ownerKeys.contact]: owner.contact };
}
