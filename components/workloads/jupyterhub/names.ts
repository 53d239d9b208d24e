/** What the parts of one hub call one another inside its namespace. */
export const names = {
    /** Secret of the sign-in layer, with the OAuth client's secret. */
    oauthClient: "oauth-client",
    oauthClientKey: "client-secret",
    /** ConfigMap of the access policy, and the file in it. */
    accessPolicy: "access-policy",
    accessPolicyFile: "policy.json",
    /** Claim of the hub's SQLite file, or Secret with the password of its database. */
    hubDatabase: "hub-database",
    hubDatabaseKey: "password",
    /** Claim of all home directories, and the Service that exports them. */
    homes: "homes",
    /** What the chart calls the hub's own service account. */
    hubServiceAccount: "hub",
    /** What the chart calls the Service of its proxy. */
    proxy: "proxy-public",
    /** Secret with the key and the certificate of the hub's domain. */
    certificate: "way-in-tls",
    /** The hub's domain on the gateway, and what stands for it there. */
    wayIn: "way-in",
} as const;

/** The namespace of the server that exports a hub's home directories. */
export function homesNamespace(hub: string): string {
    return `${hub}-homes`;
}

/** The directory that all share, beside the users' own: `_` is in no escaped name of a user. */
export const sharedPath = "_shared";
