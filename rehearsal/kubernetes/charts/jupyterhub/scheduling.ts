import type { KubernetesObject } from "../../../helm/object";
import type { Props } from "../../../provider/values";
import type { HubRelease } from "./release";
import { checksum, confined } from "./release";

const rbac = "rbac.authorization.k8s.io/v1";
const scheduler = "user-scheduler";
const placeholder = "user-placeholder";
const settings = "scheduling.userScheduler";
const seats = "scheduling.userPlaceholder";

/** What packs users onto nodes and keeps free seats warm. */
export function schedulingObjects(release: HubRelease): KubernetesObject[] {
    const { values } = release;
    return [
        ...priorityClasses(release),
        ...(values.isOn(`${settings}.enabled`) ? schedulerObjects(release) : []),
        ...(values.isOn(`${seats}.enabled`) ? placeholderObjects(release) : []),
    ];
}

function priorityClasses(release: HubRelease): KubernetesObject[] {
    const { values } = release;
    const path = "scheduling.podPriority";
    if (!values.isOn(`${path}.enabled`)) return [];
    const priorityClass = (name: string, component: string, key: string, fields: Props = {}) => {
        const value = values.at(`${path}.${key}`);
        const annotations = {
            "meta.helm.sh/release-name": release.name,
            "meta.helm.sh/release-namespace": release.namespace,
        };
        return release.object(
            "scheduling.k8s.io/v1",
            "PriorityClass",
            release.global(name),
            component,
            { value, globalDefault: false, ...fields },
            annotations,
        );
    };
    const pulls =
        values.isOn("prePuller.hook.enabled") || values.isOn("prePuller.continuous.enabled");
    return [
        ...(pulls
            ? [priorityClass("image-puller-priority", "image-puller", "imagePullerPriority")]
            : []),
        priorityClass("default-priority", "default-priority", "defaultPriority", {
            globalDefault: values.isOn(`${path}.globalDefault`),
        }),
        ...(values.isOn(`${seats}.enabled`)
            ? [priorityClass("user-placeholder-priority", placeholder, "userPlaceholderPriority")]
            : []),
    ];
}

function schedulerObjects(release: HubRelease): KubernetesObject[] {
    const { values } = release;
    const configuration = {
        apiVersion: "kubescheduler.config.k8s.io/v1",
        kind: "KubeSchedulerConfiguration",
        profiles: [{ schedulerName: release.global(scheduler) }],
    };
    const data = { "config.yaml": JSON.stringify(configuration) };
    const configMap = release.object("v1", "ConfigMap", release.named(scheduler), scheduler, {
        data,
    });
    return [
        ...release.disruptionBudget(scheduler, scheduler, `${settings}.pdb`),
        ...release.serviceAccount(scheduler, scheduler, `${settings}.serviceAccount`),
        configMap,
        ...(values.isOn("rbac.create") ? permissions(release) : []),
        schedulerDeployment(release, configMap),
    ];
}

/** What kube-scheduler itself may do, in the shortest form that says so. */
function permissions(release: HubRelease): KubernetesObject[] {
    const { values } = release;
    const name = release.global(scheduler);
    const rules = [
        {
            apiGroups: ["", "events.k8s.io"],
            resources: ["events"],
            verbs: ["create", "patch", "update"],
        },
        {
            apiGroups: ["coordination.k8s.io"],
            resources: ["leases"],
            verbs: ["create", "get", "list", "update", "watch"],
        },
        {
            apiGroups: [""],
            resources: ["nodes", "pods", "namespaces", "services", "persistentvolumes"],
            verbs: ["get", "list", "watch"],
        },
        { apiGroups: [""], resources: ["bindings", "pods/binding"], verbs: ["create"] },
        { apiGroups: [""], resources: ["pods/status"], verbs: ["patch", "update"] },
        {
            apiGroups: ["storage.k8s.io"],
            resources: ["csidrivers", "csinodes", "storageclasses"],
            verbs: ["get", "list", "watch"],
        },
    ];
    const account = values.text(`${settings}.serviceAccount.name`, release.named(scheduler));
    const subjects = [{ kind: "ServiceAccount", name: account, namespace: release.namespace }];
    const roleRef = { kind: "ClusterRole", name, apiGroup: "rbac.authorization.k8s.io" };
    return [
        release.object(rbac, "ClusterRole", name, scheduler, { rules }),
        release.object(rbac, "ClusterRoleBinding", name, scheduler, { subjects, roleRef }),
    ];
}

