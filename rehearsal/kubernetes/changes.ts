import type { Difference } from "../provider/stand-in";
import type { Props, Value } from "../provider/values";
import { isProps, same } from "../provider/values";
import { autonamed } from "./check";
import type { Kind } from "./kinds";
import { at, entriesAt, textAt } from "./path";
import { readQuantity } from "./quantity";

const bindings = ["roleRef"];
const workload = ["spec.selector"];

/**
 * What the real provider replaces an object for, by kind, beside its name and namespace.
 *
 * @see https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/diff.go
 */
const replacing: Readonly<Record<string, readonly string[]>> = {
    "apps/v1/DaemonSet": workload,
    "apps/v1/Deployment": workload,
    "apps/v1/StatefulSet": [
        ...workload,
        "spec.podManagementPolicy",
        "spec.revisionHistoryLimit",
        "spec.serviceName",
        "spec.volumeClaimTemplates",
    ],
    "batch/v1/Job": ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
    "rbac.authorization.k8s.io/v1/ClusterRoleBinding": bindings,
    "rbac.authorization.k8s.io/v1/RoleBinding": bindings,
    "storage.k8s.io/v1/StorageClass": ["parameters", "provisioner"],
    "v1/PersistentVolume": [
        "spec.awsElasticBlockStore",
        "spec.azureDisk",
        "spec.azureFile",
        "spec.csi",
        "spec.hostPath",
        "spec.iscsi",
        "spec.local",
        "spec.nfs",
    ],
    "v1/PersistentVolumeClaim": [
        "spec.accessModes",
        "spec.selector",
        "spec.storageClassName",
        "spec.volumeName",
    ],
    "v1/Pod": ["spec"],
    "v1/ResourceQuota": ["spec.scopes"],
    "v1/Secret": ["type"],
    "v1/Service": ["spec.clusterIP"],
};

/** What an API server refuses to change, and the provider does not replace for. */
const fixed: Readonly<Record<string, readonly string[]>> = {
    "apiextensions.k8s.io/v1/CustomResourceDefinition": ["spec.group", "spec.scope"],
    "batch/v1/Job": ["spec.completionMode"],
    "networking.k8s.io/v1/IngressClass": ["spec.controller"],
    "scheduling.k8s.io/v1/PriorityClass": ["value", "preemptionPolicy"],
    "storage.k8s.io/v1/StorageClass": ["reclaimPolicy", "volumeBindingMode"],
    "v1/PersistentVolume": ["spec.volumeMode"],
    "v1/PersistentVolumeClaim": ["spec.dataSource", "spec.dataSourceRef", "spec.volumeMode"],
    "v1/Service": ["spec.loadBalancerClass"],
};

/** A flag of the provider; settings reach it as text. */
function isOn(config: Props, key: string): boolean {
    return config[key] === true || config[key] === "true";
}

function replacedFor({ apiVersion, kind }: Kind, inputs: Props, config: Props): string[] {
    const own = replacing[`${apiVersion}/${kind}`] ?? [];
    const frozen = at(inputs, "immutable") === true;
    const data: string[] = [];
    // Out of the box the provider replaces both kinds when their data changes.
    if (
        apiVersion === "v1" &&
        kind === "Secret" &&
        (frozen || !isOn(config, "enableSecretMutable"))
    )
        data.push("data", "stringData");
    if (
        apiVersion === "v1" &&
        kind === "ConfigMap" &&
        (frozen || !isOn(config, "enableConfigMapMutable"))
    )
        data.push("data", "binaryData");
    return ["metadata.name", "metadata.namespace", ...own, ...data];
}

/** How the real provider would bring an object from its old inputs to its new ones. */
export function differenceOf(kind: Kind, inputs: Props, old: Props, config: Props): Difference {
    const changed = changedPaths(old, inputs);
    const replaces =
        changed.length === 0
            ? []
            : replacedFor(kind, inputs, config).filter(
                  (path) => !same(at(inputs, path), at(old, path)),
              );
    const named = new Map(entriesAt(inputs, "metadata.annotations")).get(autonamed) !== "true";
    const sameObject =
        same(at(inputs, "metadata.name"), at(old, "metadata.name")) &&
        same(at(inputs, "metadata.namespace"), at(old, "metadata.namespace"));
    return { changed, replaces, deleteBeforeReplace: replaces.length > 0 && named && sameObject };
}

/** Top-level properties that differ and, below objects, the keys: `spec.template`, `data["a.b"]`. */
function changedPaths(old: Props, inputs: Props): string[] {
    return changedKeys(old, inputs).flatMap((key) => {
        const [before, after] = [old[key], inputs[key]];
        if (!isProps(before) || !isProps(after)) return [key];
        return changedKeys(before, after).map((inner) =>
            /^[A-Za-z_]\w*$/.test(inner) ? `${key}.${inner}` : `${key}[${JSON.stringify(inner)}]`,
        );
    });
}

function changedKeys(old: Props, inputs: Props): string[] {
    const keys = new Set([...Object.keys(old), ...Object.keys(inputs)]);
    return [...keys].filter((key) => !same(old[key], inputs[key]));
}

/** What an API server would refuse of a change in place; `expands` tells whether claims of the class may grow. */
export function changeProblems(
    { apiVersion, kind }: Kind,
    inputs: Props,
    old: Props,
    expands: (storageClass: string | undefined) => boolean,
): string[] {
    const name = `${apiVersion}/${kind}`;
    const problems = (fixed[name] ?? [])
        .filter((path) => !same(at(inputs, path), at(old, path)))
        .map((path) => `${path}: field is immutable; name a new object instead`);
    if (at(old, "immutable") === true && at(inputs, "immutable") !== true) {
        problems.push("immutable: field is immutable when `immutable` is set");
    }
    if (name === "v1/PersistentVolumeClaim") problems.push(...claimProblems(inputs, old, expands));
    return problems;
}

function claimProblems(
    inputs: Props,
    old: Props,
    expands: (storageClass: string | undefined) => boolean,
): string[] {
    const path = "spec.resources.requests.storage";
    const size = (of: Value) => readQuantity(at(of, path)) ?? 0;
    if (size(inputs) < size(old)) return [`${path}: can not be less than its previous value`];
    const storageClass = textAt(old, "spec.storageClassName");
    if (size(inputs) > size(old) && !expands(storageClass)) {
        return [
            `${path}: only dynamically provisioned pvc can be resized and the storageclass that ` +
                "provisions the pvc must support resize; set allowVolumeExpansion on the class",
        ];
    }
    return [];
}
