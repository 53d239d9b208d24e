import type { HubSpec } from "../../model/spec/jupyterhub";
import { daskNames, daskPods, daskProxy } from "./dask-names";

/** What ties a hub and its Dask gateway; `S` is a secret text, known only while deploying. */
export interface DaskAccess<S> {
    /** By which the hub knows the gateway, 32 bytes in hexadecimal; pinned like the hub's other secrets. */
    readonly token: S;
}

/** What the default roles of JupyterHub hold, and beside it the way to the gateway. */
const access = `access:services!service=${daskNames.service}`;
const roles = {
    user: { scopes: ["self", access] },
    // The token inside a server is narrower than its user, and the gateway is asked with that one.
    server: { scopes: ["users:activity!user", "access:servers!server", access] },
};

/** Parts of the hub's values by which users' servers find the Dask gateway; empty where there is none. */
export function daskOfHub<S>(hub: HubSpec, dask: DaskAccess<S> | undefined) {
    if (dask === undefined)
        return { services: {}, roles: {}, proxyPolicy: {}, userEgress: [], userEnvironment: {} };
    const url = `http://${daskProxy(hub.name)}.${hub.name}`;
    const egress = [
        {
            to: [{ podSelector: { matchLabels: daskPods(hub.name, "traefik") } }],
            ports: [{ port: 8000, protocol: "TCP" }],
        },
    ];
    return {
        // Makes the proxy lead /services/dask-gateway there, for the dashboards of clusters.
        services: { [daskNames.service]: { apiToken: dask.token, url, display: false } },
        roles,
        proxyPolicy: { egress },
        userEgress: egress,
        userEnvironment: daskEnvironment(url),
    };
}

/**
 * With these `Gateway()` needs no argument, and a cluster starts in the image of the server that it is started from:
 * client, scheduler and workers have to have the same packages.
 *
 * @see https://gateway.dask.org/configuration-user.html
 */
const daskEnvironment = (url: string) => ({
    DASK_GATEWAY__ADDRESS: `${url}${daskNames.prefix}`,
    DASK_GATEWAY__PROXY_ADDRESS: `gateway://${new URL(url).host}:80`,
    DASK_GATEWAY__PUBLIC_ADDRESS: daskNames.prefix,
    DASK_GATEWAY__AUTH__TYPE: "jupyterhub",
    DASK_GATEWAY__CLUSTER__OPTIONS__IMAGE: "$(JUPYTER_IMAGE_SPEC)",
});
