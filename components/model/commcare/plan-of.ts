import type { Problem } from "../problem";
import type { CommcareSpec } from "../spec/commcare";
import type { LineSpec } from "../spec/commcare-plan";
import { loadOf } from "./demand";
import type { Sizes } from "./machine-size";
import type { Balancer, MachineLine, MachinePlan, ManagedPostgresql, ManagedRedis } from "./plan";
import { machinesOf } from "./plan";
import type { Stands } from "./sizing";
import { sizePlan } from "./sizing";

/** What of a platform a plan depends on. */
export interface Ground {
    /** Names of the zones, in the platform's order. */
    readonly zones: readonly string[];
    /** Whether the platform offers services of its own. */
    readonly cloud: boolean;
    /** What sizes are called there. */
    readonly sizes: Sizes;
    /** Where services stand there unless the stack file says otherwise, if not by the size. */
    readonly stands: Stands;
}

export interface PlanFound {
    readonly plan: MachinePlan;
    readonly problems: readonly Problem[];
}

const at = "steward:commcare.plan";

const nothing: MachinePlan = {
    layout: "explicit",
    lines: [],
    machines: [],
    postgresql: [],
    redis: null,
    redisBroker: null,
    sharedDirectory: "machine",
    balancers: [],
};

/**
 * The machine plan of a stack file: sized from its users, then changed line by line as it says.
 *
 * @returns the plan with what does not fit in it; `checkPlan` finds what a whole plan lacks.
 */
export function planOf(spec: CommcareSpec, ground: Ground): PlanFound {
    const problems: Problem[] = [];
    const { plan: said, users, availability } = spec;
    const stands = { ...ground.stands, ...spec.stands };
    const sized =
        said.basis === "nothing" || users === undefined
            ? nothing
            : sizePlan({
                  load: loadOf({ ...spec, users }),
                  availability,
                  cloud: ground.cloud,
                  stands,
                  objectStore: spec.blobs === "object-store",
                  zones: ground.zones.length,
              });
    if (said.basis === "users" && users === undefined) {
        problems.push({
            path: "steward:commcare.users",
            message: "is missing, and machines are sized from it",
            fix: "write how many people will use the site, or every line with `plan: { basis: nothing }`",
        });
    }
    const lines = linesOf(sized.lines, said.machines, ground, problems);
    const plan: MachinePlan = {
        ...sized,
        lines,
        machines: machinesOf(lines, ground.zones.length),
        postgresql: postgresqlOf(sized.postgresql, said.postgresql, ground, problems),
        redis: redisOf("redis", sized.redis, said.redis, ground, problems),
        redisBroker: redisOf("redisBroker", sized.redisBroker, said.redisBroker, ground, problems),
        sharedDirectory: stands["shared-directory"] ?? sized.sharedDirectory,
        balancers: balancersOf(sized.balancers, said.balancers),
    };
    return { plan, problems };
}

function linesOf(
    sized: readonly MachineLine[],
    said: CommcareSpec["plan"]["machines"],
    ground: Ground,
    problems: Problem[],
): MachineLine[] {
    const kept = sized.flatMap((line) => {
        const change = Object.hasOwn(said, line.name) ? said[line.name] : undefined;
        if (change === null) return [];
        return [change === undefined ? line : changed(line, change, ground, problems)];
    });
    const added = Object.entries(said).flatMap(([name, line]): MachineLine[] => {
        if (line === null || sized.some((each) => each.name === name)) return [];
        const path = `${at}.machines.${name}`;
        const sizeless =
            line.instanceType === undefined &&
            (line.vcpus === undefined || line.memoryGiB === undefined);
        if (line.services === undefined || sizeless) {
            const message =
                "is a line of its own, and does not say what it runs or how large it is";
            const fix = "write `services`, and `instanceType` or `vcpus` and `memoryGiB`";
            problems.push({ path, message, fix });
            return [];
        }
        const bare: MachineLine = {
            name,
            services: [],
            first: [],
            count: 1,
            vcpus: 0,
            memoryGiB: 0,
            rootGiB: 50,
            dataGiB: null,
        };
        return [changed(bare, line, ground, problems)];
    });
    return [...kept, ...added];
}

