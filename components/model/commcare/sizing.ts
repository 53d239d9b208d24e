import type { Load } from "./demand";
import { assumptions } from "./demand";
import type { Availability, Slot } from "./layouts";
import { layouts, objectStoreSlot } from "./layouts";
import type { Need } from "./needs";
import { needsOf } from "./needs";
import type { Balancer, Layout, MachineLine, MachinePlan, ManagedRedis } from "./plan";
import { machinesOf } from "./plan";
import type { ServiceSlug } from "./services";

/** Services of which a stack says whether they stand on machines or come from the cloud. */
export const movable = [
    "postgresql",
    "redis",
    "redis-broker",
    "shared-directory",
    "couchdb-proxy",
] as const;

export type Movable = (typeof movable)[number];
export type Stands = Readonly<Partial<Record<Movable, "machine" | "cloud">>>;

export interface SizingInput {
    readonly load: Load;
    readonly availability: Availability;
    /** Whether the platform offers services of its own. */
    readonly cloud: boolean;
    readonly stands: Stands;
    /** Whether attachments lie in a store on a machine of its own. */
    readonly objectStore?: boolean;
    /** Zones that machines are spread over. */
    readonly zones: number;
}

/**
 * The layout for a load. A load counts as so many users as send its forms, have its cases or work in web apps at
 * the documented figures.
 *
 * @see https://commcare-cloud.readthedocs.io/en/latest/prereqs/5-requirements.html fewer than 1,500 users with
 * fewer than 10,000 active cases each, fewer than 3,500, up to 15,000
 */
export function layoutFor(load: Load, availability: Availability): Layout {
    const users = Math.max(
        load.users,
        load.formsPerDay / assumptions.formsPerUser.value,
        load.activeCases / 10_000,
        load.webAppsUsers / 0.025,
    );
    if (availability === "high" || users >= 15_000) return "large";
    if (users >= 3_500) return "small";
    // Whoever asks for more than a single machine gets two: the documented start for those that want to grow.
    return users >= 1_500 || availability === "standard" ? "micro" : "single";
}

/**
 * The machine plan for a load. Pure; more load never gives fewer machines, vCPUs or memory.
 *
 * Where more than one machine of a kind is asked for, the others carry the load when one is lost.
 */
export function sizePlan(input: SizingInput): MachinePlan {
    const { load, availability, zones } = input;
    const layout = layoutFor(load, availability);
    const needs = needsOf(load);
    const where = standsOf(input, layout);
    const inCloud = (slug: ServiceSlug) =>
        (where as Partial<Record<string, string>>)[slug] === "cloud";
    const slots = [...layouts[layout], ...(input.objectStore === true ? [objectStoreSlot] : [])];
    const lines = slots.flatMap((slot) => lineOf(slot, input, needs, inCloud));
    const machines = machinesOf(lines, zones);
    const names = (of: ServiceSlug) =>
        machines.filter(({ services }) => services.includes(of)).map(({ name }) => name);
    const balancers: Balancer[] = [];
    if (inCloud("couchdb-proxy")) {
        balancers.push({
            name: "couch-alb",
            kind: "application",
            service: "couchdb-proxy",
            machines: names("couchdb"),
            port: 25_984,
            targetPort: 15_984,
        });
    }
    if (input.cloud && names("pgbouncer").length > 1) {
        balancers.push({
            name: "pgmain-nlb",
            kind: "network",
            service: "pgbouncer",
            machines: names("pgbouncer"),
            port: 6_432,
            targetPort: 6_432,
        });
    }
    const copies = availability === "single" ? 1 : 2;
    return {
        layout,
        lines,
        machines,
        postgresql: inCloud("postgresql") ? [postgresqlOf(needs.postgresql, copies > 1)] : [],
        redis: inCloud("redis") ? redisOf(needs.redis, copies) : null,
        redisBroker: inCloud("redis-broker") ? redisOf(needs["redis-broker"], copies) : null,
        sharedDirectory: where["shared-directory"],
        balancers,
    };
}

