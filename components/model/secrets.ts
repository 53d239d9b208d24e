import type { Problem } from "./problem";

/** The secrets that a stack file must hold, as paths below `steward:secrets`. */
export function neededSecrets(
    config: Readonly<Record<string, unknown>>,
): (readonly [string, string])[] {
    const { jupyterhub, commcare, azure, vms } = config as {
        jupyterhub?: { hubs?: { name?: unknown }[] };
        commcare?: { deploy?: unknown };
        azure?: unknown;
        vms?: Vms;
    };
    const installed = commcare?.deploy === true ? ["vaultPassword", "vault"] : [];
    const keys = vms === undefined ? [] : [...ofHosts(vms), ...installed];
    const hosts = keys.map((key) => ["hosts", key] as const);
    const hubs = Array.isArray(jupyterhub?.hubs) ? jupyterhub.hubs : [];
    const ofHubs = hubs.flatMap(({ name }): [string, string][] =>
        typeof name === "string" ? [[name, "oauthClientSecret"]] : [],
    );
    const watched = jupyterhub !== undefined && vms?.k3s?.heartbeat === true;
    const mailed = (azure !== undefined || vms !== undefined) && jupyterhub !== undefined;
    return [
        ...hosts,
        ...ofHubs,
        ...(mailed ? [["alerts", "smtpPassword"] as const] : []),
        ...(watched ? [["alerts", "heartbeatUrl"] as const] : []),
    ];
}

interface Vms {
    readonly key?: unknown;
    readonly k3s?: { readonly heartbeat?: unknown };
    readonly monitoring?: {
        readonly mail?: { readonly username?: unknown };
        readonly heartbeat?: unknown;
    };
    readonly backups?: {
        readonly repository?: { readonly kind?: unknown; readonly user?: unknown };
    };
    readonly hosts?: Readonly<
        Record<string, { readonly disks?: { readonly encrypted?: unknown }[] }>
    >;
}

/** Keys below `hosts`, by what the stack file has there. */
function ofHosts({ key, backups, hosts = {}, monitoring }: Vms): string[] {
    const { kind, user } = backups?.repository ?? {};
    const sealed = Object.values(hosts).some(({ disks = [] }) =>
        disks.some(({ encrypted }) => encrypted !== false),
    );
    return [
        ...(key === "agent" ? [] : ["privateKey"]),
        ...(backups === undefined ? [] : ["backupsPassword"]),
        ...(kind === "sftp" ? ["backupsPrivateKey"] : []),
        ...(kind === "rest" && user !== undefined ? ["backupsRestPassword"] : []),
        ...(kind === "s3" ? ["backupsAccessKeyId", "backupsSecretAccessKey"] : []),
        ...(sealed ? ["disksKey"] : []),
        ...(monitoring?.mail?.username === undefined ? [] : ["smtpPassword"]),
        ...(monitoring?.heartbeat === true ? ["heartbeatUrl"] : []),
    ];
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
