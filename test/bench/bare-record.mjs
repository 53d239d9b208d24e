// Turns the state of a rehearsed stack into the same resources declared bare: no components, no owner.
import { ownerKeysOf } from "./owner-keys.mjs";

const stackType = "pulumi:pulumi:Stack";

const splitUrn = (urn) => urn.split("::");
const typeAndName = (urn) => splitUrn(urn).slice(2);

/** The name of a resource in the bare stack: components above it, and so its URN's types, fall away. */
function bareUrn({ urn, type }) {
    const [project, stack] = splitUrn(urn);
    const [, ...name] = typeAndName(urn);
    return [project, stack, type, ...name].join("::");
}

/**
 * @param deployment A deployment as the engine keeps it, with plain or sealed secrets.
 * @returns the deployment of the bare stack: custom resources and the root stack.
 */
export function bareDeployment(deployment) {
    const kept = deployment.resources.filter(({ custom, type }) => custom || type === stackType);
    const urns = new Map(kept.map((each) => [each.urn, bareUrn(each)]));
    if (new Set(urns.values()).size < urns.size) throw new Error("two bare resources of one name");
    const root = kept.find(({ type }) => type === stackType).urn;
    const known = (list = []) => list.map((urn) => urns.get(urn)).filter(Boolean);
    const reference = (provider) => {
        const at = provider.lastIndexOf("::");
        return `${urns.get(provider.slice(0, at))}${provider.slice(at)}`;
    };
    const resources = kept.map(({ stackTrace, sourcePosition, ...each }) => ({
        ...each,
        urn: urns.get(each.urn),
        ...(each.urn === root ? {} : { parent: root }),
        ...(each.provider ? { provider: reference(each.provider) } : {}),
        inputs: withoutOwner(each.inputs ?? {}),
        outputs: withoutOwner(each.urn === root ? {} : (each.outputs ?? {})),
        dependencies: known(each.dependencies),
        propertyDependencies: Object.fromEntries(
            Object.entries(each.propertyDependencies ?? {}).map(([key, list]) => [
                key,
                known(list),
            ]),
        ),
    }));
    return { ...deployment, resources };
}

/** A value without the tags, labels and annotations that name an owner. */
function withoutOwner(value) {
    if (Array.isArray(value)) {
        const owned = value.some((each) => each?.key === ownerKeysOf.mark);
        const kept = owned ? value.filter((each) => !ownerKeysOf.all.has(each?.key)) : value;
        return kept.map(withoutOwner);
    }
    if (typeof value !== "object" || value === null) return value;
    const owned = ownerKeysOf.marks.some((key) => key in value);
    const kept = Object.entries(value).filter(
        ([key, each]) => !(owned && ownerKeysOf.all.has(key)) && !isOwnerText(each),
    );
    return Object.fromEntries(kept.map(([key, each]) => [key, withoutOwner(each)]));
}

/** `owner-role=…`, as the parameters of a StorageClass have it. */
function isOwnerText(value) {
    return typeof value === "string" && /^[a-z-]+=/.test(value)
        ? ownerKeysOf.all.has(value.slice(0, value.indexOf("=")))
        : false;
}
