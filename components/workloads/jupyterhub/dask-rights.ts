import { daskNames } from "./dask-names";

interface Rule {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
}

type Account = keyof typeof daskNames.accounts;

const watch = ["list", "watch"] as const;
const read = ["get", "list", "watch"] as const;

/**
 * What each pod of a Dask gateway does in its hub's namespace, read off its code; the chart's own roles allow it in
 * every namespace, the proxy all Secrets of the cluster among it.
 *
 * - The gateway writes down what users ask for, and reads the credentials of a cluster.
 * - The controller makes the cluster.
 * - The proxy follows routes. Traefik asks for Secrets, whether a route needs one or not.
 *
 * @see https://github.com/dask/dask-gateway/tree/2026.3.0/dask-gateway-server/dask_gateway_server/backends/kubernetes
 * @see https://doc.traefik.io/traefik/v3.3/reference/dynamic-configuration/kubernetes-crd/#rbac
 */
export const daskRights: Readonly<Record<Account, readonly Rule[]>> = {
    gateway: [
        {
            apiGroups: ["gateway.dask.org"],
            resources: ["daskclusters"],
            verbs: ["create", "patch"],
        },
        { apiGroups: [""], resources: ["secrets"], verbs: ["get"] },
    ],
    controller: [
        { apiGroups: ["gateway.dask.org"], resources: ["daskclusters"], verbs: ["delete"] },
        { apiGroups: ["gateway.dask.org"], resources: ["daskclusters/status"], verbs: ["patch"] },
        { apiGroups: [""], resources: ["pods"], verbs: ["create", "delete"] },
        { apiGroups: [""], resources: ["secrets"], verbs: ["create", "delete"] },
        { apiGroups: [""], resources: ["services"], verbs: ["create"] },
        {
            apiGroups: ["traefik.io"],
            resources: ["ingressroutes", "ingressroutetcps"],
            verbs: ["create"],
        },
    ],
    proxy: [
        { apiGroups: [""], resources: ["secrets", "services"], verbs: read },
        { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: watch },
        {
            apiGroups: ["traefik.io"],
            resources: [
                "ingressroutes",
                "ingressroutetcps",
                "ingressrouteudps",
                "middlewares",
                "middlewaretcps",
                "serverstransports",
                "serverstransporttcps",
                "tlsoptions",
                "tlsstores",
                "traefikservices",
            ],
            verbs: read,
        },
    ],
};

/** What the first two look for in all namespaces at once: their code has no other way. Nothing that is secret. */
export const daskSight: Readonly<Partial<Record<Account, readonly Rule[]>>> = {
    gateway: [{ apiGroups: ["gateway.dask.org"], resources: ["daskclusters"], verbs: watch }],
    controller: [
        { apiGroups: ["gateway.dask.org"], resources: ["daskclusters"], verbs: watch },
        { apiGroups: [""], resources: ["pods", "endpoints"], verbs: watch },
    ],
};
