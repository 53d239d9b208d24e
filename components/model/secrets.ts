import type { Problem } from "./problem";

/** The secrets that a stack file must hold, as paths below `steward:secrets`. */
export function neededSecrets(
    config: Readonly<Record<string, unknown>>,
): (readonly [string, string])[] {
    const { jupyterhub, azure, vms } = config as {
        jupyterhub?: { hubs?: { name?: unknown }[] };
        azure?: unknown;
        vms?: { key?: unknown };
    };
    const ofHosts: [string, string][] =
        vms === undefined || vms.key === "agent" ? [] : [["hosts", "privateKey"]];
    const hubs = Array.isArray(jupyterhub?.hubs) ? jupyterhub.hubs : [];
    const ofHubs = hubs.flatMap(({ name }): [string, string][] =>
        typeof name === "string" ? [[name, "oauthClientSecret"]] : [],
    );
    const mailed = (azure !== undefined || vms !== undefined) && jupyterhub !== undefined;
    return [...ofHosts, ...ofHubs, ...(mailed ? [["alerts", "smtpPassword"] as const] : [])];
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
