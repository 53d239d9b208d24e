import type { KubernetesObject } from "../../../helm/object";
import type { Props, Value } from "../../../provider/values";
import { checksum } from "../jupyterhub/release";
import type { DaskRelease } from "./release";
import type { Settings } from "./settings";

const config = { mountPath: "/etc/dask-gateway/", name: "configmap" };

const api = { containerPort: 8000, name: "api" };

/** The three pods of a release: its API, its controller, and the proxy before clusters. */
export function daskDeployments(release: DaskRelease, settings: Settings): KubernetesObject[] {
    return [
        controller(release, settings.controller),
        gateway(release, settings.gateway),
        proxy(release),
    ];
}

interface Pod {
    /** The key of the chart's values. */
    readonly key: "controller" | "gateway" | "traefik";
    /** Before the name of the release. */
    readonly part: string;
    readonly labels?: Props;
    readonly checksums?: Props;
    readonly container: Props;
    readonly pod?: Props;
    readonly spec: Props;
}

function deployment(release: DaskRelease, of: Pod): KubernetesObject {
    const { values } = release;
    const { key } = of;
    const annotations = { ...of.checksums, ...values.map(`${key}.annotations`) };
    const labels = { ...release.labels, "app.kubernetes.io/component": key, ...of.labels };
    const container = {
        name: key,
        image: `${values.text(`${key}.image.name`)}:${values.text(`${key}.image.tag`)}`,
        ...of.container,
        ...values.optional("resources", `${key}.resources`),
    };
    const template = {
        metadata: {
            labels,
            ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
        },
        spec: {
            serviceAccountName: values.text(`rbac.${key}.serviceAccountName`),
            ...of.pod,
            containers: [container],
            ...values.optional("tolerations", `${key}.tolerations`),
            ...values.optional("nodeSelector", `${key}.nodeSelector`),
        },
    };
    return release.object("apps/v1", "Deployment", release.named(of.part), {
        spec: {
            replicas: 1,
            ...of.spec,
            selector: { matchLabels: release.selector(key) },
            template,
        },
    });
}

const mounted = (release: DaskRelease, part: string): Props => ({
    volumes: [{ name: "configmap", configMap: { name: release.named(part) } }],
});

const server = (...args: readonly string[]): Props => ({
    args: ["dask-gateway-server", ...args, "--config", `${config.mountPath}dask_gateway_config.py`],
    volumeMounts: [config],
    ports: [api],
});

function controller(release: DaskRelease, settings: KubernetesObject): KubernetesObject {
    return deployment(release, {
        key: "controller",
        part: "controller",
        checksums: { "checksum/configmap": checksum(settings) },
        container: server("kube-controller"),
        pod: mounted(release, "controller"),
        spec: { strategy: { type: "Recreate" } },
    });
}

function gateway(release: DaskRelease, settings: KubernetesObject): KubernetesObject {
    const { values } = release;
    const probe = (failureThreshold: number): Props => ({
        httpGet: { path: "/api/health", port: "api" },
        initialDelaySeconds: 5,
        periodSeconds: 10,
        timeoutSeconds: 2,
        failureThreshold,
    });
    const from = "gateway.auth.jupyterhub.apiTokenFromSecret";
    const secretKeyRef = { name: values.text(`${from}Name`), key: values.text(`${from}Key`) };
    return deployment(release, {
        key: "gateway",
        part: "api",
        labels: { "hub.jupyter.org/network-access-hub": "true" },
        checksums: {
            "checksum/configmap": checksum(settings),
            // Of the Secret that the chart would make for a token written into its values.
            "checksum/secret": "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b",
        },
        container: {
            ...server(),
            env: [{ name: "JUPYTERHUB_API_TOKEN", valueFrom: { secretKeyRef } }],
            livenessProbe: probe(6),
            readinessProbe: probe(3),
        },
        pod: mounted(release, "api"),
        spec: {},
    });
}

function proxy(release: DaskRelease): KubernetesObject {
    const probe = (failureThreshold: number): Props => ({
        httpGet: { path: "/ping", port: 9000 },
        failureThreshold,
        initialDelaySeconds: 10,
        periodSeconds: 10,
        successThreshold: 1,
        timeoutSeconds: 2,
    });
    const instance = `gateway.dask.org/instance=${release.fullname}`;
    const args: readonly Value[] = [
        "--global.checknewversion=false",
        "--global.sendanonymoususage=false",
        "--ping=true",
        "--providers.kubernetescrd",
        "--providers.kubernetescrd.allowcrossnamespace=true",
        `--providers.kubernetescrd.labelselector=${instance}`,
        "--providers.kubernetescrd.throttleduration=2",
        "--log.level=WARN",
        "--entrypoints.traefik.address=:9000",
        "--entrypoints.web.address=:8000",
        ...release.values.list("traefik.additionalArguments"),
    ];
    return deployment(release, {
        key: "traefik",
        part: "traefik",
        container: {
            securityContext: { runAsUser: 1000, runAsGroup: 1000 },
            args: [...args],
            ports: [
                { name: "traefik", containerPort: 9000 },
                { name: "web", containerPort: 8000 },
            ],
            readinessProbe: probe(1),
            livenessProbe: probe(3),
        },
        pod: { terminationGracePeriodSeconds: 60 },
        spec: {},
    });
}
