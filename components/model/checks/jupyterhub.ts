import { checkBuilds } from "./builds";
import { checkDask } from "./dask";
import { checkMachineChoices } from "./machine-choices";
import { checkMachines } from "./machines";
import { checkSessions } from "./sessions";
import { checkSignIn } from "./sign-in";
import type { Problem } from "../problem";
import type { StackInput } from "../spec/stack";
import { withKubernetes } from "../spec/aws";
import { onAks } from "../spec/azure";
import { machineTypesOf } from "../machine-types";

/** What does not fit together in `steward:jupyterhub`. */
export function checkJupyterhub(input: StackInput): Problem[] {
    const { jupyterhub, aws, azure } = input;
    const hubs = jupyterhub?.hubs ?? [];
    const machines = machineTypesOf(input);
    const described = { aws: withKubernetes(aws), azure: onAks(azure) };
    const problems: Problem[] = [];
    hubs.forEach((hub, at) => {
        const path = `steward:jupyterhub.hubs[${String(at)}]`;
        const earlier = hubs.slice(0, at);
        for (const [key, value, others] of [
            ["name", hub.name, earlier.map((other) => other.name)],
            ["domain", hub.domain, earlier.map((other) => other.domain)],
        ] as const) {
            if (!others.includes(value)) continue;
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
        if (["monitoring", "node-agents"].includes(hub.name)) {
            const message = `${hub.name} is the namespace of what watches all hubs`;
            problems.push({ path: `${path}.name`, message, fix: "take another name" });
        }
        if (hubs.some((other) => hub.name === `${other.name}-homes`)) {
            const message = `${hub.name} is the namespace of another hub's home directories`;
            problems.push({ path: `${path}.name`, message, fix: "take another name" });
        }
        if (hubs.some((other) => other.builds && hub.name === `${other.name}-builds`)) {
            const message = `${hub.name} is the namespace of another hub's builds`;
            problems.push({ path: `${path}.name`, message, fix: "take another name" });
        }
        problems.push(...checkSignIn(hub, path), ...checkSessions(hub, path));
        if (machines !== undefined) problems.push(...checkMachines(hub, path, machines));
        problems.push(...checkDask(hub, path, machines?.types.dask));
        problems.push(...checkBuilds(hub, path, described));
        problems.push(...checkMachineChoices(hub, path, machines));
    });
    return problems;
}
