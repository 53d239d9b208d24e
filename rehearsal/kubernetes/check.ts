import { randomBytes } from "node:crypto";
import type { Failure } from "../provider/stand-in";
import type { Props, Value } from "../provider/values";
import { isProps, Unknown } from "../provider/values";
import type { Kind } from "./kinds";
import { isBuiltIn, mayBeCustom } from "./kinds";
import { metadataFailures } from "./metadata";
import { at, entriesAt, textAt } from "./path";
import { workloadFailures } from "./pods";
import { readQuantity } from "./quantity";
import { supportedKubernetes, validateObject } from "./schemas";

/** What the real provider writes on an object that it named itself. */
export const autonamed = "pulumi.com/autonamed";

/** The data of one ConfigMap or Secret, in bytes. https://kubernetes.io/docs/concepts/configuration/configmap/ */
const dataLimit = 1024 * 1024;

/** Fills in what the real provider fills in: apiVersion, kind, and a name where there is none. */
export function complete(kind: Kind, name: string, inputs: Props, old: Props | undefined): Props {
    const metadata = inputs["metadata"] ?? {};
    const completed: Props = { ...inputs, ...kind };
    if (!isProps(metadata) || (metadata["name"] ?? metadata["generateName"] ?? null) !== null) {
        return completed;
    }
    const annotations = isProps(metadata["annotations"]) ? metadata["annotations"] : {};
    const before = new Map(entriesAt(old, "metadata.annotations"));
    const kept = before.get(autonamed) === "true" ? textAt(old, "metadata.name") : undefined;
    completed["metadata"] = {
        ...metadata,
        name: kept ?? `${name}-${randomBytes(4).toString("hex")}`,
        annotations: { ...annotations, [autonamed]: "true" },
    };
    return completed;
}

/** What an API server, the oldest or the newest supported, would refuse in the object alone. */
export function objectFailures(kind: Kind, object: Props): Failure[] {
    if (!isBuiltIn(kind) && !mayBeCustom(kind)) {
        const { oldest, newest } = supportedKubernetes();
        const reason =
            `no matches for kind "${kind.kind}" in version "${kind.apiVersion}": neither Kubernetes ` +
            `${oldest} nor ${newest} has it as far as the rehearsal knows; if they do, add it to ` +
            "scripts/scan-kubernetes-schemas.py";
        return [{ property: "", reason }];
    }
    return [
        ...(isBuiltIn(kind) ? schemaFailures(object) : []),
        ...metadataFailures(kind, object),
        ...workloadFailures(kind, object),
        ...storageFailures(kind, object),
        ...dataFailures(kind, object),
    ];
}

/** Held against the oldest and the newest version; what both say is said once. */
function schemaFailures(object: Props): Failure[] {
    const versions = supportedKubernetes();
    const oldest = validateObject(object, "oldest");
    const newest = validateObject(object, "newest");
    return [...new Set([...oldest, ...newest])].map((problem) => {
        const both = oldest.includes(problem) && newest.includes(problem);
        const only = oldest.includes(problem) ? versions.oldest : versions.newest;
        const [property = "", ...rest] = problem.split(": ");
        const reason = rest.join(": ");
        return { property, reason: both ? reason : `${reason} (Kubernetes ${only})` };
    });
}

function storageFailures({ kind }: Kind, object: Props): Failure[] {
    const path = {
        PersistentVolumeClaim: "spec.resources.requests.storage",
        PersistentVolume: "spec.capacity.storage",
    }[kind];
    if (path === undefined) return [];
    const asked = at(object, path);
    if (asked === Unknown || (readQuantity(asked) ?? 0) > 0) return [];
    return [{ property: path, reason: "is no amount above 0, such as 10Gi" }];
}

function dataFailures({ apiVersion, kind }: Kind, object: Props): Failure[] {
    if (apiVersion !== "v1" || (kind !== "ConfigMap" && kind !== "Secret")) return [];
    const size = (value: Value) => (typeof value === "string" ? Buffer.byteLength(value) : 0);
    const decoded = (value: Value) => Math.floor((size(value) * 3) / 4);
    const plain = kind === "ConfigMap" ? "data" : "stringData";
    const encoded = kind === "ConfigMap" ? "binaryData" : "data";
    const bytes =
        entriesAt(object, plain).reduce((sum, [, value]) => sum + size(value), 0) +
        entriesAt(object, encoded).reduce((sum, [, value]) => sum + decoded(value), 0);
    if (bytes <= dataLimit) return [];
    return [{ property: "data", reason: `${bytes} bytes; a ${kind} holds at most ${dataLimit}` }];
}
