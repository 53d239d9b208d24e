import type { KubernetesObject } from "../../../helm/object";
import type { Props, Value } from "../../../provider/values";
import { isProps } from "../../../provider/values";
import { networkPolicy } from "./network-policy";
import type { HubRelease } from "./release";
import { base64, checksum } from "./release";

const rbac = "rbac.authorization.k8s.io/v1";

/** The hub: its pod, its database, its settings and what it may do. */
export function hubObjects(release: HubRelease): KubernetesObject[] {
    const { values } = release;
    const secret = hubSecret(release);
    const settings = hubSettings(release);
    return [
        ...networkPolicy(release, "hub", "hub", "hub.networkPolicy", {
            ingress: { hub: ["http"] },
            egress: [
                ["proxy", 8001],
                ["singleuser-server", 8888],
            ],
        }),
        ...release.disruptionBudget("hub", "hub", "hub.pdb"),
        ...release.serviceAccount("hub", "hub", "hub.serviceAccount"),
        secret,
        settings,
        ...(values.at("hub.db.type") === "sqlite-pvc" ? [database(release)] : []),
        ...(values.isOn("rbac.create") ? permissions(release) : []),
        service(release),
        deployment(release, secret, settings),
    ];
}

/** The values themselves and the three secrets; without pinned ones a real render makes new ones each time. */
function hubSecret(release: HubRelease): KubernetesObject {
    const { values } = release;
    const keys = values.list("hub.config.CryptKeeper.keys");
    const data: Record<string, string> = {
        // JSON is YAML too; of the values, those that the hub itself reads.
        "values.yaml": base64(
            JSON.stringify({
                hub: values.at("hub") ?? null,
                singleuser: values.map("singleuser"),
            }),
        ),
        "hub.config.ConfigurableHTTPProxy.auth_token": base64(
            values.text(
                "proxy.secretToken",
                values.text("hub.config.ConfigurableHTTPProxy.auth_token"),
            ),
        ),
        "hub.config.JupyterHub.cookie_secret": base64(
            values.text("hub.cookieSecret", values.text("hub.config.JupyterHub.cookie_secret")),
        ),
        "hub.config.CryptKeeper.keys": base64(keys.map(String).join(";")),
    };
    const password = values.text("hub.db.password");
    if (password !== "") data["hub.db.password"] = base64(password);
    for (const [name, service] of Object.entries(values.map("hub.services"))) {
        const token = isProps(service) ? (service["apiToken"] ?? service["api_token"]) : undefined;
        data[`hub.services.${name}.apiToken`] = base64(typeof token === "string" ? token : "");
    }
    const files = fileContents(values.map("hub.extraFiles"));
    const fields = { type: "Opaque", data, ...files };
    return release.object("v1", "Secret", release.named("hub"), "hub", fields);
}

/** `{ stringData }` with what the files at `extraFiles` hold, or nothing. */
export function fileContents(files: Props): Props {
    const entries = Object.entries(files).map(([name, file]): [string, Value] => {
        if (!isProps(file)) return [name, ""];
        const { data, stringData } = file;
        return [name, typeof stringData === "string" ? stringData : JSON.stringify(data ?? null)];
    });
    return entries.length === 0 ? {} : { stringData: Object.fromEntries(entries) };
}

/** Names by which the hub finds the other objects of its release. */
function hubSettings(release: HubRelease): KubernetesObject {
    const named = ["hub", "proxy", "proxy-api", "proxy-http", "proxy-public", "singleuser"];
    const data: Record<string, string> = Object.fromEntries(
        named.map((name) => [name, release.named(name)]),
    );
    data["hub-pvc"] = release.named("hub-db-dir");
    data["user-scheduler"] = release.global("user-scheduler");
    data["user-placeholder-priority"] = release.global("user-placeholder-priority");
    data["priority"] = release.global("default-priority");
    data["jupyterhub_config.py"] = "# written by the chart; this rehearsal did not render it\n";
    data["z2jh.py"] = "# written by the chart; this rehearsal did not render it\n";
    return release.object("v1", "ConfigMap", release.named("hub"), "hub", { data });
}

function database(release: HubRelease): KubernetesObject {
    const { values } = release;
    const claim = "hub.db.pvc";
    const storageClass = values.at(`${claim}.storageClassName`);
    const spec = {
        accessModes: values.list(`${claim}.accessModes`),
        ...values.optional("selector", `${claim}.selector`),
        ...(typeof storageClass === "string" ? { storageClassName: storageClass } : {}),
        resources: { requests: { storage: values.at(`${claim}.storage`) } },
    };
    const name = release.named("hub-db-dir");
    const annotations = values.map(`${claim}.annotations`);
    return release.object("v1", "PersistentVolumeClaim", name, "hub", { spec }, annotations);
}

