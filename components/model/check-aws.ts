import { parseCidr } from "./cidr";
import type { Problem } from "./problem";
import type { StackInput } from "./spec";

/** The range that EKS gives Services to; the VPC must not overlap it. */
export const serviceCidr = "172.20.0.0/16";

const twice = (values: readonly string[]): string[] =>
    values.filter((value, at) => values.indexOf(value) !== at);

/** What does not fit together in `steward:aws`. */
export function checkAws({ cluster, aws }: StackInput): Problem[] {
    if (aws === undefined) return [];
    const { network, kubernetes, nodes } = aws;
    const problems: Problem[] = [];
    const region = cluster.region ?? "";
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
    const range = parseCidr(network.cidr);
    if (range !== undefined && (range.prefix < 16 || range.prefix > 20)) {
        const message = `/${String(range.prefix)} is no size for the VPC of a cluster`;
        say("network.cidr", message, "write a range from /16 to /20");
    }
    if (network.cidr.startsWith("172.20.")) {
        const message = `overlaps ${serviceCidr}, which Kubernetes gives to Services`;
        say("network.cidr", message, "take another private range");
    }
    kubernetes.publicAccessCidrs.forEach((each, at) => {
        if (each !== "0.0.0.0/0") return;
        const path = `kubernetes.publicAccessCidrs[${String(at)}]`;
        say(path, "opens the Kubernetes API to everybody", "name the networks that need it");
    });
    const zones: [string, string][] = [
        ["nodes.core.zone", nodes.core.zone],
        ...nodes.user.zones.map((zone, at): [string, string] => [
            `nodes.user.zones[${String(at)}]`,
            zone,
        ]),
    ];
    for (const [path, zone] of zones) {
        if (network.zones.includes(zone)) continue;
        say(path, `${zone} has no subnet`, `take one of: ${network.zones.join(", ")}`);
    }
    for (const name of [...twice(nodes.user.zones), ...twice(nodes.user.instanceTypes)]) {
        say("nodes.user", `names ${name} twice`, "name it once");
    }
    if (nodes.core.max < nodes.core.min) {
        say("nodes.core.max", "is below min", "write at least as many nodes");
    }
    return problems;
}