function schedulerDeployment(release: HubRelease, configMap: KubernetesObject): KubernetesObject {
    const { values } = release;
    const name = release.named(scheduler);
    const httpGet = { path: "/healthz", scheme: "HTTPS", port: 10259 };
    const container = {
        name: "kube-scheduler",
        image: values.image(`${settings}.image`),
        command: ["/usr/local/bin/kube-scheduler", "--config=/etc/user-scheduler/config.yaml"],
        volumeMounts: [{ name: "config", mountPath: "/etc/user-scheduler" }],
        livenessProbe: { httpGet, initialDelaySeconds: 15 },
        readinessProbe: { httpGet },
        ...values.optional("resources", `${settings}.resources`),
        securityContext: confined,
    };
    const metadata = {
        labels: { ...release.podLabels(scheduler), ...values.map(`${settings}.labels`) },
        annotations: {
            "checksum/config-map": checksum(configMap),
            ...values.map(`${settings}.annotations`),
        },
    };
    const pod = {
        ...release.account(scheduler, `${settings}.serviceAccount`),
        ...release.scheduling("core", values.list(`${settings}.tolerations`)),
        ...release.priority("default-priority"),
        ...values.optional("nodeSelector", `${settings}.nodeSelector`),
        volumes: [{ name: "config", configMap: { name } }],
        containers: [container],
        ...values.map(`${settings}.extraPodSpec`),
    };
    const spec = {
        replicas: values.at(`${settings}.replicas`),
        selector: { matchLabels: release.selector(scheduler) },
        template: { metadata, spec: pod },
    };
    return release.object("apps/v1", "Deployment", name, scheduler, { spec });
}

/** Pods that do nothing but take the room of a user, and make way when one comes. */
function placeholderObjects(release: HubRelease): KubernetesObject[] {
    const { values } = release;
    const name = release.named(placeholder);
    const selector = { matchLabels: release.selector(placeholder) };
    const requests = {
        ...values.optional("cpu", "singleuser.cpu.guarantee"),
        ...values.optional("memory", "singleuser.memory.guarantee"),
    };
    const limits = {
        ...values.optional("cpu", "singleuser.cpu.limit"),
        ...values.optional("memory", "singleuser.memory.limit"),
    };
    const asked = values.optional("resources", `${seats}.resources`);
    const resources = Object.keys(limits).length === 0 ? { requests } : { requests, limits };
    const metadata = {
        labels: { ...release.podLabels(placeholder), ...values.map(`${seats}.labels`) },
        ...values.optional("annotations", `${seats}.annotations`),
    };
    const pod = {
        ...(values.isOn(`${settings}.enabled`) ? { schedulerName: release.global(scheduler) } : {}),
        ...release.scheduling("user", values.list("singleuser.extraTolerations")),
        ...release.priority("user-placeholder-priority"),
        ...values.optional("nodeSelector", "singleuser.nodeSelector"),
        terminationGracePeriodSeconds: 0,
        automountServiceAccountToken: false,
        containers: [
            {
                name: "pause",
                image: values.image(`${seats}.image`),
                resources,
                ...asked,
                securityContext: confined,
            },
        ],
        ...values.map(`${seats}.extraPodSpec`),
    };
    const spec = {
        podManagementPolicy: "Parallel",
        replicas: values.at(`${seats}.replicas`),
        selector,
        serviceName: name,
        template: { metadata, spec: pod },
    };
    return [
        release.object("policy/v1", "PodDisruptionBudget", name, placeholder, {
            spec: { minAvailable: 0, selector },
        }),
        release.object("apps/v1", "StatefulSet", name, placeholder, { spec }),
    ];
}
