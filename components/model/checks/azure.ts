import { checkAzureHubs } from "./azure-hubs";
import { overlap, parseCidr } from "../cidr";
import { checkNetworkRange, isPrivate } from "./network-range";
import { twice } from "./nodes";
import type { Problem } from "../problem";
import type { StackInput } from "../spec/stack";
import { onAks } from "../spec/azure";
import type { AzureDnsSpec } from "../spec/azure-dns";

/** The ranges of Services and of pods inside AKS; the network must not overlap them. */
export const serviceCidr = "172.20.0.0/16";
export const podCidr = "192.168.0.0/16";

/** @see https://learn.microsoft.com/azure/aks/azure-cni-overlay#ip-address-planning */
const takenRanges = [
    [serviceCidr, "Kubernetes gives to Services"],
    [podCidr, "AKS gives to pods"],
    ["172.30.0.0/15", "AKS keeps for itself"],
] as const;

/** Each machine takes 256 addresses of the range of pods. */
const mostMachines = 250;

/** Wherever Azure speaks of a principal of Entra. */
const objectId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What does not fit together in `steward:azure`, and what stands in the file for another cloud. */
export function checkAzure(input: StackInput): Problem[] {
    const { azure, cluster, access } = input;
    if (azure === undefined) return [];
    const { network, kubernetes } = azure;
    const hubs = cluster.workload === "jupyterhub";
    const problems: Problem[] = [];
    const say = (path: string, message: string, fix: string) =>
        problems.push({ path: `steward:azure.${path}`, message, fix });

    for (const zone of twice(network.zones)) {
        say("network.zones", `names ${zone} twice`, "name each zone once");
    }
    const range = parseCidr(network.cidr);
    checkNetworkRange(network.cidr, "network", (message, fix) => {
        say("network.cidr", message, fix);
    });
    for (const [taken, whose] of hubs ? takenRanges : []) {
        const block = parseCidr(taken);
        if (range === undefined || block === undefined || !overlap(range, block)) continue;
        const message = `overlaps ${taken}, which ${whose}`;
        say("network.cidr", message, "take another private range");
    }
    for (const key of ["kubernetes", "nodes", "mail"] as const) {
        const there = azure[key] !== undefined;
        if (there === hubs) continue;
        if (there) say(key, "belongs to a cluster of JupyterHub", "remove it");
        else say(key, "is missing", "write a mapping");
    }
    kubernetes?.authorizedRanges.forEach((each, at) => {
        const path = `kubernetes.authorizedRanges[${String(at)}]`;
        if (each === "0.0.0.0/0")
            say(path, "opens the Kubernetes API to everybody", "name the networks that need it");
        const given = parseCidr(each);
        if (given === undefined || !isPrivate(given)) return;
        const message = `${each} is a private range, from which nobody comes in from outside`;
        say(path, message, "remove it: inside the network the API answers anyway");
    });
    if (!/^[a-z]+[0-9]?$/.test(cluster.region ?? "eastus")) {
        const message = `${cluster.region ?? ""} is not how Azure writes a region`;
        const fix = "write it as `az account list-locations` does, such as canadacentral";
        problems.push({ path: "steward:cluster.region", message, fix });
    }
    for (const [slug, principal] of Object.entries(access)) {
        if (objectId.test(principal)) continue;
        const message = "is no principal of Entra";
        const fix = "write the object id of a group, a service principal or a user";
        problems.push({ path: `steward:access.${slug}`, message, fix });
    }
    problems.push(...checkZone(azure.dns), ...checkNodes(input), ...checkAzureHubs(input));
    return problems;
}

function checkNodes({ azure, jupyterhub }: StackInput): Problem[] {
    const aks = onAks(azure);
    if (aks === undefined) return [];
    const { nodes, network } = aks;
    const problems: Problem[] = [];
    const say = (path: string, message: string, fix: string) =>
        problems.push({ path: `steward:azure.nodes.${path}`, message, fix });
    const zones: [string, string][] = [["core.zone", nodes.core.zone]];
    for (const kind of ["user", "gpu", "dask", "build"] as const) {
        const pool = nodes[kind];
        pool?.zones?.forEach((zone, at) => zones.push([`${kind}.zones[${String(at)}]`, zone]));
        for (const name of [...twice(pool?.zones ?? []), ...twice(pool?.vmSizes ?? [])]) {
            say(kind, `names ${name} twice`, "name it once");
        }
    }
    for (const [path, zone] of zones) {
        if (network.zones.includes(zone as never)) continue;
        const fix = `take one of: ${network.zones.join(", ")}`;
        say(path, `${zone} is no zone of the network`, fix);
    }
    const { core, gpu, build } = nodes;
    const all = (jupyterhub?.hubs ?? []).flatMap(({ machines }) =>
        machines.flatMap((kind) => {
            const pool = nodes[kind];
            return pool === undefined ? [] : [pool.max * pool.vmSizes.length];
        }),
    );
    const most = all.reduce((sum, each) => sum + each, core.max);
    if (most > mostMachines) {
        const message = `all pools at their max come to ${String(most)} machines, and pods have addresses on ${String(mostMachines)}`;
        say("user.max", message, "lower the max of pools");
    }
    if (core.max < core.min) say("core.max", "is below min", "write at least as many nodes");
    build?.vmSizes.forEach((size, at) => {
        if (!size.startsWith("Standard_N")) return;
        const fix = "take one of the families D, E and F, such as Standard_D4s_v5";
        say(`build.vmSizes[${String(at)}]`, `${size} has a GPU, which no build asks for`, fix);
    });
    gpu?.vmSizes.forEach((size, at) => {
        // N is the letter of machines with a GPU, V of those whose GPU is for pictures.
        if (/^Standard_N[CD]/.test(size)) return;
        const fix = "take one of the families NC and ND, such as Standard_NC4as_T4_v3";
        say(`gpu.vmSizes[${String(at)}]`, `${size} has no GPU to compute with`, fix);
    });
    return problems;
}

function checkZone({ zone, resourceGroup }: AzureDnsSpec): Problem[] {
    const path = "steward:azure.dns.resourceGroup";
    if (zone !== undefined && resourceGroup === undefined) {
        return [{ path, message: "is missing", fix: "write the resource group of that zone" }];
    }
    if (zone === undefined && resourceGroup !== undefined) {
        const message = "belongs to a zone that stands already";
        return [{ path, message, fix: "remove it, or write zone" }];
    }
    return [];
}