/** Where each movable service stands: as the stack says, else in the cloud once there is more than two machines. */
function standsOf({ cloud, stands }: SizingInput, layout: Layout) {
    const usual = cloud && (layout === "small" || layout === "large") ? "cloud" : "machine";
    const couch = layout === "large" ? usual : "machine";
    return {
        postgresql: stands.postgresql ?? usual,
        redis: stands.redis ?? usual,
        "redis-broker": stands["redis-broker"] ?? usual,
        "shared-directory": stands["shared-directory"] ?? usual,
        "couchdb-proxy": stands["couchdb-proxy"] ?? couch,
    } as const;
}

/** Each twice the one before: a larger machine has no less memory for the same need. */
const steps = [2, 4, 8, 16, 32, 64, 128];

/** The least machine with so many cores and so much memory, of 2, 4 or 8 GiB for a vCPU. */
function shapeOf(cores: number, memoryGiB: number, ratio: 4 | 8): [number, number] {
    const vcpus = steps.find((each) => each >= cores && each * ratio >= memoryGiB) ?? 128;
    const memory = [2, 4, 8].find((each) => each <= ratio && vcpus * each >= memoryGiB) ?? ratio;
    return [vcpus, vcpus * memory];
}

const tens = (amount: number): number => Math.ceil(amount / 10) * 10;

type Needs = Partial<Readonly<Record<ServiceSlug, Need>>>;

function lineOf(
    slot: Slot,
    { availability }: SizingInput,
    needs: Needs,
    inCloud: (slug: ServiceSlug) => boolean,
): MachineLine[] {
    const placed = slot.services.filter((slug) => !inCloud(slug));
    const first = (slot.first ?? []).filter((slug) => !inCloud(slug));
    if (placed.length === 0) return [];
    const sum = (of: keyof Need) =>
        placed.reduce((total, slug) => total + (needs[slug]?.[of] ?? 0), 0);
    // What is left of a line once the data services are in the cloud is small, and easily doubled.
    const rest = placed.every((slug) => slug === "pgbouncer");
    const least =
        rest && availability !== "single"
            ? Math.max(2, slot.least[availability])
            : slot.least[availability];
    const [minVcpus, minMemory] = rest ? [2, 4] : (slot.floor?.[availability] ?? [2, 4]);
    const spare = availability !== "single" && least > 1 ? 1 : 0;
    const cores = Math.max(sum("cores"), minVcpus * (least - spare));
    const memory = Math.max(sum("memoryGiB"), minMemory * (least - spare));
    const count =
        slot.scale === "up"
            ? least
            : Math.max(least, spare + Math.ceil(Math.max(cores / 16, memory / (16 * slot.ratio))));
    const largest = count > least;
    const [vcpus, memoryGiB] = largest
        ? [16, 16 * slot.ratio]
        : shapeOf(cores / (count - spare), memory / (count - spare), slot.ratio);
    const copies =
        placed.includes("elasticsearch") && least > 1 ? 2 : placed.includes("couchdb") ? least : 1;
    const disk = rest || slot.disk === undefined ? null : slot.disk[availability];
    const dataGiB = disk === null ? null : Math.max(disk, tens((sum("diskGiB") * copies) / least));
    return [
        {
            name: slot.name,
            services: placed,
            first,
            count,
            vcpus,
            memoryGiB,
            rootGiB: assumptions.rootDisk.value,
            dataGiB,
        },
    ];
}

function postgresqlOf(need: Need | undefined, standby: boolean) {
    const { cores = 0, memoryGiB: memory = 0, diskGiB = 0 } = need ?? {};
    const [vcpus, memoryGiB] = shapeOf(cores, Math.max(8, memory), 8);
    return {
        name: "pgmain",
        vcpus,
        memoryGiB,
        diskGiB: tens(diskGiB),
        standby,
        version: "14",
        maxConnections: Math.min(1_000, memoryGiB * 50),
        deletionProtection: true,
    };
}

/** Memory of a Redis node as clouds offer it, GiB, rounded down. */
const redisSizes = [1, 3, 13, 26, 52, 105];

function redisOf(need: Need | undefined, nodes: number): ManagedRedis {
    const { memoryGiB: memory = 0 } = need ?? {};
    return { vcpus: 2, memoryGiB: redisSizes.find((size) => size >= memory) ?? 105, nodes };
}
