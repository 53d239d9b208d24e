import type { KubernetesObject } from "../../../helm/object";
import { dualStack } from "./hub";
import { networkPolicy } from "./network-policy";
import { withLabels } from "./proxy";
import type { HubRelease } from "./release";
import { checksum, confined } from "./release";

const component = "autohttps";
const rbac = "rbac.authorization.k8s.io/v1";

/** Traefik, which fetches a certificate of Let's Encrypt and stands before the proxy. */
export function autohttpsObjects(release: HubRelease): KubernetesObject[] {
    const { values } = release;
    // The chart names this one like the proxy's own budget, and makes it without traefik too.
    const budget = release.disruptionBudget("proxy", component, "proxy.traefik.pdb");
    if (!values.hasTraefik) return budget;
    const settings = settingsOf(release);
    return [
        ...budget,
        ...networkPolicy(release, component, component, "proxy.traefik.networkPolicy", {
            ingress: { "proxy-http": ["http", "https"] },
            egress: [["proxy", 8000]],
        }),
        ...release.serviceAccount(component, component, "proxy.traefik.serviceAccount"),
        settings,
        ...(values.isOn("rbac.create") ? permissions(release) : []),
        service(release),
        deployment(release, settings),
    ];
}

function settingsOf(release: HubRelease): KubernetesObject {
    const { values } = release;
    const acme = {
        email: values.text("proxy.https.letsencrypt.contactEmail"),
        caServer: values.text("proxy.https.letsencrypt.acmeServer"),
        storage: "/etc/acme/acme.json",
    };
    const data = {
        "traefik.yaml": JSON.stringify({ certificatesResolvers: { default: { acme } } }),
        "dynamic.yaml": JSON.stringify({ domains: values.list("proxy.https.hosts") }),
    };
    return release.object("v1", "ConfigMap", release.named(component), component, { data });
}

function permissions(release: HubRelease): KubernetesObject[] {
    const { values } = release;
    const name = release.named(component);
    const account = values.text("proxy.traefik.serviceAccount.name", name);
    const rules = [
        { apiGroups: [""], resources: ["secrets"], verbs: ["get", "patch", "list", "create"] },
    ];
    const subjects = [{ kind: "ServiceAccount", name: account }];
    const roleRef = { kind: "Role", name, apiGroup: "rbac.authorization.k8s.io" };
    return [
        release.object(rbac, "Role", name, component, { rules }),
        release.object(rbac, "RoleBinding", name, component, { subjects, roleRef }),
    ];
}

/** Where traefik finds the proxy, now that proxy-public leads to traefik. */
function service(release: HubRelease): KubernetesObject {
    const { values } = release;
    const spec = {
        type: "ClusterIP",
        selector: release.selector("proxy"),
        ports: [{ port: 8000, targetPort: "http" }],
        ...dualStack(release, "proxy.service"),
    };
    const name = release.named("proxy-http");
    const annotations = values.map("proxy.service.annotations");
    const object = release.object("v1", "Service", name, component, { spec }, annotations);
    return withLabels(object, values.map("proxy.service.labels"));
}

function deployment(release: HubRelease, settings: KubernetesObject): KubernetesObject {
    const { values } = release;
    const name = release.named(component);
    const secret = release.named("proxy-public-tls-acme");
    const file = [secret, "acme.json", "/etc/acme/acme.json"];
    const certificates = [{ name: "certificates", mountPath: "/etc/acme" }];
    const keeper = {
        image: values.image("proxy.secretSync.image"),
        securityContext: confined,
        volumeMounts: certificates,
    };
    const traefik = {
        name: "traefik",
        image: values.image("proxy.traefik.image"),
        ports: [
            { name: "http", containerPort: 8080 },
            { name: "https", containerPort: 8443 },
        ],
        ...values.optional("resources", "proxy.traefik.resources"),
        securityContext: confined,
        volumeMounts: [{ name: "traefik-config", mountPath: "/etc/traefik" }, ...certificates],
    };
    const podLabels = {
        ...release.podLabels(component),
        "hub.jupyter.org/network-access-proxy-http": "true",
        ...values.map("proxy.traefik.labels"),
    };
    const pod = {
        ...release.scheduling("core", values.list("proxy.traefik.tolerations")),
        ...release.priority("default-priority"),
        ...release.account(component, "proxy.traefik.serviceAccount"),
        ...values.optional("nodeSelector", "proxy.traefik.nodeSelector"),
        initContainers: [{ ...keeper, name: "load-acme", args: ["load", ...file] }],
        containers: [
            traefik,
            {
                ...keeper,
                name: "secret-sync",
                args: ["watch-save", ...file],
                ...values.optional("resources", "proxy.secretSync.resources"),
            },
        ],
        volumes: [
            { name: "certificates", emptyDir: {} },
            { name: "traefik-config", configMap: { name } },
        ],
        ...values.map("proxy.traefik.extraPodSpec"),
    };
    const annotations = { "checksum/static-config": checksum(settings) };
    const spec = {
        replicas: 1,
        selector: { matchLabels: release.selector(component) },
        template: { metadata: { labels: podLabels, annotations }, spec: pod },
    };
    return release.object("apps/v1", "Deployment", name, component, { spec });
}
