import type { MachineTypes } from "../machine-types";
import { hubLabel } from "../machines";
import type { Problem } from "../problem";
import type { HubSpec } from "../spec/jupyterhub";

/** What a hub says of its machines, against what the platform has. */
export function checkMachines(hub: HubSpec, path: string, machines: MachineTypes): Problem[] {
    const problems: Problem[] = [];
    hub.machines.forEach((kind, at) => {
        const here = `${path}.machines[${String(at)}]`;
        if (machines.types[kind] === undefined) {
            const fix = `describe them in ${machines.section}.${kind}, or remove it`;
            problems.push({ path: here, message: `there are no machines for ${kind}`, fix });
        }
        if (hub.machines.indexOf(kind) !== at) {
            problems.push({ path: here, message: `names ${kind} twice`, fix: "name it once" });
        }
    });
    if (!hub.machines.includes("user") && !hub.machines.includes("gpu")) {
        const message = "leave users' servers no machine to run on";
        problems.push({ path: `${path}.machines`, message, fix: "add user or gpu" });
    }
    return [...problems, ...checkChoices(hub, path, machines)];
}

interface Choice {
    readonly kubespawner_override?: Readonly<Record<string, unknown>> | undefined;
}

/** A choice that asks for a machine no node group has would leave its user waiting for ever. */
function checkChoices(hub: HubSpec, path: string, machines: MachineTypes): Problem[] {
    const types = (["user", "gpu"] as const)
        .filter((kind) => hub.machines.includes(kind))
        .flatMap((kind) => machines.types[kind] ?? []);
    return choicesOf(hub, path).flatMap(([where, { kubespawner_override: override }]) => {
        const selector = override?.["node_selector"];
        if (typeof selector !== "object" || selector === null) return [];
        const here = `${where}.kubespawner_override.node_selector`;
        const type = (selector as Record<string, unknown>)["node.kubernetes.io/instance-type"];
        const problems: Problem[] = [];
        if (typeof type === "string" && !types.includes(type)) {
            const fix = `add it to the ${machines.key} of ${machines.section} for a kind of the hub's machines, or take: ${types.join(", ")}`;
            problems.push({ path: here, message: `no node group has ${type}`, fix });
        }
        if (Object.hasOwn(selector, hubLabel)) {
            const message = `${hubLabel} says whose machines they are`;
            problems.push({ path: here, message, fix: "remove it: Steward sets it to the hub" });
        }
        return problems;
    });
}

function choicesOf(hub: HubSpec, path: string): [string, Choice][] {
    return hub.profiles.flatMap((profile, at) => {
        const here = `${path}.profiles[${String(at)}]`;
        return [
            [here, profile] as [string, Choice],
            ...Object.entries(profile.profile_options ?? {}).flatMap(([option, { choices = {} }]) =>
                Object.entries(choices).map(([name, choice]): [string, Choice] => [
                    `${here}.profile_options.${option}.choices.${name}`,
                    choice,
                ]),
            ),
        ];
    });
}
