import type { HubSpec } from "../../../model/spec/jupyterhub";
import { binderLabels, buildNames } from "./names";

/** What ties a hub and its BinderHub; `S` is a secret text, known only while deploying. */
export interface BinderAccess<S> {
    /** By which the hub knows it, 32 bytes in hexadecimal; pinned like the hub's other secrets. */
    readonly token: S;
    /** What all images that it builds begin with. */
    readonly imagePrefix: string;
}

/** Parts of the hub's values by which its users have environments built and start them; empty where they do not. */
export function buildsOfHub<S>(hub: HubSpec, binder: BinderAccess<S> | undefined) {
    if (binder === undefined) return { services: {}, roles: {}, proxyPolicy: {}, config: {} };
    const { service, port } = buildNames;
    return {
        services: {
            [service]: {
                apiToken: binder.token,
                url: `http://${service}.${hub.name}:${String(port)}`,
                display: true,
                oauth_client_id: buildNames.client,
                // The hub and its BinderHub are one to whoever signed in.
                oauth_no_confirm: true,
            },
        },
        roles: {
            // It starts the server of whoever asked for an environment.
            [service]: { services: [service], scopes: ["servers", "read:users:name"] },
            user: { scopes: ["self", `access:services!service=${service}`] },
        },
        proxyPolicy: {
            egress: [
                {
                    to: [{ podSelector: { matchLabels: binderLabels } }],
                    ports: [{ port, protocol: "TCP" }],
                },
            ],
        },
        config: { "26-built-images": startsBuilt(binder.imagePrefix) },
    };
}

/**
 * Python of the hub that starts a server in the image that BinderHub names. Anybody may ask the hub's API for a server,
 * so only what this hub built is taken.
 */
const startsBuilt = (prefix: string) => `from tornado.web import HTTPError as StewardBuildError

steward_built = ${JSON.stringify(prefix)}


def steward_start_built(spawner):
    asked = spawner.user_options.get("image")
    if asked is None:
        return
    if not isinstance(asked, str) or not asked.startswith(steward_built):
        raise StewardBuildError(400, "That image is none that this hub built.")
    spawner.image = asked


c.KubeSpawner.pre_spawn_hook = steward_start_built
`;
