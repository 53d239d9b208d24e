import { capacityOf } from "../node-capacity";
import type { Problem } from "../problem";
import type { HubSpec } from "../spec/jupyterhub";

type Say = (key: string, message: string, fix: string) => void;

/**
 * What does not fit together in a hub's Dask gateway: what no cluster, or no worker, could ever start with.
 *
 * @param types Of the machines for workers; undefined where the platform has none.
 */
export function checkDask(
    hub: HubSpec,
    path: string,
    types: readonly string[] | undefined,
): Problem[] {
    const { daskGateway: dask, machines } = hub;
    if (dask === undefined) return [];
    const problems: Problem[] = [];
    const say: Say = (key, message, fix) => {
        problems.push({ path: `${path}.${key}`, message, fix });
    };
    const needs = { dask: "workers", user: "schedulers" } as const;
    for (const kind of ["dask", "user"] as const) {
        if (machines.includes(kind)) continue;
        const message = `has no machines that its ${needs[kind]} run on`;
        say("daskGateway", message, `add ${kind} to the hub's machines`);
    }
    checkLimits(dask, say);
    if (types !== undefined) checkWorker(dask, types, say);
    for (const key of Object.keys(hub.environment)) {
        if (!/^DASK_GATEWAY__(ADDRESS|PROXY_ADDRESS|PUBLIC_ADDRESS|AUTH__TYPE)$/.test(key))
            continue;
        say(`environment.${key}`, "leads users past the hub's own gateway", "remove it");
    }
    return problems;
}

function checkLimits(
    { scheduler, worker, cluster }: NonNullable<HubSpec["daskGateway"]>,
    say: Say,
): void {
    for (const [most, usual] of [
        ["maxCores", "cores"],
        ["maxMemoryGiB", "memoryGiB"],
    ] as const) {
        if (worker[most] < worker[usual]) {
            say(`daskGateway.worker.${most}`, `is below ${usual}`, "write at least as much");
        }
        const least = scheduler[usual] + worker[usual];
        if (cluster[most] >= least) continue;
        const message = "leaves no room for a worker beside the scheduler";
        say(`daskGateway.cluster.${most}`, message, `write at least ${String(Math.ceil(least))}`);
    }
}

/** A worker that fits no machine waits for one for ever. Only of machines whose figures are known. */
function checkWorker(
    { worker }: NonNullable<HubSpec["daskGateway"]>,
    types: readonly string[],
    say: Say,
): void {
    for (const type of types) {
        const capacity = capacityOf(type);
        if (capacity === undefined) continue;
        const { daemonSets } = capacity;
        const cores = (capacity.allocatable.milliCpu - daemonSets.milliCpu) / 1_000;
        const gibibytes = (capacity.allocatable.bytes - daemonSets.bytes) / 2 ** 30;
        for (const [key, asked, has] of [
            ["maxCores", worker.maxCores, cores],
            ["maxMemoryGiB", worker.maxMemoryGiB, gibibytes],
        ] as const) {
            if (asked <= has) continue;
            const room = (Math.floor(has * 10) / 10).toString();
            const message = `is more than the ${room} that ${type} leaves to a worker`;
            say(`daskGateway.worker.${key}`, message, "lower it, or take larger machines");
        }
        return; // all types of one group are of one size
    }
}
