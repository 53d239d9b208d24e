import type { Problem } from "./problem";
import type { StackInput } from "./spec";
import type { HubSpec } from "./spec/jupyterhub";

/** What does not fit together in `steward:jupyterhub`. */
export function checkJupyterhub({ jupyterhub, aws }: StackInput): Problem[] {
    const hubs = jupyterhub?.hubs ?? [];
    const problems: Problem[] = [];
    hubs.forEach((hub, at) => {
        const path = `steward:jupyterhub.hubs[${String(at)}]`;
        const earlier = hubs.slice(0, at);
        for (const [key, value, others] of [
            ["name", hub.name, earlier.map((other) => other.name)],
            ["domain", hub.domain, earlier.map((other) => other.domain)],
            ["scratch.bucket", hub.scratch?.bucket, earlier.map((other) => other.scratch?.bucket)],
        ] as const) {
            if (value === undefined || !(others as (string | undefined)[]).includes(value))
                continue;
            const message = `${value} is taken by another hub`;
            problems.push({ path: `${path}.${key}`, message, fix: "give each hub its own" });
        }
        if (["default", "kube-system", "kube-public", "kube-node-lease"].includes(hub.name)) {
            const message = `${hub.name} is a namespace of Kubernetes itself`;
            problems.push({ path: `${path}.name`, message, fix: "take another name" });
        }
        if (["gateway", "cert-manager"].includes(hub.name)) {
            const message = `${hub.name} is the namespace of the way in to all hubs`;
            problems.push({ path: `${path}.name`, message, fix: "take another name" });
        }
        if (hub.homes.quotaGiB > hub.homes.sizeGiB) {
            const message = "one user may store more than the whole volume holds";
            problems.push({ path: `${path}.homes.quotaGiB`, message, fix: "write less" });
        }
        if (hubs.some((other) => hub.name === `${other.name}-homes`)) {
            const message = `${hub.name} is the namespace of another hub's home directories`;
            problems.push({ path: `${path}.name`, message, fix: "take another name" });
        }
        problems.push(...checkSignIn(hub, path));
        const types = aws?.nodes.user.instanceTypes;
        if (types !== undefined) problems.push(...checkMachines(hub, path, types));
    });
    return problems;
}

/** Settings that have a place of their own, and where that is. */
const elsewhere: Readonly<Record<string, string>> = {
    client_id: "clientId",
    client_secret: "`steward:secrets`, <hub>.oauthClientSecret",
    oauth_callback_url: "nowhere: it follows from the domain",
    admin_users: "the hub's `admins`",
};

function checkSignIn({ authenticator: { settings }, admins }: HubSpec, hub: string): Problem[] {
    const path = `${hub}.authenticator.settings`;
    const problems = Object.keys(settings)
        .filter((key) => Object.hasOwn(elsewhere, key))
        .map((key): Problem => {
            const fix = `remove it; its place is ${String(elsewhere[key])}`;
            return { path: `${path}.${key}`, message: "is not a setting to write here", fix };
        });
    if (admins.length === 0 && !Object.entries(settings).some(letsIn)) {
        const message = "let nobody in: JupyterHub 5 admits whom a rule names";
        const fix = "write a rule such as allowed_groups, or `allow_all: true`";
        problems.push({ path, message, fix });
    }
    return problems;
}

/**
 * Whether a setting opens the hub to anybody. Of CILogon's providers each has rules of its own.
 *
 * @see https://jupyterhub.readthedocs.io/en/5.5.0/tutorial/getting-started/authenticators-users-basics.html
 */
function letsIn([key, value]: [string, unknown]): boolean {
    if (key === "allowed_idps") {
        return Object.values(value ?? {}).some((provider: unknown) =>
            Object.entries(provider ?? {}).some(letsIn),
        );
    }
    if (!/^(allow|admin_)/.test(key) || key === "allow_existing_users") return false;
    return typeof value === "object" && value !== null
        ? Object.keys(value).length > 0
        : value === true;
}

interface Choice {
    readonly kubespawner_override?: Readonly<Record<string, unknown>> | undefined;
}

/** A choice that asks for a machine no node group has would leave its user waiting for ever. */
function checkMachines(hub: HubSpec, path: string, types: readonly string[]): Problem[] {
    return hub.profiles.flatMap((profile, at) => {
        const here = `${path}.profiles[${String(at)}]`;
        const choices: [string, Choice][] = [
            [here, profile],
            ...Object.entries(profile.profile_options ?? {}).flatMap(
                ([option, { choices: all = {} }]) =>
                    Object.entries(all).map(([name, choice]): [string, Choice] => [
                        `${here}.profile_options.${option}.choices.${name}`,
                        choice,
                    ]),
            ),
        ];
        return choices.flatMap(([where, { kubespawner_override: override }]) => {
            const selector = override?.["node_selector"];
            if (typeof selector !== "object" || selector === null) return [];
            const type = (selector as Record<string, unknown>)["node.kubernetes.io/instance-type"];
            if (typeof type !== "string" || types.includes(type)) return [];
            return [
                {
                    path: `${where}.kubespawner_override.node_selector`,
                    message: `no node group has ${type}`,
                    fix: `add it to steward:aws.nodes.user.instanceTypes, or take: ${types.join(", ")}`,
                },
            ];
        });
    });
}
