import type { Layout } from "./plan";
import type { ServiceSlug } from "./services";

export type Availability = "single" | "standard" | "high";

/** A line before it has a size. */
export interface Slot {
    readonly name: string;
    readonly services: readonly ServiceSlug[];
    readonly first?: readonly ServiceSlug[];
    /** Least number of machines, by availability. */
    readonly least: Readonly<Record<Availability, number>>;
    /** Least vCPUs and GiB of memory of each, where that is more than 2 and 4. */
    readonly floor?: Readonly<Record<Availability, readonly [number, number]>>;
    /** Least data disk, GiB. */
    readonly disk?: Readonly<Record<Availability, number>>;
    /** GiB of memory to a vCPU of the largest machine: 4, or 8 for what works in memory. */
    readonly ratio: 4 | 8;
    /** How it grows: larger machines only, or more of them once they are as large as `ratio` allows. */
    readonly scale: "up" | "out";
}

const always = <T>(value: T): Readonly<Record<Availability, T>> => ({
    single: value,
    standard: value,
    high: value,
});

const upTo = (single: number, standard: number, high: number) => ({ single, standard, high });

const hq = ["webworkers", "celery", "pillowtop", "formplayer"] as const;
const data = [
    "postgresql",
    "pgbouncer",
    "redis",
    "redis-broker",
    "couchdb",
    "couchdb-proxy",
    "elasticsearch",
    "kafka",
    "zookeeper",
    "shared-directory",
] as const;

/** The line of a cluster that keeps attachments in a store of its own: one machine, whatever the layout. */
export const objectStoreSlot: Slot = {
    name: "blob",
    services: ["object-store"],
    least: always(1),
    disk: always(100),
    ratio: 4,
    scale: "up",
};

/** What a server of the documented single server and micro cluster is. */
const server = { single: [4, 16], standard: [8, 32], high: [8, 32] } as const;
const serverDisk = upTo(1_000, 2_000, 2_000);

/**
 * Which service stands on which machine.
 *
 * `single`, `micro` and `small` are the documented configurations; a small cluster is its five servers and the
 * control machine, as in the documented example of six. `large` gives each service machines of its own, with the
 * counts and the least sizes of the smallest cluster that Dimagi runs on AWS.
 *
 * @see https://commcare-cloud.readthedocs.io/en/latest/prereqs/5-requirements.html
 * @see https://commcare-cloud.readthedocs.io/en/latest/installation/2-manual-install.html
 * @see https://github.com/dimagi/commcare-cloud/blob/master/environments/eu/terraform.yml
 */
export const layouts: Readonly<Record<Layout, readonly Slot[]>> = {
    single: [
        {
            name: "server",
            services: ["control", "proxy", ...hq, "django-manage", ...data],
            least: always(1),
            floor: always([8, 32]),
            disk: always(2_000),
            ratio: 4,
            scale: "up",
        },
    ],
    micro: [
        {
            name: "app",
            services: ["control", "proxy", ...hq, "django-manage"],
            least: always(1),
            floor: server,
            disk: serverDisk,
            ratio: 4,
            scale: "up",
        },
        {
            name: "db",
            services: data,
            least: always(1),
            floor: server,
            disk: serverDisk,
            ratio: 4,
            scale: "up",
        },
    ],
    small: [
        { name: "control", services: ["control"], least: always(1), ratio: 4, scale: "up" },
        { name: "proxy", services: ["proxy"], least: upTo(1, 2, 2), ratio: 4, scale: "out" },
        {
            name: "web",
            services: hq,
            first: ["django-manage"],
            least: always(2),
            floor: { single: [2, 8], standard: [4, 16], high: [4, 16] },
            ratio: 4,
            scale: "out",
        },
        {
            name: "sql",
            services: ["postgresql", "pgbouncer", "redis", "redis-broker"],
            least: always(1),
            floor: { single: [2, 16], standard: [4, 16], high: [4, 16] },
            disk: serverDisk,
            ratio: 8,
            scale: "up",
        },
        {
            name: "db",
            services: [
                "couchdb",
                "couchdb-proxy",
                "elasticsearch",
                "kafka",
                "zookeeper",
                "shared-directory",
            ],
            least: always(1),
            floor: { single: [2, 16], standard: [4, 16], high: [4, 16] },
            disk: serverDisk,
            ratio: 8,
            scale: "up",
        },
    ],
    large: [
        { name: "control", services: ["control"], least: always(1), ratio: 4, scale: "up" },
        {
            name: "manage",
            services: ["django-manage"],
            least: always(1),
            ratio: 4,
            scale: "up",
        },
        {
            name: "proxy",
            services: ["proxy"],
            least: upTo(1, 2, 3),
            floor: always([2, 8]),
            ratio: 4,
            scale: "out",
        },
        {
            name: "web",
            services: ["webworkers"],
            least: upTo(2, 2, 3),
            floor: always([2, 8]),
            ratio: 4,
            scale: "out",
        },
        {
            name: "celery",
            services: ["celery"],
            least: upTo(1, 2, 3),
            floor: always([2, 16]),
            ratio: 8,
            scale: "out",
        },
        {
            name: "pillow",
            services: ["pillowtop"],
            least: upTo(1, 1, 2),
            floor: always([2, 8]),
            ratio: 4,
            scale: "out",
        },
        {
            name: "formplayer",
            services: ["formplayer"],
            least: upTo(1, 1, 2),
            floor: always([2, 8]),
            disk: always(100),
            ratio: 4,
            scale: "out",
        },
        {
            name: "pgbouncer",
            services: ["pgbouncer"],
            least: upTo(1, 2, 3),
            ratio: 4,
            scale: "out",
        },
        {
            name: "sql",
            services: ["postgresql"],
            least: always(1),
            floor: always([4, 16]),
            disk: always(500),
            ratio: 8,
            scale: "up",
        },
        {
            name: "redis",
            services: ["redis", "redis-broker"],
            least: always(1),
            floor: always([2, 16]),
            disk: always(50),
            ratio: 8,
            scale: "up",
        },
        {
            name: "couch",
            services: ["couchdb"],
            first: ["couchdb-proxy"],
            least: upTo(1, 3, 3),
            floor: always([2, 16]),
            disk: always(80),
            ratio: 8,
            scale: "out",
        },
        {
            name: "es",
            services: ["elasticsearch"],
            least: upTo(1, 3, 3),
            floor: always([2, 16]),
            disk: always(300),
            ratio: 8,
            scale: "out",
        },
        {
            name: "kafka",
            services: ["kafka", "zookeeper"],
            least: upTo(1, 3, 3),
            disk: always(30),
            ratio: 4,
            scale: "out",
        },
        {
            name: "share",
            services: ["shared-directory"],
            least: always(1),
            disk: always(100),
            ratio: 4,
            scale: "up",
        },
    ],
};
