/** What the parts of a hub's Dask gateway call one another. */
export const daskNames = {
    /** By this name the hub knows it, leads to it and lets its users in. */
    service: "dask-gateway",
    /** Below the hub's address. */
    prefix: "/services/dask-gateway",
    /** Service accounts of its three pods. */
    accounts: { gateway: "dask-gateway", controller: "dask-controller", proxy: "dask-proxy" },
    /** File of the owner of what it makes, beside the configuration of the chart, and that file. */
    owner: "owner.json",
    config: "dask_gateway_config.py",
    /** Where the chart's Secret of the hub has the token of the service. */
    hubSecret: "hub",
    tokenKey: "hub.services.dask-gateway.apiToken",
} as const;

/**
 * The release of a hub's Dask gateway. It names the hub, because a gateway finds its own clusters by the name of its
 * release in all namespaces at once.
 */
export function daskRelease(hub: string): string {
    return `${hub}-dask-gateway`;
}

/** The Service of the proxy before gateway and schedulers, as the chart names it: at most 61 characters. */
export function daskProxy(hub: string): string {
    return `traefik-${daskRelease(hub)}`;
}

/** Pods of a Dask gateway: three of its own, two kinds that it makes. */
export type DaskComponent = "gateway" | "controller" | "traefik" | "dask-scheduler" | "dask-worker";

/** Selects the pods of one kind that one hub's gateway has. */
export function daskPods(hub: string, component: DaskComponent): Record<string, string> {
    return {
        "gateway.dask.org/instance": daskRelease(hub),
        "app.kubernetes.io/component": component,
    };
}
