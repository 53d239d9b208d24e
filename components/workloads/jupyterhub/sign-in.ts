import type { HubSpec } from "../../model/spec/jupyterhub";

type Settings = Readonly<Record<string, unknown>>;

/** JupyterHub's names of the authenticators → the classes that carry their settings (oauthenticator 17). */
export const classes = {
    "generic-oauth": "GenericOAuthenticator",
    github: "GitHubOAuthenticator",
    cilogon: "CILogonOAuthenticator",
    dummy: "DummyAuthenticator",
} as const satisfies Record<HubSpec["authenticator"]["class"], string>;

/** Settings that say who may enter and who administers: the access policy, which another role owns. */
const isPolicy = (key: string) => /^(allow|admin|block|idps$)/.test(key);

const pick = (settings: Settings, keep: (key: string) => boolean): Settings =>
    Object.fromEntries(Object.entries(settings).filter(([key]) => keep(key)));

/**
 * How users sign in: sections of `hub.config`, without the client's secret, which the authenticator reads from
 * OAUTH_CLIENT_SECRET.
 *
 * @see https://oauthenticator.readthedocs.io/en/stable/reference/api/gen/oauthenticator.oauth2.html
 */
export function signIn({ authenticator, domain }: HubSpec): Readonly<Record<string, Settings>> {
    return {
        JupyterHub: { authenticator_class: authenticator.class },
        [classes[authenticator.class]]: {
            ...pick(authenticator.settings, (key) => !isPolicy(key)),
            ...(authenticator.clientId === undefined
                ? {}
                : {
                      client_id: authenticator.clientId,
                      oauth_callback_url: `https://${domain}/hub/oauth_callback`,
                  }),
        },
    };
}

/** Who may enter the hub and who administers it, as JSON: section of the hub's configuration → settings. */
export function accessPolicy({ authenticator, admins }: HubSpec): string {
    const policy = {
        Authenticator: { admin_users: admins },
        [classes[authenticator.class]]: pick(authenticator.settings, isPolicy),
    };
    return JSON.stringify(policy, undefined, 4);
}
