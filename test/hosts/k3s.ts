import * as pulumi from "@pulumi/pulumi";
import { buildCluster } from "../../components/build-cluster";
import type { VmsClusterSpec } from "../../components/model/spec";
import { campus, specOf } from "../components/platforms/vms/k3s/cluster";
import { recordResources, settled } from "../support/record-resources";
import type { Inventory } from "./laboratory";
import type { Step } from "./steps";
import { commandsIn, perform as performAll } from "./steps";

/** The three nodes of the stack of hubs, and the hosts that they are. */
const nodes = { "node-1": "vm1", "node-2": "vm2", "node-3": "vm3" } as const;

/**
 * The stack of hubs on the laboratory's hosts.
 *
 * @param k3s Laid over `steward:vms.k3s`.
 * @param change The same over `steward:vms`.
 */
export function campusOn(
    lab: Inventory,
    k3s: Record<string, unknown> = {},
    change: Record<string, unknown> = {},
): VmsClusterSpec {
    const hosts = Object.entries(nodes).map(([node, name]) => {
        const found = lab.hosts.find((host) => host.name === name);
        if (found === undefined) throw new Error(`the laboratory has no ${name}`);
        const { address, port, user, hostKey } = found;
        return [node, { address, port, user, hostKey }] as const;
    });
    const vms = {
        hosts: Object.fromEntries(hosts),
        systems: ["debian-12"],
        administrators: [`${lab.gateway}/32`],
        ...change,
    };
    return specOf(campus(vms, k3s));
}

/** All commands of such a stack, in the order in which they are registered. */
export async function stepsOf(
    lab: Inventory,
    ...changes: readonly Record<string, unknown>[]
): Promise<Step[]> {
    const { resources } = await recordResources({
        outputs: {
            "random:index/randomPassword:RandomPassword": () => ({ result: token }),
            "command:remote:Command": () => ({ stdout: "", stderr: "" }),
        },
    });
    const client = { oauthClientSecret: pulumi.secret("of the client") };
    await buildCluster(campusOn(lab, ...changes), {
        hosts: { privateKey: pulumi.secret(lab.privateKey) },
        alerts: { smtpPassword: pulumi.secret("of the relay") },
        hub: client,
        staging: client,
    });
    await settled();
    return commandsIn(resources);
}

/** What nodes are let in by, in these tests. */
export const token = "0123456789abcdef".repeat(4);

/** Runs a step as the engine would have it run; says what it said. */
export async function perform(verb: "create" | "delete", step: Step): Promise<string> {
    return (await performAll(verb, [step]))[step.name] ?? "";
}
