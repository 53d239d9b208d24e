import type { Problem } from "../problem";
import type { CommcareSpec } from "../spec/commcare";
import type { MachinePlan } from "./plan";
import { machinesWith } from "./plan";
import {
    furtherPillows,
    managementCommands,
    optionalQueues,
    pillows,
    requiredQueues,
    soloProcesses,
} from "./queues";

const at = "steward:commcare.processes";
const queues: readonly string[] = [...requiredQueues, ...optionalQueues];
const knownPillows: readonly string[] = [...pillows, ...furtherPillows];
const commands: readonly string[] = managementCommands;

/** What does not fit in `steward:commcare.processes` and `databases`: commcare-cloud's rules, and those it lacks. */
export function checkProcesses(spec: CommcareSpec, plan: MachinePlan): Problem[] {
    const { processes, databases } = spec;
    return [
        ...(processes === undefined
            ? []
            : [
                  ...checkMachines(processes.celery, `${at}.celery`, "celery", plan),
                  ...checkQueues(processes.celery),
                  ...checkMachines(processes.pillows, `${at}.pillows`, "pillowtop", plan),
                  ...checkNames(processes.pillows, `${at}.pillows`, knownPillows, "pillow"),
                  ...checkCommands(processes.managementCommands, plan),
              ]),
        ...(databases === undefined ? [] : checkDatabases(databases, plan)),
    ];
}

type ByMachine = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function checkMachines(
    said: ByMachine,
    path: string,
    service: "celery" | "pillowtop",
    plan: MachinePlan,
): Problem[] {
    const names = machinesWith(plan, service).map(({ name }) => name);
    const unknown = Object.keys(said).filter((name) => !names.includes(name));
    const missing = names.filter((name) => !Object.hasOwn(said, name));
    return [
        ...unknown.map((name) => ({
            path: `${path}.${name}`,
            message: `is no machine that runs ${service}`,
            fix: `take some of: ${names.join(", ")}`,
        })),
        ...missing.map((name) => ({
            path,
            message: `says nothing of ${name}, which runs ${service}`,
            fix: `add ${name}: what it runs, or {}`,
        })),
    ];
}

function checkQueues(celery: ByMachine): Problem[] {
    const seen = new Map<string, string[]>();
    const problems: Problem[] = [];
    for (const [machine, entries] of Object.entries(celery)) {
        for (const key of Object.keys(entries)) {
            const path = `${at}.celery.${machine}.${JSON.stringify(key)}`;
            const names = key.split(",");
            for (const name of names) {
                seen.set(name, [...(seen.get(name) ?? []), machine]);
                if (queues.includes(name)) continue;
                const message = `${JSON.stringify(name)} is no queue of CommCare HQ`;
                problems.push({ path, message, fix: `take some of: ${queues.join(", ")}` });
            }
            const solo = names.find((name) => soloProcesses.includes(name));
            if (solo === undefined || names.length === 1) continue;
            const message = `${solo} works no queue and shares an entry`;
            problems.push({ path, message, fix: `give ${solo} an entry of its own` });
        }
    }
    const missing = requiredQueues.filter((name) => !seen.has(name));
    if (missing.length > 0) {
        const message = `leaves out ${missing.join(", ")}, without which CommCare HQ does not run`;
        problems.push({ path: `${at}.celery`, message, fix: "add each to a machine" });
    }
    for (const name of soloProcesses) {
        const machines = seen.get(name) ?? [];
        if (machines.length < 2) continue;
        const message = `runs ${name} on ${machines.join(" and ")}`;
        problems.push({ path: `${at}.celery`, message, fix: "run it on one machine" });
    }
    return problems;
}

function checkNames(said: ByMachine, path: string, known: readonly string[], noun: string) {
    return Object.entries(said).flatMap(([machine, entries]) =>
        Object.keys(entries)
            .filter((name) => !known.includes(name))
            .map((name) => ({
                path: `${path}.${machine}.${name}`,
                message: `is no ${noun} of CommCare HQ`,
                fix: `take some of: ${known.join(", ")}`,
            })),
    );
}

function checkCommands(said: Readonly<Record<string, readonly string[]>>, plan: MachinePlan) {
    const path = `${at}.managementCommands`;
    const names = plan.machines.map(({ name }) => name);
    const byMachine = Object.entries(said).map(([machine, list]) => [
        machine,
        Object.fromEntries(list.map((name) => [name, {}])),
    ]);
    return [
        ...Object.keys(said)
            .filter((name) => !names.includes(name))
            .map((name) => ({
                path: `${path}.${name}`,
                message: "is no machine of the plan",
                fix: `take some of: ${names.join(", ")}`,
            })),
        ...checkNames(Object.fromEntries(byMachine) as ByMachine, path, commands, "command"),
    ];
}

function checkDatabases(said: NonNullable<CommcareSpec["databases"]>, plan: MachinePlan) {
    const problems: Problem[] = [];
    const path = "steward:commcare.databases";
    const machines = plan.machines
        .filter(({ services }) => services.includes("pgbouncer") || services.includes("plproxy"))
        .map(({ name }) => name);
    const balancers = plan.balancers
        .filter(({ service }) => service === "pgbouncer")
        .map(({ name }) => name);
    const known = [...balancers, ...machines];
    const { formProcessing, pool: _, ...databases } = said;
    const endpoints = [
        ...Object.entries(databases).flatMap(([key, value]) =>
            value === undefined ? [] : [[key, value.endpoint] as const],
        ),
        ...Object.entries(formProcessing?.partitions ?? {}).map(
            ([key, { endpoint }]) => [`formProcessing.partitions.${key}`, endpoint] as const,
        ),
    ];
    for (const [key, endpoint] of endpoints) {
        if (known.includes(endpoint)) continue;
        const message = `${endpoint} is neither a balancer of pgbouncer nor a machine that runs it`;
        const fix = `take one of: ${known.join(", ")}`;
        problems.push({ path: `${path}.${key}.endpoint`, message, fix });
    }
    if (formProcessing === undefined) return problems;
    const proxies = machinesWith(plan, "plproxy").map(({ name }) => name);
    if (!proxies.includes(formProcessing.proxy)) {
        const message = `${formProcessing.proxy} is no machine that runs plproxy`;
        const fix = proxies.length === 0 ? "place plproxy on a line" : `take ${proxies.join(", ")}`;
        problems.push({ path: `${path}.formProcessing.proxy`, message, fix });
    }
    const wrong = shardsWrong(formProcessing.partitions);
    if (wrong !== undefined) {
        const fix =
            "number partitions p1, p2, … and shards without a gap from 0, a power of two of them";
        problems.push({ path: `${path}.formProcessing.partitions`, message: wrong, fix });
    }
    return problems;
}

type Partitions = Readonly<Record<string, { readonly shards: readonly [number, number] }>>;

function shardsWrong(partitions: Partitions): string | undefined {
    const names = Object.keys(partitions).sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
    if (names.length === 0) return "names no partition";
    const odd = names.find((name, nth) => name !== `p${String(nth + 1)}`);
    if (odd !== undefined) return `names ${odd} out of turn`;
    let next = 0;
    for (const name of names) {
        const [first, last] = partitions[name]?.shards ?? [0, -1];
        if (first !== next || last < first) return `leaves a gap or an overlap at ${name}`;
        next = last + 1;
    }
    return (next & (next - 1)) === 0 ? undefined : `has ${String(next)} shards, no power of two`;
}
