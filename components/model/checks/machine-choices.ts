import { measured } from "../aks-room";
import type { MachineTypes } from "../machine-types";
import { machineChoices } from "../machine-choices";
import { capacities, capacityOf } from "../node-capacity";
import type { Problem } from "../problem";
import type { HubSpec } from "../spec/jupyterhub";
import type { ProfileOption } from "../spec/jupyterhub-profiles";

/**
 * What is wrong with the machines that a hub's choices are computed from.
 *
 * @param machines Those of the platform; undefined where it describes none.
 */
export function checkMachineChoices(
    hub: HubSpec,
    path: string,
    machines: MachineTypes | undefined,
): Problem[] {
    return hub.profiles.flatMap((profile, at) =>
        Object.entries(profile.profile_options ?? {}).flatMap(([name, option]) => {
            const here = `${path}.profiles[${String(at)}].profile_options.${name}`;
            return [...checkTypes(option, here, machines), ...checkNames(option, here)];
        }),
    );
}

function checkTypes(
    { machines: shares = [] }: ProfileOption,
    path: string,
    machines: MachineTypes | undefined,
): Problem[] {
    return shares.flatMap(({ type }, at): Problem[] => {
        const here = `${path}.machines[${String(at)}].type`;
        if (capacityOf(type) === undefined) {
            const all = machines?.section === "steward:azure.nodes" ? measured : capacities;
            const known = Object.keys(all).join(", ");
            const message = `Steward has no figures of ${type}`;
            return [{ path: here, message, fix: `take one of: ${known}; or write \`choices\`` }];
        }
        const types = machines?.types.user ?? [];
        if (machines === undefined || types.includes(type)) return [];
        const message = `no node group has ${type}`;
        const fix = `add it to ${machines.section}.user.${machines.key}, or take: ${types.join(", ")}`;
        return [{ path: here, message, fix }];
    });
}

/** Of two choices of one name KubeSpawner would know only one. */
function checkNames({ choices = {}, machines: shares = [] }: ProfileOption, path: string) {
    const taken = new Set(Object.keys(choices));
    return shares.flatMap((share, at): Problem[] => {
        const names = machineChoices([share]).map(([name]) => name);
        const twice = names.filter((name, i) => taken.has(name) || names.indexOf(name) !== i);
        names.forEach((name) => taken.add(name));
        return twice.map((name) => ({
            path: `${path}.machines[${String(at)}]`,
            message: `${name} is the name of another choice`,
            fix: "offer that much memory once",
        }));
    });
}
