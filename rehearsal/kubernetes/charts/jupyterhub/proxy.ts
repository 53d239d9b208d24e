import type { KubernetesObject } from "../../../helm/object";
import type { Props } from "../../../provider/values";
import { dualStack } from "./hub";
import { networkPolicy } from "./network-policy";
import type { HubRelease } from "./release";
import { base64, checksum, confined } from "./release";

/** The proxy that all traffic to users and hub goes through. */
export function proxyObjects(release: HubRelease): KubernetesObject[] {
    const { values } = release;
    const ownCertificate = values.hasManualCertificate || values.hasSecretCertificate;
    return [
        ...networkPolicy(release, "proxy", "proxy", "proxy.chp.networkPolicy", {
            ingress: {
                "proxy-http": ownCertificate ? ["http", "https"] : ["http"],
                "proxy-api": ["api"],
            },
            egress: [
                ["hub", 8081],
                ["singleuser-server", 8888],
            ],
        }),
        ...release.disruptionBudget("proxy", "proxy", "proxy.chp.pdb"),
        ...(values.hasManualCertificate ? [certificate(release)] : []),
        apiService(release),
        publicService(release),
        deployment(release),
    ];
}

function certificate(release: HubRelease): KubernetesObject {
    const { values } = release;
    const data = {
        "tls.crt": base64(values.text("proxy.https.manual.cert")),
        "tls.key": base64(values.text("proxy.https.manual.key")),
    };
    const name = release.named("proxy-public-manual-tls");
    return release.object("v1", "Secret", name, "proxy", { type: "kubernetes.io/tls", data });
}

function apiService(release: HubRelease): KubernetesObject {
    const spec = {
        selector: release.selector("proxy"),
        ports: [{ port: 8001, targetPort: "api" }],
        ...dualStack(release, "proxy.service"),
    };
    return release.object("v1", "Service", release.named("proxy-api"), "proxy-api", { spec });
}

/** What users reach: a load balancer unless the values say otherwise. */
function publicService(release: HubRelease): KubernetesObject {
    const { values } = release;
    const type = values.text("proxy.service.type");
    const ranges = "proxy.service.loadBalancerSourceRanges";
    const https = {
        name: "https",
        port: 443,
        targetPort: values.isOffloaded ? "http" : "https",
        ...values.optional("nodePort", "proxy.service.nodePorts.https"),
    };
    const http = {
        name: "http",
        port: 80,
        targetPort: "http",
        ...values.optional("nodePort", "proxy.service.nodePorts.http"),
    };
    const spec = {
        type,
        selector: release.selector(values.hasTraefik ? "autohttps" : "proxy"),
        ports: [
            ...(values.hasHttps ? [https] : []),
            ...(values.isOn("proxy.service.disableHttpPort") ? [] : [http]),
            ...values.list("proxy.service.extraPorts"),
        ],
        ...values.optional("loadBalancerIP", "proxy.service.loadBalancerIP"),
        ...values.optional("externalIPs", "proxy.service.externalIPs"),
        ...(type === "LoadBalancer" ? values.optional("loadBalancerSourceRanges", ranges) : {}),
        ...dualStack(release, "proxy.service"),
    };
    const name = release.named("proxy-public");
    const annotations = values.map("proxy.service.annotations");
    const object = release.object("v1", "Service", name, "proxy-public", { spec }, annotations);
    return withLabels(object, values.map("proxy.service.labels"));
}

/** The two public services are the only objects whose own labels the values reach. */
export function withLabels(object: KubernetesObject, labels: Props): KubernetesObject {
    const all = { ...object.metadata.labels, ...(labels as Record<string, string>) };
    return { ...object, metadata: { ...object.metadata, labels: all } };
}

function deployment(release: HubRelease): KubernetesObject {
    const { values } = release;
    const name = release.named("proxy");
    const secretName = values.hasManualCertificate
        ? release.named("proxy-public-manual-tls")
        : values.text("proxy.https.secret.name");
    const ownCertificate = values.hasManualCertificate || values.hasSecretCertificate;
    const hub = `http://${release.named("hub")}:$(HUB_SERVICE_PORT)`;
    const probe = (initialDelaySeconds: number, periodSeconds: number) => ({
        httpGet: { path: "/_chp_healthz", port: ownCertificate ? "https" : "http" },
        initialDelaySeconds,
        periodSeconds,
    });
    const secretKeyRef = {
        name: release.named("hub"),
        key: "hub.config.ConfigurableHTTPProxy.auth_token",
    };
    const container = {
        name: "chp",
        image: values.image("proxy.chp.image"),
        command: ["configurable-http-proxy", "--api-port=8001", `--default-target=${hub}`],
        env: [{ name: "CONFIGPROXY_AUTH_TOKEN", valueFrom: { secretKeyRef } }],
        ports: [
            ...(ownCertificate ? [{ name: "https", containerPort: 8443 }] : []),
            { name: "http", containerPort: 8000 },
            { name: "api", containerPort: 8001 },
        ],
        ...values.optional("resources", "proxy.chp.resources"),
        livenessProbe: probe(60, 10),
        readinessProbe: probe(0, 2),
        securityContext: confined,
        ...(ownCertificate
            ? { volumeMounts: [{ name: "tls-secret", mountPath: "/etc/chp/tls", readOnly: true }] }
            : {}),
    };
    const podLabels = {
        ...release.podLabels("proxy"),
        "hub.jupyter.org/network-access-hub": "true",
        "hub.jupyter.org/network-access-singleuser": "true",
        ...values.map("proxy.labels"),
    };
    const token = values.text("proxy.secretToken");
    const annotations = {
        "checksum/auth-token": checksum(token).slice(0, 4),
        ...values.map("proxy.annotations"),
    };
    const pod = {
        terminationGracePeriodSeconds: 60,
        ...release.scheduling("core", values.list("proxy.chp.tolerations")),
        ...release.priority("default-priority"),
        ...values.optional("nodeSelector", "proxy.chp.nodeSelector"),
        containers: [container],
        ...(ownCertificate ? { volumes: [{ name: "tls-secret", secret: { secretName } }] } : {}),
        ...values.map("proxy.chp.extraPodSpec"),
    };
    const spec = {
        replicas: 1,
        selector: { matchLabels: release.selector("proxy") },
        strategy: values.map("proxy.deploymentStrategy"),
        template: { metadata: { labels: podLabels, annotations }, spec: pod },
    };
    return release.object("apps/v1", "Deployment", name, "proxy", { spec });
}
