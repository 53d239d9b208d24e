import type { Problem } from "./problem";

/** The secrets that a stack file must hold, as paths below `steward:secrets`. */
export function neededSecrets(config: Readonly<Record<string, unknown>>): [string, string][] {
    const { jupyterhub, vms } = config as {
        jupyterhub?: { hubs?: { name?: unknown }[] };
        vms?: { key?: unknown };
    };
    const hubs = Array.isArray(jupyterhub?.hubs) ? jupyterhub.hubs : [];
    if (vms !== undefined) return vms.key === "agent" ? [] : [["hosts", "privateKey"]];
    return hubs.flatMap(({ name }): [string, string][] =>
        typeof name === "string" ? [[name, "oauthClientSecret"]] : [],
    );
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
