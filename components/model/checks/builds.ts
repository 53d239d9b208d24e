import { capacityOf } from "../node-capacity";
import type { Problem } from "../problem";
import type { AwsSpec } from "../spec/aws";
import type { HubSpec } from "../spec/jupyterhub";

type Say = (key: string, message: string, fix: string) => void;

/** What the build's own helper takes beside the build: thousandths of a core, GiB of memory, GiB of disk. */
export const beside = { milliCpu: 100, memoryGiB: 0.5, diskGiB: 10 } as const;

/** What Kubernetes keeps of a machine's disk for images and itself: the system, and the room it never fills. */
const keptOfDisk = (volumeGiB: number): number => 8 + Math.ceil(volumeGiB * 0.15);

/** What does not fit together in a hub's builds: what no build could ever start with, or nobody could start. */
export function checkBuilds(hub: HubSpec, path: string, aws: AwsSpec | undefined): Problem[] {
    const { builds, machines, profiles } = hub;
    if (builds === undefined) return [];
    const problems: Problem[] = [];
    const say: Say = (key, message, fix) => {
        problems.push({ path: `${path}.${key}`, message, fix });
    };
    if (!machines.includes("build")) {
        const message = "has no machines that a build may run on";
        say("builds", message, "add build to the hub's machines");
    }
    if (!machines.includes("user")) {
        const message = "has no machines for servers that no profile describes";
        say("builds", message, "add user to the hub's machines");
    }
    if (profiles.length > 0) {
        const message = "builds environments that none of its profiles describes";
        say("builds", message, "give builds a hub of their own, without profiles");
    }
    if (hub.homes.storage !== "none") {
        const message = "hide what was built: repo2docker puts a repository's files there";
        say("homes", message, "write storage: none, or give builds a hub of their own");
    }
    if (hub.daskGateway !== undefined) {
        const message =
            "starts clusters in images of the hub's profiles only, and not in built ones";
        say("daskGateway", message, "remove it, or give builds a hub of their own");
    }
    if (new Set(builds.from).size < builds.from.length) {
        say("builds.from", "names a source twice", "name it once");
    }
    if (aws !== undefined) checkPlatform(builds, aws, say);
    return problems;
}

function checkPlatform(
    builds: NonNullable<HubSpec["builds"]>,
    { nodes, network }: AwsSpec,
    say: Say,
): void {
    if (network.interfaceEndpoints.includes("ecr.dkr")) {
        const message = "push to the registry, which an endpoint gives a private address";
        const fix =
            "take ecr.dkr out of steward:aws.network.interfaceEndpoints: builds reach no such address";
        say("builds", message, fix);
    }
    if (nodes.build === undefined) return;
    const room = nodes.build.volumeGiB - keptOfDisk(nodes.build.volumeGiB) - beside.diskGiB;
    if (builds.diskGiB > room) {
        const message = `is more than the ${String(Math.max(room, 0))} that a disk of ${String(nodes.build.volumeGiB)} leaves to a build`;
        say("builds.diskGiB", message, "lower it, or raise steward:aws.nodes.build.volumeGiB");
    }
    const known = nodes.build.instanceTypes.map(capacityOf).find((found) => found !== undefined);
    if (known === undefined) return; // all types of one group are of one size
    const { allocatable, daemonSets } = known;
    const has = {
        cores: (allocatable.milliCpu - daemonSets.milliCpu - beside.milliCpu) / 1_000,
        memoryGiB: (allocatable.bytes - daemonSets.bytes) / 2 ** 30 - beside.memoryGiB,
    };
    for (const key of ["cores", "memoryGiB"] as const) {
        if (builds[key] <= has[key]) continue;
        const left = (Math.floor(has[key] * 10) / 10).toString();
        const message = `is more than the ${left} that a machine leaves to a build`;
        say(`builds.${key}`, message, "lower it, or take larger machines");
    }
}
