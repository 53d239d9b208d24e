import type { Props } from "../../../provider/values";

const rule = (group: string, resources: string, verbs: string): Props => ({
    apiGroups: group.split(" ").map((each) => (each === "core" ? "" : each)),
    resources: resources.split(" "),
    verbs: verbs.split(" "),
});

const named = (rule: Props, resourceName: string): Props => ({
    ...rule,
    resourceNames: [resourceName],
});

/** What the autoscaler may do in the whole cluster, as the chart has it. */
export const clusterRules: readonly Props[] = [
    rule("core", "events endpoints", "create patch"),
    rule("core", "pods/eviction", "create"),
    rule("core", "pods/status", "update"),
    named(rule("core", "endpoints", "get update"), "cluster-autoscaler"),
    rule("core", "nodes", "watch list get update"),
    rule("core", "podtemplates", "get list watch create update patch"),
    rule("resource.k8s.io", "resourceslices deviceclasses resourceclaims", "watch list get"),
    rule(
        "core",
        "namespaces pods services replicationcontrollers persistentvolumeclaims persistentvolumes",
        "watch list get",
    ),
    rule("batch", "jobs cronjobs", "watch list get"),
    rule("batch extensions", "jobs", "get list patch watch"),
    rule("extensions", "replicasets daemonsets", "watch list get"),
    rule("policy", "poddisruptionbudgets", "watch list"),
    rule("apps", "daemonsets deployments replicasets statefulsets", "watch list get"),
    rule(
        "storage.k8s.io",
        "storageclasses csinodes csidrivers csistoragecapacities volumeattachments",
        "watch list get",
    ),
    rule("core", "configmaps", "list watch get"),
    rule("coordination.k8s.io", "leases", "create"),
    named(rule("coordination.k8s.io", "leases", "get update"), "cluster-autoscaler"),
    rule(
        "autoscaling.x-k8s.io",
        "provisioningrequests provisioningrequests/status",
        "get list watch update patch",
    ),
    rule("autoscaling.x-k8s.io", "capacitybuffers capacityquotas", "get list watch"),
    rule("autoscaling.x-k8s.io", "capacityquotas/status capacitybuffers/status", "update patch"),
];

/** What it may do in its own namespace. */
export const ownRules: readonly Props[] = [
    rule("core", "configmaps", "create"),
    named(rule("core", "configmaps", "delete get update"), "cluster-autoscaler-status"),
];
