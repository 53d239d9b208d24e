import type { ServiceSlug } from "./services";
import { services } from "./services";

/** Machines of one kind, before each has a name and a zone: a line of a plan. */
export interface MachineLine {
    /** Also the first part of each machine's name. */
    readonly name: string;
    /** What each of them runs. */
    readonly services: readonly ServiceSlug[];
    /** What only the first of them runs as well. */
    readonly first: readonly ServiceSlug[];
    /** What single ones of them run as well, by the machine's name. */
    readonly also?: Readonly<Record<string, readonly ServiceSlug[]>>;
    readonly count: number;
    readonly vcpus: number;
    readonly memoryGiB: number;
    /** The cloud's own name of that size, where the stack file says one. */
    readonly instanceType?: string;
    readonly rootGiB: number;
    /** A disk of its own for data; null: none. */
    readonly dataGiB: number | null;
    /** Of each machine in turn, as places in the platform's list of zones; without it: one zone after the other. */
    readonly zones?: readonly number[];
}

/** One machine: what a platform builds, and the hand-over gives an address to. */
export interface Machine {
    /** Such as web-b1: its line, the letter of its zone, and a number. A DNS label. */
    readonly name: string;
    readonly line: string;
    readonly services: readonly ServiceSlug[];
    readonly vcpus: number;
    readonly memoryGiB: number;
    readonly instanceType?: string;
    readonly rootGiB: number;
    readonly dataGiB: number | null;
    /** Place in the platform's list of zones. */
    readonly zone: number;
}

/** PostgreSQL as a service of the cloud. */
export interface ManagedPostgresql {
    readonly name: string;
    readonly vcpus: number;
    readonly memoryGiB: number;
    readonly instanceClass?: string;
    readonly diskGiB: number;
    /** A copy in another zone that takes over. */
    readonly standby: boolean;
    readonly version: string;
    readonly maxConnections: number;
    /** False only where it is to be given up. */
    readonly deletionProtection: boolean;
}

/** Redis as a service of the cloud. */
export interface ManagedRedis {
    readonly vcpus: number;
    readonly memoryGiB: number;
    readonly nodeType?: string;
    /** Two or more: each further one in another zone, ready to take over. */
    readonly nodes: number;
}

/** A load balancer inside the cluster, which gives several machines one address. */
export interface Balancer {
    readonly name: string;
    /** By connection, or by HTTP request. */
    readonly kind: "network" | "application";
    /** Whose address it is: clients of that service come to it. */
    readonly service: "pgbouncer" | "couchdb-proxy";
    /** Machines behind it. */
    readonly machines: readonly string[];
    readonly port: number;
    readonly targetPort: number;
}

/** What a cluster consists of. */
export interface MachinePlan {
    /** How the lines were laid out; `explicit` where the stack file names each of them. */
    readonly layout: Layout | "explicit";
    readonly lines: readonly MachineLine[];
    readonly machines: readonly Machine[];
    /** Empty: PostgreSQL runs on machines. */
    readonly postgresql: readonly ManagedPostgresql[];
    /** Null: Redis runs on machines. */
    readonly redis: ManagedRedis | null;
    readonly redisBroker: ManagedRedis | null;
    readonly sharedDirectory: "cloud" | "machine";
    readonly balancers: readonly Balancer[];
}

export type Layout = "single" | "micro" | "small" | "large";

const letters = "abc";

/** Gives each machine of the lines its name and zone. */
export function machinesOf(lines: readonly MachineLine[], zones: number): Machine[] {
    return lines.flatMap((line) => {
        const taken = new Map<number, number>();
        return Array.from({ length: line.count }, (_, at): Machine => {
            // By its place in its own line: other lines that come or go move no machine.
            const zone = line.zones?.[at] ?? at % zones;
            const number = (taken.get(zone) ?? 0) + 1;
            taken.set(zone, number);
            const { vcpus, memoryGiB, instanceType, rootGiB, dataGiB } = line;
            const name = `${line.name}-${letters[zone] ?? "z"}${number}`;
            const first = at === 0 ? line.first : [];
            return {
                name,
                line: line.name,
                services: [...line.services, ...first, ...(line.also?.[name] ?? [])],
                vcpus,
                memoryGiB,
                ...(instanceType === undefined ? {} : { instanceType }),
                rootGiB,
                dataGiB,
                zone,
            };
        });
    });
}

/** The machines that run a service. */
export function machinesWith(plan: Pick<MachinePlan, "machines">, slug: ServiceSlug): Machine[] {
    return plan.machines.filter(({ services: placed }) => placed.includes(slug));
}

/**
 * Every service that a cluster of this plan has, on machines or from the cloud: what `flows` takes.
 *
 * @param entrance Whether the platform has a load balancer in front of the proxies.
 */
export function servicesOf(plan: MachinePlan, entrance: boolean): ServiceSlug[] {
    const present = new Set<ServiceSlug>(plan.machines.flatMap(({ services: placed }) => placed));
    if (entrance) present.add("load-balancer").add("object-storage");
    if (plan.postgresql.length > 0) present.add("postgresql");
    if (plan.redis !== null) present.add("redis");
    if (plan.redisBroker !== null) present.add("redis-broker");
    if (plan.sharedDirectory === "cloud") present.add("shared-directory");
    for (const { service } of plan.balancers) present.add(service);
    present.add("ssh");
    return (Object.keys(services) as ServiceSlug[]).filter((slug) => present.has(slug));
}

/** What a plan has in all, services of the cloud with their standbys included. */
export function totalsOf({ machines, postgresql, redis, redisBroker }: MachinePlan) {
    const nodes = [
        ...machines,
        ...postgresql.flatMap((each) => (each.standby ? [each, each] : [each])),
        ...[redis, redisBroker].flatMap((each) =>
            each === null ? [] : Array.from({ length: each.nodes }, () => each),
        ),
    ];
    const sum = (of: (node: { vcpus: number; memoryGiB: number }) => number) =>
        nodes.reduce((total, node) => total + of(node), 0);
    return {
        machines: machines.length,
        vcpus: sum(({ vcpus }) => vcpus),
        memoryGiB: sum(({ memoryGiB }) => memoryGiB),
        diskGiB:
            machines.reduce((total, { rootGiB, dataGiB }) => total + rootGiB + (dataGiB ?? 0), 0) +
            postgresql.reduce((total, { diskGiB }) => total + diskGiB, 0),
    };
}
