import type { Props } from "../../provider/values";
import { textAt } from "../path";
import { daskDeployments } from "./dask-gateway/deployments";
import { configMaps } from "./dask-gateway/settings";
import { DaskRelease } from "./dask-gateway/release";
import type { Keys } from "./keys";
import { unknownKeys } from "./keys";
import type { ObjectList } from "./object";

const image = { name: true, tag: true, pullPolicy: true } as const;
const placed = {
    annotations: true,
    resources: true,
    nodeSelector: true,
    tolerations: true,
} as const;
const made = {
    extraPodConfig: true,
    extraContainerConfig: true,
    cores: { request: true, limit: true },
    memory: { request: true, limit: true },
} as const;

/** The keys that the list follows; the chart's schema refuses what it does not know, and has more. */
const keys: Keys = {
    gateway: {
        ...placed,
        prefix: true,
        image,
        auth: {
            type: true,
            jupyterhub: {
                apiUrl: true,
                apiTokenFromSecretName: true,
                apiTokenFromSecretKey: true,
                jupyterhubServiceName: true,
            },
        },
        extraConfig: true,
        backend: {
            image,
            environment: true,
            namespace: true,
            scheduler: made,
            worker: { ...made, threads: true },
        },
    },
    controller: { ...placed, image },
    traefik: { ...placed, image, service: { type: true }, additionalArguments: true },
    rbac: {
        gateway: { serviceAccountName: true },
        controller: { serviceAccountName: true },
        traefik: { serviceAccountName: true },
    },
    global: true,
};

/** What the list cannot follow: accounts and their roles are somebody else's, and the hub says who a user is. */
function unfollowed(values: Props): string[] {
    const wanted = ["gateway", "controller", "traefik"].flatMap((pod) => {
        const path = `rbac.${pod}.serviceAccountName`;
        return textAt(values, path) === undefined
            ? [`${path}: the list has no roles; name one`]
            : [];
    });
    const type = textAt(values, "gateway.auth.type");
    return type === "jupyterhub" ? wanted : [...wanted, "gateway.auth.type: is not jupyterhub"];
}

/**
 * The objects of the chart of Dask gateways, without the kinds in its folder crds/.
 *
 * @see https://github.com/dask/dask-gateway/tree/2026.3.0/resources/helm/dask-gateway
 */
export const daskGateway: ObjectList = {
    versions: ["2026.3.0"],
    problems: (values) => [...unknownKeys(values, keys), ...unfollowed(values)],
    objects(installation) {
        const release = new DaskRelease(installation);
        const { values } = release;
        const settings = configMaps(release);
        const api = release.named("api");
        const prefix = values.text("gateway.prefix");
        const hasPrefix = prefix !== "/";
        const stripped = hasPrefix ? [{ name: release.named("api-prefix") }] : [];
        return [
            settings.controller,
            settings.gateway,
            release.object("v1", "Service", api, {
                spec: {
                    type: "ClusterIP",
                    selector: release.selector("gateway"),
                    ports: [{ protocol: "TCP", port: 8000, targetPort: 8000 }],
                },
            }),
            release.object("v1", "Service", release.named("traefik"), {
                spec: {
                    type: values.text("traefik.service.type"),
                    selector: release.selector("traefik"),
                    ports: [{ name: "web", targetPort: 8000, port: 80 }],
                },
            }),
            ...daskDeployments(release, settings),
            release.object("traefik.io/v1alpha1", "IngressRoute", api, {
                spec: {
                    entryPoints: ["web"],
                    routes: [
                        {
                            match: `PathPrefix(\`${prefix}\`)`,
                            kind: "Rule",
                            services: [{ name: api, port: 8000 }],
                            ...(hasPrefix ? { middlewares: stripped } : {}),
                        },
                    ],
                },
            }),
            release.object("traefik.io/v1alpha1", "Middleware", release.named("clusters-prefix"), {
                spec: {
                    stripPrefixRegex: {
                        regex: [`${prefix.replace(/\/$/, "")}/clusters/[a-zA-Z0-9.-]+`],
                    },
                },
            }),
            ...stripped.map(({ name }) =>
                release.object("traefik.io/v1alpha1", "Middleware", name, {
                    spec: { stripPrefix: { prefixes: [prefix.replace(/\/$/, "")] } },
                }),
            ),
        ];
    },
};
