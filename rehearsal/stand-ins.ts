import { awsStandIn } from "./aws/stand-in";
import { azureStandIn } from "./azure/stand-in";
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