function changed(
    line: MachineLine,
    { instanceType, zones: names, ...change }: LineSpec,
    { zones, sizes: { machine } }: Ground,
    problems: Problem[],
): MachineLine {
    const path = `${at}.machines.${line.name}`;
    const size = instanceType === undefined ? undefined : machine.sizeOf(instanceType);
    if (instanceType !== undefined && size === undefined) {
        const message = `${instanceType} is no ${machine.noun}`;
        const fix = `take one such as ${machine.examples}`;
        problems.push({ path: `${path}.instanceType`, message, fix });
    }
    if (instanceType !== undefined && (change.vcpus ?? change.memoryGiB) !== undefined) {
        const message = "says vcpus or memoryGiB beside instanceType";
        problems.push({ path, message, fix: "write one or the other" });
    }
    const places = names?.map((name) => zones.indexOf(name));
    names?.forEach((name, nth) => {
        if (zones.includes(name)) return;
        const message = `${name} is no zone of the cluster`;
        const fix = `take one of: ${zones.join(", ")}`;
        problems.push({ path: `${path}.zones[${String(nth)}]`, message, fix });
    });
    const merged = { ...line, ...defined(change), ...size };
    if (places !== undefined && places.length !== merged.count) {
        const message = `names ${String(places.length)} zones for ${String(merged.count)} machines`;
        problems.push({ path: `${path}.zones`, message, fix: "name the zone of each machine" });
    }
    return {
        ...merged,
        ...(instanceType === undefined ? {} : { instanceType }),
        ...(places === undefined ? {} : { zones: places.map((place) => Math.max(0, place)) }),
    };
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function defined<T extends object>(value: T): Defined<T> {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    return Object.fromEntries(entries) as Defined<T>;
}

function postgresqlOf(
    sized: readonly ManagedPostgresql[],
    said: CommcareSpec["plan"]["postgresql"],
    { sizes: { database } }: Ground,
    problems: Problem[],
): ManagedPostgresql[] {
    const names = new Set([...sized.map(({ name }) => name), ...Object.keys(said)]);
    return [...names].flatMap((name): ManagedPostgresql[] => {
        const change = Object.hasOwn(said, name) ? said[name] : {};
        const before = sized.find((each) => each.name === name);
        if (change === null || change === undefined) return [];
        const { instanceClass } = change;
        const path = `${at}.postgresql.${name}`;
        const size = instanceClass === undefined ? before : database.sizeOf(instanceClass);
        if (size === undefined) {
            const message =
                instanceClass === undefined
                    ? "does not say how large it is"
                    : `${instanceClass} is no ${database.noun}`;
            const fix = `take one such as ${database.examples}`;
            problems.push({ path: `${path}.instanceClass`, message, fix });
            return [];
        }
        const { vcpus, memoryGiB } = size;
        const usual = {
            diskGiB: 100,
            standby: true,
            version: "14",
            maxConnections: Math.min(1_000, memoryGiB * 50),
            deletionProtection: true,
        };
        return [{ name, ...usual, ...before, ...defined(change), vcpus, memoryGiB }];
    });
}

function redisOf(
    key: "redis" | "redisBroker",
    sized: ManagedRedis | null,
    said: CommcareSpec["plan"]["redis"],
    { sizes: { cache } }: Ground,
    problems: Problem[],
): ManagedRedis | null {
    if (said === undefined) return sized;
    const { nodeType, nodes = sized?.nodes ?? 2 } = said;
    const size = nodeType === undefined ? sized : (cache.sizeOf(nodeType) ?? null);
    if (size === null) {
        const message =
            nodeType === undefined
                ? "does not say how large it is"
                : `${nodeType} is no ${cache.noun}`;
        const fix = `take one such as ${cache.examples}`;
        problems.push({ path: `${at}.${key}.nodeType`, message, fix });
        return null;
    }
    const { vcpus, memoryGiB } = size;
    return { vcpus, memoryGiB, nodes, ...(nodeType === undefined ? {} : { nodeType }) };
}

function balancersOf(
    sized: readonly Balancer[],
    said: CommcareSpec["plan"]["balancers"],
): Balancer[] {
    const ports = { pgbouncer: [6_432, 6_432], "couchdb-proxy": [25_984, 15_984] } as const;
    const kept = sized.filter(({ name }) => !Object.hasOwn(said, name));
    const added = Object.entries(said).flatMap(([name, each]): Balancer[] => {
        if (each === null) return [];
        const [port, targetPort] = ports[each.service];
        return [{ name, ...each, port, targetPort }];
    });
    return [...kept, ...added];
}
