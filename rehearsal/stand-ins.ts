import { awsStandIn } from "./aws/stand-in";
import { azureStandIn } from "./azure/stand-in";
import type * as onHosts from "./command/on-hosts";
import { commandStandIn } from "./command/stand-in";
import { kubernetesStandIn } from "./kubernetes/stand-in";
import type { StandIn } from "./provider/stand-in";
import { randomStandIn } from "./random/stand-in";
import { tlsStandIn } from "./tls/stand-in";

/** The providers that a rehearsal stands in for. */
export const standIns: Readonly<Record<string, StandIn>> = {
    aws: awsStandIn,
    "azure-native": azureStandIn,
    random: randomStandIn,
    command: commandStandIn,
    kubernetes: kubernetesStandIn,
    tls: tlsStandIn,
};

/**
 * Those of one rehearsal. Commands are run on hosts only where somebody asked for it: no rehearsal does so by itself.
 * With `STEWARD_COMMAND_PLUGIN=official` besides, the engine finds @pulumi/command's own plugin, on its PATH.
 */
export function standInsFor(env: NodeJS.ProcessEnv): Readonly<Record<string, StandIn>> {
    if (env["STEWARD_REHEARSE_ON_HOSTS"] !== "1") return standIns;
    if (env["STEWARD_COMMAND_PLUGIN"] === "official") {
        const { command: _, ...others } = standIns;
        return others;
    }
    const { commandsOnHosts } = require("./command/on-hosts") as typeof onHosts;
    return { ...standIns, command: commandsOnHosts };
}
