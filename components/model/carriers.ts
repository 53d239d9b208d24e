import aws from "./carriers/aws.generated.json";
import azure from "./carriers/azure-native.generated.json";

export { readOwnerKeys } from "./carriers/owner-keys";

/** What an owner counts as in the coverage of a stack. `layer`: only the layer above the resource says it. */
export type CarrierKind = "tag" | "label" | "host-file" | "layer";

/** Each way in which a resource type carries its owner, and what it counts as. */
export const carrierKinds = {
    /** `tags: { key: value }`. */
    map: "tag",
    /** `tags: [{ key, value, propagateAtLaunch }]`, an auto-scaling group. */
    "propagating-list": "tag",
    /** `tags: [{ key, value }]`; no type of the packages here, but of others a stack file may name. */
    "key-value-list": "tag",
    /** `metadata.labels`. */
    labels: "label",
    /** A command on a host: the owner stands in a file there, not in the inputs of the command. */
    "host-file": "host-file",
    /** One tag of another resource, as a resource: it cannot be tagged itself. */
    "tag-resource": "layer",
    /**
     * A map of metadata on Azure. Storage takes only C# identifiers as keys, so no `owner-role`; on other types
     * it configures the service. It never counts as the owner's.
     * @see https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
     */
    metadata: "layer",
    /** Nothing of its own. */
    none: "layer",
} as const satisfies Record<string, CarrierKind>;

export type CarrierShape = keyof typeof carrierKinds;

/** By type, module or package, the narrowest first; a shape of undefined shuts out what a wider rule lets in. */
const byHand = new Map<string, CarrierShape | undefined>([
    ["pulumi:pulumi", "none"], // the stack itself and references to others: nothing in a cloud
    ["pulumi:providers", "none"], // credentials and defaults of a package: nothing in a cloud
    ["steward", "none"], // our own components: their owner is an input of theirs, which the gate reads
    ["random", "none"], // values that live in the state alone
    ["tls", "none"], // keys and certificates that live in the state alone
    ["command:local", "none"], // runs where the engine runs and leaves nothing the engine knows of
    ["command:remote", "host-file"], // writes to a host, which has a file of its own for the owner
    ["kubernetes:helm.sh/v3:Chart", "none"], // a component: its children carry the labels
    ["kubernetes:helm.sh/v4:Chart", "none"], // a component: its children carry the labels
    ["kubernetes:kustomize", "none"], // components: their children carry the labels
    ["kubernetes:kustomize/v2", "none"], // components: their children carry the labels
    ["kubernetes:yaml", "none"], // components: their children carry the labels
    ["kubernetes:yaml/v2", "none"], // components: their children carry the labels
    ["kubernetes:helm.sh/v3:Release", undefined], // hides the objects it makes from every policy
    ["kubernetes:meta/v1:Status", undefined], // the answer to a request, no object that is kept
]);

interface Listing {
    readonly types: Readonly<Record<string, Readonly<Partial<Record<CarrierShape, string>>>>>;
}

const unfolded = new Map<string, ReadonlyMap<string, CarrierShape>>();

/** The shapes in one module of a listing, unfolded when the first of its types is asked for. */
function moduleShapes(name: string, { types }: Listing, module: string) {
    const key = `${name}:${module}`;
    const known = unfolded.get(key);
    if (known !== undefined) return known;
    const shapes = new Map<string, CarrierShape>();
    const groups = Object.hasOwn(types, module) ? types[module] : {};
    for (const [shape, kinds] of Object.entries(groups ?? {})) {
        for (const kind of kinds.split(" ")) shapes.set(kind, shape as CarrierShape);
    }
    unfolded.set(key, shapes);
    return shapes;
}

/** `aws:ec2/vpc:Vpc`: the module, then the kind twice. */
const awsToken = /^aws:(\w+)\/(\w)(\w*):(\w)\3$/;

function awsShape(type: string): CarrierShape | undefined {
    const [, module = "", small = "", rest = "", capital = ""] = awsToken.exec(type) ?? [];
    if (small !== capital.toLowerCase()) return undefined;
    return moduleShapes("aws", aws, module).get(`${capital}${rest}`);
}

/** `azure-native:network/v20230501:Subnet`, or the same type of a package generated for one API version. */
const azureToken = /^azure-native(?:_\w+_v\d{8}\w*)?:(\w+)(?:\/v\d{8}\w*)?:(\w+)$/;

function azureShape(type: string): CarrierShape | undefined {
    const [, module = "", kind = ""] = azureToken.exec(type) ?? [];
    return moduleShapes("azure-native", azure, module).get(kind);
}

/** An object of the Kubernetes API, built in or custom: `core/v1:ConfigMap`, `cert-manager.io/v1:Issuer`. */
const kubernetesObject = /^kubernetes:[a-z0-9.-]+\/v[a-z0-9]+:[A-Z]\w*$/;

/**
 * Every object has labels. A patch belongs to the layer that patches, its object to another. A list is not
 * kept as such, and would hide what its items carry.
 */
function kubernetesShape(type: string): CarrierShape | undefined {
    if (!kubernetesObject.test(type) || type.endsWith("List")) return undefined;
    return type.endsWith("Patch") ? "none" : "labels";
}

/** The lists of the groups that Kubernetes itself has: the group of a custom kind is a domain of somebody else's. */
const builtInList = /^kubernetes:([a-z0-9]+|[a-z0-9.-]+\.k8s\.io)\/v[a-z0-9]+:\w+List$/;

/** Whether a type hides from every policy what it makes or holds, so that no entry of a stack file lets it in. */
export function isShutOut(type: string): boolean {
    return (byHand.has(type) && byHand.get(type) === undefined) || builtInList.test(type);
}

/** The keys under which a type may be classified, the narrowest first: the type, its module, its package. */
export function keysOf(type: string): readonly [string, string, string] {
    const [name = "", module = ""] = type.split(":", 2);
    return [type, `${name}:${module}`, name];
}

/**
 * Where resources of a type carry their owner by what Steward knows; `carrierIn` heeds the stack file as well.
 *
 * @param type A type token as it stands in a URN: `aws:ec2/vpc:Vpc`, `kubernetes:core/v1:ConfigMap`.
 * @returns undefined for a type that nobody classified: take it for one that carries no owner and refuse it.
 * @see docs/carriers.md for the rules and their sources.
 */
export function carrierOf(type: string): CarrierShape | undefined {
    const keys = keysOf(type);
    for (const key of keys) {
        if (byHand.has(key)) return byHand.get(key);
    }
    const [, , name] = keys;
    if (name === "aws") return awsShape(type);
    return name === "kubernetes" ? kubernetesShape(type) : azureShape(type);
}
