import { aksDaemonSets, aksRoom } from "../aks-room";
import { capacityOf } from "../node-capacity";
import type { Problem } from "../problem";
import type { AwsSpec } from "../spec/aws";
import type { AzureSpec } from "../spec/azure";
import type { HubSpec } from "../spec/jupyterhub";
import type { BuildsSpec } from "../spec/jupyterhub-builds";

type Say = (key: string, message: string, fix: string) => void;

/** What the build's own helper takes beside the build: thousandths of a core, GiB of memory, GiB of disk. */
export const beside = { milliCpu: 100, memoryGiB: 0.5, diskGiB: 10 } as const;

/** What Kubernetes keeps of a machine's disk for images and itself: the system, and the room it never fills. */
const keptOfDisk = (volumeGiB: number): number => 8 + Math.ceil(volumeGiB * 0.15);

/** The section of the platform that a hub's machines are described in. */
export interface BuildMachines {
    readonly aws: AwsSpec | undefined;
    readonly azure: AzureSpec | undefined;
}

/** What does not fit together in a hub's builds: what no build could ever start with, or nobody could start. */
export function checkBuilds(hub: HubSpec, path: string, { aws, azure }: BuildMachines): Problem[] {
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
    if (aws !== undefined) checkAws(builds, aws, say);
    if (azure !== undefined) checkAzure(builds, azure, say);
    return problems;
}

function checkAws(builds: BuildsSpec, { nodes, network }: AwsSpec, say: Say): void {
    if (network.interfaceEndpoints.includes("ecr.dkr")) {
        const message = "push to the registry, which an endpoint gives a private address";
        const fix =
            "take ecr.dkr out of steward:aws.network.interfaceEndpoints: builds reach no such address";
        say("builds", message, fix);
    }
    if (nodes.build === undefined) return;
    checkDisk(builds, nodes.build.volumeGiB, "steward:aws.nodes.build.volumeGiB", say);
    const known = nodes.build.instanceTypes.map(capacityOf).find((found) => found !== undefined);
    if (known === undefined) return; // all types of one group are of one size
    const { allocatable, daemonSets } = known;
    checkRoom(
        builds,
        {
            cores: (allocatable.milliCpu - daemonSets.milliCpu) / 1_000,
            memoryGiB: (allocatable.bytes - daemonSets.bytes) / 2 ** 30,
        },
        say,
    );
}

/** Each size is a pool of its own: a build starts where it fits, so what is refused fits nowhere. */
function checkAzure(builds: BuildsSpec, { nodes }: AzureSpec, say: Say): void {
    if (nodes.build === undefined) return;
    checkDisk(builds, nodes.build.diskGiB, "steward:azure.nodes.build.diskGiB", say);
    const rooms = nodes.build.vmSizes.map(aksRoom);
    const known = rooms.filter((room) => room !== undefined);
    if (known.length < rooms.length) return;
    const most = (of: (room: (typeof known)[number]) => number) => Math.max(...known.map(of));
    checkRoom(
        builds,
        {
            cores: (most(({ milliCpu }) => milliCpu) - aksDaemonSets.milliCpu) / 1_000,
            memoryGiB: most(({ mebibytes }) => mebibytes) / 2 ** 10 - aksDaemonSets.bytes / 2 ** 30,
        },
        say,
    );
}

function checkDisk(builds: BuildsSpec, disk: number, key: string, say: Say): void {
    const room = disk - keptOfDisk(disk) - beside.diskGiB;
    if (builds.diskGiB <= room) return;
    const message = `is more than the ${String(Math.max(room, 0))} that a disk of ${String(disk)} leaves to a build`;
    say("builds.diskGiB", message, `lower it, or raise ${key}`);
}

/** @param machine What a machine has for pods that come and go. */
function checkRoom(
    builds: BuildsSpec,
    machine: { readonly cores: number; readonly memoryGiB: number },
    say: Say,
): void {
    const has = {
        cores: machine.cores - beside.milliCpu / 1_000,
        memoryGiB: machine.memoryGiB - beside.memoryGiB,
    };
    for (const key of ["cores", "memoryGiB"] as const) {
        if (builds[key] <= has[key]) continue;
        const left = (Math.floor(has[key] * 10) / 10).toString();
        const message = `is more than the ${left} that a machine leaves to a build`;
        say(`builds.${key}`, message, "lower it, or take larger machines");
    }
}