function permissions(release: HubRelease): KubernetesObject[] {
    const { values } = release;
    const name = release.named("hub");
    const account = values.text("hub.serviceAccount.name", name);
    const rules = [
        {
            apiGroups: [""],
            resources: ["pods", "persistentvolumeclaims", "secrets", "services"],
            verbs: ["get", "watch", "list", "create", "delete"],
        },
        { apiGroups: [""], resources: ["events"], verbs: ["get", "watch", "list"] },
    ];
    const subjects = [{ kind: "ServiceAccount", name: account, namespace: release.namespace }];
    const roleRef = { kind: "Role", name, apiGroup: "rbac.authorization.k8s.io" };
    return [
        release.object(rbac, "Role", name, "hub", { rules }),
        release.object(rbac, "RoleBinding", name, "hub", { subjects, roleRef }),
    ];
}

function service(release: HubRelease): KubernetesObject {
    const { values } = release;
    const spec = {
        type: values.text("hub.service.type"),
        selector: release.selector("hub"),
        ports: [
            { name: "hub", port: 8081, targetPort: "http" },
            ...values.list("hub.service.extraPorts"),
        ],
        ...values.optional("loadBalancerIP", "hub.service.loadBalancerIP"),
        ...dualStack(release, "hub.service"),
    };
    const annotations = {
        "prometheus.io/scrape": "true",
        "prometheus.io/path": `${values.text("hub.baseUrl").replace(/\/$/, "")}/hub/metrics`,
        "prometheus.io/port": "8081",
        ...values.map("hub.service.annotations"),
    };
    return release.object("v1", "Service", release.named("hub"), "hub", { spec }, annotations);
}

/** Addresses of both families where the cluster has both. */
export function dualStack({ values }: HubRelease, path: string): Props {
    return {
        ipFamilyPolicy: values.text(`${path}.ipFamilyPolicy`, "PreferDualStack"),
        ...values.optional("ipFamilies", `${path}.ipFamilies`),
    };
}

function deployment(
    release: HubRelease,
    secret: KubernetesObject,
    settings: KubernetesObject,
): KubernetesObject {
    const { values } = release;
    const name = release.named("hub");
    const hasDatabase = values.at("hub.db.type") === "sqlite-pvc";
    const health = `${values.text("hub.baseUrl").replace(/\/$/, "")}/hub/health`;
    const probe = (initialDelaySeconds: number, periodSeconds: number) => ({
        httpGet: { path: health, port: "http" },
        initialDelaySeconds,
        periodSeconds,
    });
    const fromSecret = { name, key: "hub.config.ConfigurableHTTPProxy.auth_token" };
    const container = {
        name: "hub",
        image: values.image("hub.image"),
        args: ["jupyterhub", "--config", "/usr/local/etc/jupyterhub/jupyterhub_config.py"],
        env: [
            { name: "HELM_RELEASE_NAME", value: release.name },
            {
                name: "POD_NAMESPACE",
                valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } },
            },
            { name: "CONFIGPROXY_AUTH_TOKEN", valueFrom: { secretKeyRef: fromSecret } },
        ],
        ports: [{ name: "http", containerPort: 8081 }],
        ...values.optional("resources", "hub.resources"),
        livenessProbe: probe(300, 10),
        readinessProbe: probe(0, 2),
        securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            runAsGroup: 1000,
            runAsUser: 1000,
        },
        volumeMounts: [
            { name: "config", mountPath: "/usr/local/etc/jupyterhub/config/" },
            { name: "secret", mountPath: "/usr/local/etc/jupyterhub/secret/" },
            ...values.list("hub.extraVolumeMounts"),
            ...(hasDatabase ? [{ name: "pvc", mountPath: "/srv/jupyterhub" }] : []),
        ],
    };
    const podLabels = {
        ...release.podLabels("hub"),
        "hub.jupyter.org/network-access-proxy-api": "true",
        "hub.jupyter.org/network-access-proxy-http": "true",
        "hub.jupyter.org/network-access-singleuser": "true",
        ...values.map("hub.labels"),
    };
    const claim = { claimName: release.named("hub-db-dir") };
    const pod = {
        ...release.scheduling("core", values.list("hub.tolerations")),
        ...release.priority("default-priority"),
        ...release.account("hub", "hub.serviceAccount"),
        ...values.optional("nodeSelector", "hub.nodeSelector"),
        ...values.optional("initContainers", "hub.initContainers"),
        securityContext: {
            runAsNonRoot: true,
            fsGroup: 1000,
            seccompProfile: { type: "RuntimeDefault" },
        },
        containers: [container, ...values.list("hub.extraContainers")],
        volumes: [
            { name: "config", configMap: { name } },
            { name: "secret", secret: { secretName: name } },
            ...values.list("hub.extraVolumes"),
            ...(hasDatabase ? [{ name: "pvc", persistentVolumeClaim: claim }] : []),
        ],
        ...values.map("hub.extraPodSpec"),
    };
    const annotations = {
        "checksum/config-map": checksum(settings),
        "checksum/secret": checksum(secret),
        ...values.map("hub.annotations"),
    };
    const spec = {
        replicas: 1,
        strategy: values.map("hub.deploymentStrategy"),
        selector: { matchLabels: release.selector("hub") },
        template: { metadata: { labels: podLabels, annotations }, spec: pod },
    };
    return release.object("apps/v1", "Deployment", name, "hub", { spec });
}
