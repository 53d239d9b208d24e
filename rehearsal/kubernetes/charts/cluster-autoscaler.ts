import type { Props } from "../../provider/values";
import { at, entriesAt, listAt, textAt } from "../path";
import { clusterRules, ownRules } from "./cluster-autoscaler/rules";
import type { Keys } from "./keys";
import { unknownKeys } from "./keys";
import type { KubernetesObject } from "../../helm/object";
import type { Installation, ObjectList } from "./object";

/**
 * The chart has no schema and ignores what it does not know. These are the keys that the list follows; the chart
 * has more, for other clouds and for credentials in plain text.
 */
const keys: Keys = {
    autoDiscovery: { clusterName: true },
    awsRegion: true,
    cloudProvider: true,
    containerSecurityContext: true,
    extraArgs: true,
    fullnameOverride: true,
    global: true,
    image: { repository: true, tag: true, pullPolicy: true },
    nodeSelector: true,
    podDisruptionBudget: { maxUnavailable: true },
    priorityClassName: true,
    rbac: { serviceAccount: { name: true } },
    replicaCount: true,
    resources: true,
    securityContext: true,
    tolerations: true,
};

/**
 * The objects of the cluster autoscaler's chart, on AWS.
 *
 * @see https://github.com/kubernetes/autoscaler/tree/cluster-autoscaler-chart-9.59.0/cluster-autoscaler/charts/cluster-autoscaler
 */
export const clusterAutoscaler: ObjectList = {
    versions: ["9.59.0"],
    problems: (values) => unknownKeys(values, keys),
    objects(installation) {
        const { namespace, values } = installation;
        const name = nameOf(installation);
        const account = textAt(values, "rbac.serviceAccount.name") ?? name;
        const rbac = "rbac.authorization.k8s.io";
        const here = { name, namespace, labels: labelsOf(installation) };
        const anywhere = { name, labels: here.labels };
        const roleOf = (kind: string) => ({
            roleRef: { apiGroup: rbac, kind, name },
            subjects: [{ kind: "ServiceAccount", name: account, namespace }],
        });
        return [
            {
                apiVersion: "policy/v1",
                kind: "PodDisruptionBudget",
                metadata: here,
                spec: {
                    selector: { matchLabels: selectorOf(installation) },
                    maxUnavailable: at(values, "podDisruptionBudget.maxUnavailable") ?? 1,
                },
            },
            {
                apiVersion: "v1",
                kind: "ServiceAccount",
                metadata: { ...here, name: account },
                automountServiceAccountToken: true,
            },
            {
                apiVersion: `${rbac}/v1`,
                kind: "ClusterRole",
                metadata: anywhere,
                rules: clusterRules,
            },
            {
                apiVersion: `${rbac}/v1`,
                kind: "ClusterRoleBinding",
                metadata: anywhere,
                ...roleOf("ClusterRole"),
            },
            { apiVersion: `${rbac}/v1`, kind: "Role", metadata: here, rules: ownRules },
            { apiVersion: `${rbac}/v1`, kind: "RoleBinding", metadata: here, ...roleOf("Role") },
            {
                apiVersion: "v1",
                kind: "Service",
                metadata: here,
                spec: {
                    ports: [{ port: 8085, protocol: "TCP", targetPort: 8085, name: "http" }],
                    selector: selectorOf(installation),
                    type: "ClusterIP",
                },
            },
            deployment(installation, account),
        ];
    },
};

function nameOf({ release, values }: Installation): string {
    const given = textAt(values, "fullnameOverride") ?? "";
    return given === "" ? `${release}-${chartNameOf(values)}` : given;
}

function chartNameOf(values: Props): string {
    return `${textAt(values, "cloudProvider") ?? "aws"}-cluster-autoscaler`;
}

function selectorOf({ release, values }: Installation): Record<string, string> {
    return {
        "app.kubernetes.io/instance": release,
        "app.kubernetes.io/name": chartNameOf(values),
    };
}

function labelsOf(installation: Installation): Record<string, string> {
    return {
        ...selectorOf(installation),
        "app.kubernetes.io/managed-by": "Helm",
        "helm.sh/chart": `cluster-autoscaler-${installation.version}`,
    };
}

function deployment(installation: Installation, account: string): KubernetesObject {
    const { namespace, values } = installation;
    const selector = selectorOf(installation);
    const given = (key: string) => {
        const value = at(values, key);
        return value === undefined ? {} : { [key]: value };
    };
    return {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: nameOf(installation), namespace, labels: labelsOf(installation) },
        spec: {
            replicas: at(values, "replicaCount") ?? 1,
            revisionHistoryLimit: 10,
            selector: { matchLabels: selector },
            template: {
                metadata: { labels: selector },
                spec: {
                    priorityClassName:
                        textAt(values, "priorityClassName") ?? "system-cluster-critical",
                    dnsPolicy: "ClusterFirst",
                    containers: [containerOf(installation)],
                    ...given("nodeSelector"),
                    serviceAccountName: account,
                    tolerations: listAt(values, "tolerations"),
                    ...given("securityContext"),
                },
            },
        },
    };
}

function containerOf({ namespace, values }: Installation): Props {
    const image = {
        repository: "registry.k8s.io/autoscaling/cluster-autoscaler",
        tag: "v1.35.0",
        pullPolicy: "IfNotPresent",
        ...Object.fromEntries(entriesAt(values, "image")),
    };
    const field = (name: string, fieldPath: string): Props => ({
        name,
        valueFrom: { fieldRef: { fieldPath } },
    });
    const region = textAt(values, "awsRegion") ?? "";
    const context = at(values, "containerSecurityContext");
    return {
        name: chartNameOf(values),
        image: `${image.repository}:${image.tag}`,
        imagePullPolicy: image.pullPolicy,
        command: commandOf(namespace, values),
        env: [
            field("POD_NAMESPACE", "metadata.namespace"),
            field("SERVICE_ACCOUNT", "spec.serviceAccountName"),
            ...(region === "" ? [] : [{ name: "AWS_REGION", value: region }]),
        ],
        livenessProbe: { httpGet: { path: "/health-check", port: 8085 } },
        ports: [{ containerPort: 8085 }],
        resources: at(values, "resources") ?? {},
        ...(context === undefined ? {} : { securityContext: context }),
    };
}

function commandOf(namespace: string, values: Props): string[] {
    const cluster = textAt(values, "autoDiscovery.clusterName") ?? "";
    const tags = ["enabled", cluster].map((each) => `k8s.io/cluster-autoscaler/${each}`);
    const args: Readonly<Record<string, unknown>> = {
        logtostderr: true,
        stderrthreshold: "info",
        v: 4,
        ...Object.fromEntries(entriesAt(values, "extraArgs")),
    };
    return [
        "./cluster-autoscaler",
        `--cloud-provider=${textAt(values, "cloudProvider") ?? "aws"}`,
        `--namespace=${namespace}`,
        `--node-group-auto-discovery=asg:tag=${tags.join(",")}`,
        ...Object.keys(args)
            .sort()
            .map((key) => `--${key}=${String(args[key])}`),
    ];
}
