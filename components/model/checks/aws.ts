import { checkBackups } from "./backups";
import { checkNetworkRange } from "./network-range";
import { checkNodes, twice } from "./nodes";
import type { Problem } from "../problem";
import type { StackInput } from "../spec/stack";
import { withKubernetes } from "../spec/aws";

/** The range that EKS gives Services to; the VPC must not overlap it. */
export const serviceCidr = "172.20.0.0/16";

/** What does not fit together in `steward:aws`. */
export function checkAws({ cluster, aws }: StackInput): Problem[] {
    if (aws === undefined) return [];
    const { network, kubernetes } = aws;
    const hubs = cluster.workload === "jupyterhub";
    const region = cluster.region ?? "";
    const problems = checkBackups(aws.backups, region);
    const say = (path: string, message: string, fix: string) =>
        problems.push({ path: `steward:aws.${path}`, message, fix });

    network.zones.forEach((zone, at) => {
        if (zone.slice(0, -1) === region) return;
        say(
            `network.zones[${String(at)}]`,
            `${zone} is not in ${region}`,
            "take zones of the region",
        );
    });
    for (const zone of twice(network.zones)) {
        say("network.zones", `names ${zone} twice`, "name each zone once");
    }
    for (const service of twice(network.interfaceEndpoints)) {
        say("network.interfaceEndpoints", `names ${service} twice`, "name each service once");
    }
    checkNetworkRange(network.cidr, "VPC", (message, fix) => {
        say("network.cidr", message, fix);
    });
    if (/^(cn|us-gov|us-iso)/.test(region)) {
        const fix = "take a region of the public partition";
        const message = `${region} has service principals that Steward does not know`;
        problems.push({ path: "steward:cluster.region", message, fix });
    }
    for (const key of ["kubernetes", "nodes"] as const) {
        const there = aws[key] !== undefined;
        if (there === hubs) continue;
        if (there) say(key, "belongs to a cluster of JupyterHub", "remove it");
        else say(key, "is missing", "write a mapping");
    }
    if (hubs && network.cidr.startsWith("172.20.")) {
        const message = `overlaps ${serviceCidr}, which Kubernetes gives to Services`;
        say("network.cidr", message, "take another private range");
    }
    kubernetes?.publicAccessCidrs.forEach((each, at) => {
        if (each !== "0.0.0.0/0") return;
        const path = `kubernetes.publicAccessCidrs[${String(at)}]`;
        say(path, "opens the Kubernetes API to everybody", "name the networks that need it");
    });
    const onKubernetes = withKubernetes(aws);
    if (onKubernetes !== undefined) problems.push(...checkNodes(onKubernetes));
    return problems;
}
