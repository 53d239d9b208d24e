import type { Problem } from "../../components/model/problem";
import { wordProblem } from "../../components/model/problem";
import { isProviderType, stackType } from "../../components/model/tokens";
import type { Plain } from "../plain";
import { isPlain } from "../plain";
import type { Resource } from "../resource";

/** One resource of an exported state: what the rules see, and what a reader wants to know besides. */
export interface StateResource extends Resource {
    readonly name: string;
    /** The identifier in the cloud; absent for components. */
    readonly id?: string;
    /** Replaced already, and deleted by the next update. */
    readonly pendingDelete: boolean;
    /** Left in the cloud when the engine deletes it from the state. */
    readonly retained?: true;
}

/** A file that is no state, or none of ours: `path: what; what to do`. */
export class StateProblem extends Error {
    override readonly name = "StateProblem";

    constructor(readonly problem: Problem) {
        super(wordProblem(problem));
    }
}

/** Stands where a state holds a secret. Not a string, so that no rule takes it for a known value. */
export const sealed: unknown = Object.freeze({ sealed: true });

/**
 * The key and value by which the engine marks a secret in a state, over its ciphertext or its plain text.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go
 */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Versions of an exported deployment that list their resources alike. */
const versions: ReadonlySet<unknown> = new Set([3, 4]);

const exportAgain = "take what `pulumi stack export` writes";

/**
 * Reads an exported state, or the file in which a `file://` backend keeps one.
 *
 * Secrets stay sealed: neither their ciphertext nor a plain text comes out of here.
 *
 * @param json The parsed file.
 * @returns every resource, parents before children, as the state lists them; none for an empty stack.
 * @throws StateProblem when it is no state.
 */
export function readState(json: unknown): StateResource[] {
    if (!isPlain(json)) refuse("state", "is not an object", exportAgain);
    if (!versions.has(json["version"])) {
        const found = json["version"] === undefined ? "is missing" : "is not 3 or 4";
        refuse("version", found, exportAgain);
    }
    const { path, deployment } = deploymentOf(json);
    const { resources = [] } = deployment;
    if (!Array.isArray(resources)) refuse(`${path}.resources`, "is not a list", exportAgain);
    return resources.map((entry: unknown, at) => readResource(entry, `${path}.resources[${at}]`));
}

function deploymentOf({ deployment, checkpoint }: Plain): { path: string; deployment: Plain } {
    if (isPlain(deployment)) return { path: "deployment", deployment };
    if (isPlain(checkpoint)) {
        const { latest = {} } = checkpoint;
        if (isPlain(latest)) return { path: "checkpoint.latest", deployment: latest };
    }
    return refuse("deployment", "is missing", exportAgain);
}

function readResource(entry: unknown, path: string): StateResource {
    if (!isPlain(entry)) refuse(path, "is not a resource", exportAgain);
    const { urn, type, parent, id } = entry;
    if (typeof urn !== "string" || !urn.startsWith("urn:pulumi:")) {
        refuse(`${path}.urn`, "is not the URN of a resource", exportAgain);
    }
    if (typeof type !== "string") refuse(`${path}.type`, "is missing", exportAgain);
    const ofCloud = type !== stackType && !isProviderType(type);
    return {
        type,
        urn,
        name: nameOf(urn),
        custom: entry["custom"] === true && ofCloud,
        parent: typeof parent === "string" ? parent : undefined,
        protect: entry["protect"] === true,
        inputs: seal(entry["inputs"]),
        outputs: seal(entry["outputs"]),
        dependencies: readDependencies(entry["propertyDependencies"]),
        ...(typeof id === "string" && id !== "" ? { id } : {}),
        pendingDelete: entry["delete"] === true,
        ...(entry["retainOnDelete"] === true ? { retained: true as const } : {}),
    };
}

/** `urn:pulumi:<stack>::<project>::<types>::<name>`; the name may hold anything, `::` included. */
function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

function readDependencies(value: unknown): Record<string, readonly string[]> {
    if (!isPlain(value)) return {};
    const entries = Object.entries(value).map(([key, urns]): [string, readonly string[]] => [
        key,
        Array.isArray(urns) ? urns.filter((urn) => typeof urn === "string") : [],
    ]);
    return Object.fromEntries(entries);
}

function seal(value: unknown): Plain {
    const open = withoutSecrets(value);
    return isPlain(open) ? open : {};
}

function withoutSecrets(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withoutSecrets);
    if (!isPlain(value)) return value;
    if (value[signatureKey] === secretSignature) return sealed;
    const entries = Object.entries(value).map(
        ([key, each]) => [key, withoutSecrets(each)] as const,
    );
    return Object.fromEntries(entries);
}

function refuse(path: string, message: string, fix: string): never {
    throw new StateProblem({ path, message, fix });
}
