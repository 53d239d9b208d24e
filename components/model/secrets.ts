import type { Problem } from "./problem";

/** As far as it says which secrets it needs. */
interface VmsInput {
    readonly key?: unknown;
    readonly monitoring?: {
        readonly mail?: { readonly username?: unknown };
        readonly heartbeat?: unknown;
    };
}

function ofHosts({ key, monitoring }: VmsInput): [string, string][] {
    return [
        ...(key === "agent" ? [] : [["hosts", "privateKey"]]),
        ...(monitoring?.mail?.username === undefined ? [] : [["hosts", "smtpPassword"]]),
        ...(monitoring?.heartbeat === true ? [["hosts", "heartbeatUrl"]] : []),
    ] as [string, string][];
}

/** The secrets that a stack file must hold, as paths below `steward:secrets`. */
export function neededSecrets(config: Readonly<Record<string, unknown>>): [string, string][] {
    const { jupyterhub, azure, vms } = config as {
        jupyterhub?: { hubs?: { name?: unknown }[] };
        azure?: unknown;
        vms?: VmsInput;
    };
    if (vms !== undefined) return ofHosts(vms);
    const hubs = Array.isArray(jupyterhub?.hubs) ? jupyterhub.hubs : [];
    const ofHubs = hubs.flatMap(({ name }): [string, string][] =>
        typeof name === "string" ? [[name, "oauthClientSecret"]] : [],
    );
    const mailed = azure !== undefined && jupyterhub !== undefined;
    return mailed ? [...ofHubs, ["alerts", "smtpPassword"]] : ofHubs;
}

/** Secrets that nobody set yet. The values themselves are neither returned nor shown. */
export function missingSecrets(config: Readonly<Record<string, unknown>>): Problem[] {
    const secrets = (config["secrets"] ?? {}) as Record<string, Record<string, unknown>>;
    return neededSecrets(config).flatMap(([hub, key]): Problem[] => {
        const value = secrets[hub]?.[key];
        if (typeof value === "string" ? value !== "" : typeof value === "object") return [];
        const path = `steward:secrets.${hub}.${key}`;
        return [
            {
                path,
                message: "is missing",
                fix: `run \`pulumi config set --secret --path '${path}'\``,
            },
        ];
    });
}
