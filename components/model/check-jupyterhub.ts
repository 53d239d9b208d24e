import { checkMachineChoices } from "./check-machine-choices";
import { checkSessions } from "./check-sessions";
import { checkSignIn } from "./check-sign-in";
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
        if (hub.homes.quotaGiB > hub.homes.sizeGiB) {
            const message = "one user may store more than the whole volume holds";
            problems.push({ path: `${path}.homes.quotaGiB`, message, fix: "write less" });
        }
        if (hubs.some((other) => hub.name === `${other.name}-homes`)) {
            const message = `${hub.name} is the namespace of another hub's home directories`;
            problems.push({ path: `${path}.name`, message, fix: "take another name" });
        }
        problems.push(...checkSignIn(hub, path), ...checkSessions(hub, path));
        const types = aws?.nodes.user.instanceTypes;
        if (types !== undefined) problems.push(...checkMachines(hub, path, types));
        problems.push(...checkMachineChoices(hub, path, types));
    });
    return problems;
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
