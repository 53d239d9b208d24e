import type { Cloud } from "../provider/stand-in";
import type { Props } from "../provider/values";
import { clusterScopedOfManaged, isBrought } from "./managed";
import { at } from "./path";
import { knownKinds } from "./schemas";

/** What an object is, such as apps/v1 and Deployment. */
export interface Kind {
    readonly apiVersion: string;
    readonly kind: string;
}

/** Kinds of Kubernetes itself that live outside namespaces: `kubectl api-resources --namespaced=false`. */
const clusterScoped: ReadonlySet<string> = new Set([
    "APIService",
    "CSIDriver",
    "CSINode",
    "CertificateSigningRequest",
    "ClusterRole",
    "ClusterRoleBinding",
    "CustomResourceDefinition",
    "FlowSchema",
    "IngressClass",
    "MutatingWebhookConfiguration",
    "Namespace",
    "Node",
    "PersistentVolume",
    "PriorityClass",
    "PriorityLevelConfiguration",
    "RuntimeClass",
    "StorageClass",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration",
    "VolumeAttachment",
]);

const crdType = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

/** Reads a type token: `kubernetes:core/v1:Secret` is v1 and Secret. */
export function kindOf(type: string): Kind | undefined {
    const [, group, version, kind] =
        /^kubernetes:([^:/]+)\/([^:/]+):([A-Za-z0-9]+)$/.exec(type) ?? [];
    if (group === undefined || version === undefined || kind === undefined) return undefined;
    return { apiVersion: group === "core" ? version : `${group}/${version}`, kind };
}

/** The type token of an object of a chart. */
export function typeOf({ apiVersion, kind }: Kind): string {
    return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

/** Whether Kubernetes itself has the kind, in its oldest or newest supported version. */
export function isBuiltIn({ apiVersion, kind }: Kind): boolean {
    const name = `${apiVersion}/${kind}`;
    return knownKinds("oldest").includes(name) || knownKinds("newest").includes(name);
}

/** Groups such as apps have no custom kinds: their names have a dot. */
export function mayBeCustom({ apiVersion }: Kind): boolean {
    return apiVersion.includes("/") && apiVersion.slice(0, apiVersion.indexOf("/")).includes(".");
}

/** The definition of a custom kind that stands in the cluster, if one does. */
export function definitionOf({ apiVersion, kind }: Kind, cloud: Cloud): Props | undefined {
    const [group, version] = apiVersion.split("/");
    const found = cloud.all(crdType).find(({ inputs }) => {
        const versions = at(inputs, "spec.versions");
        return (
            at(inputs, "spec.group") === group &&
            at(inputs, "spec.names.kind") === kind &&
            Array.isArray(versions) &&
            versions.some((each) => at(each, "name") === version && at(each, "served") === true)
        );
    });
    return found?.inputs;
}

/** Whether a managed cluster, or an add-on of it, brings the custom kind along. */
export function isOfAddon({ apiVersion, kind }: Kind, cloud: Cloud): boolean {
    return isBrought(`${apiVersion}/${kind}`, cloud);
}

/** Whether objects of the kind live in a namespace; custom ones do unless their definition says otherwise. */
export function isNamespaced(of: Kind, cloud?: Cloud): boolean {
    if (isBuiltIn(of)) return !clusterScoped.has(of.kind);
    if (clusterScopedOfManaged.has(of.kind)) return false;
    const definition = cloud === undefined ? undefined : definitionOf(of, cloud);
    return at(definition, "spec.scope") !== "Cluster";
}
