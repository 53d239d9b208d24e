import type { Cloud, ResourceRequest } from "../provider/stand-in";
import { Refusal } from "../provider/stand-in";
import type { Props } from "../provider/values";
import { customProblems } from "./custom";
import type { Kind } from "./kinds";
import { definitionOf, isBuiltIn, isNamespaced, isOfAddon } from "./kinds";
import type { Connection } from "./kubeconfig";
import { firstClasses } from "./managed";
import { at, entriesAt, textAt } from "./path";

const namespaceType = "kubernetes:core/v1:Namespace";
const storageClassType = "kubernetes:storage.k8s.io/v1:StorageClass";

/** What every cluster has from the start. */
const firstNamespaces: ReadonlySet<string> = new Set([
    "default",
    "kube-node-lease",
    "kube-public",
    "kube-system",
]);

const defaultClass = "storageclass.kubernetes.io/is-default-class";

/** Where an object stands in its cluster; its id is the one that the real provider gives it. */
export interface Place {
    readonly id: string;
    readonly name: string;
    readonly namespace: string | undefined;
}

/** The place of an object whose name is known. */
export function placeOf(kind: Kind, inputs: Props, home: Connection, cloud: Cloud): Place {
    const name = textAt(inputs, "metadata.name") ?? "";
    if (!isNamespaced(kind, cloud)) return { id: name, name, namespace: undefined };
    const namespace = textAt(inputs, "metadata.namespace") ?? home.namespace;
    return { id: `${namespace}/${name}`, name, namespace };
}

/**
 * Refuses an object that the cluster, as it stands, would not take.
 *
 * @throws Refusal in the words of the API server where it has some.
 */
export function refuseMisplaced(kind: Kind, place: Place, request: ResourceRequest): void {
    const { cloud, inputs, type } = request;
    if (!isBuiltIn(kind)) refuseUnknownKind(kind, inputs, cloud);
    const { id, name, namespace } = place;
    if (namespace !== undefined && !hasNamespace(namespace, cloud)) {
        throw new Refusal(
            `${kind.kind} "${name}": namespaces "${namespace}" not found; create the Namespace first ` +
                "and let this object depend on it",
        );
    }
    if (isTaken(kind, id, type, cloud)) {
        throw new Refusal(
            `${kind.kind} "${id}" already exists; choose another name or import the object`,
        );
    }
    if (kind.kind === "PersistentVolumeClaim") refuseUnbindable(name, inputs, cloud);
}

function refuseUnknownKind(kind: Kind, inputs: Props, cloud: Cloud): void {
    const definition = definitionOf(kind, cloud);
    if (definition === undefined) {
        if (isOfAddon(kind, cloud)) return;
        throw new Refusal(
            `no matches for kind "${kind.kind}" in version "${kind.apiVersion}": register its ` +
                "CustomResourceDefinition, or the add-on that brings it, first",
        );
    }
    const [problem] = customProblems(kind, definition, inputs);
    if (problem !== undefined) throw new Refusal(`${kind.kind}: ${problem}`);
}

function hasNamespace(namespace: string, cloud: Cloud): boolean {
    return firstNamespaces.has(namespace) || cloud.find(namespaceType, namespace) !== undefined;
}

function isTaken({ kind }: Kind, id: string, type: string, cloud: Cloud): boolean {
    if (kind === "Namespace" && firstNamespaces.has(id)) return true;
    if (kind === "StorageClass" && firstClasses(cloud).some(({ name }) => name === id)) return true;
    return cloud.find(type, id) !== undefined;
}

/** A claim that nothing can fill stays Pending, and the provider gives up on it after five minutes. */
function refuseUnbindable(name: string, inputs: Props, cloud: Cloud): void {
    const skipped = new Map(entriesAt(inputs, "metadata.annotations")).get("pulumi.com/skipAwait");
    if (skipped === "true") return;
    const wanted = textAt(inputs, "spec.storageClassName");
    if (wanted === "") return; // a volume is made for it by hand
    const classes = cloud.all(storageClassType).map(({ inputs: own }) => own);
    const first = firstClasses(cloud);
    if (wanted === undefined) {
        const hasDefault =
            first.some(({ isDefault }) => isDefault) ||
            classes.some(
                (each) =>
                    new Map(entriesAt(each, "metadata.annotations")).get(defaultClass) === "true",
            );
        if (hasDefault || textAt(inputs, "spec.volumeName") !== undefined) return;
        throw new Refusal(
            `PersistentVolumeClaim "${name}" would stay Pending: it names no storageClassName and no ` +
                `StorageClass of the cluster is annotated ${defaultClass}: "true"; name a class`,
        );
    }
    const known = classes.some((each) => textAt(each, "metadata.name") === wanted);
    if (known || first.some(({ name }) => name === wanted)) return;
    throw new Refusal(
        `PersistentVolumeClaim "${name}" would stay Pending: storageclass.storage.k8s.io ` +
            `"${wanted}" not found; create the StorageClass first`,
    );
}

/** Whether claims of a class may grow. */
export function lettingGrow(cloud: Cloud): (storageClass: string | undefined) => boolean {
    const classes = cloud.all(storageClassType).map(({ inputs }) => inputs);
    const growing = firstClasses(cloud).filter(({ grows }) => grows);
    return (wanted) =>
        growing.some(({ name, isDefault }) =>
            wanted === undefined ? isDefault : name === wanted,
        ) ||
        classes.some((each) => {
            const isIt =
                wanted === undefined
                    ? new Map(entriesAt(each, "metadata.annotations")).get(defaultClass) === "true"
                    : textAt(each, "metadata.name") === wanted;
            return isIt && at(each, "allowVolumeExpansion") === true;
        });
}
