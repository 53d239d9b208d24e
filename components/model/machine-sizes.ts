/** What a machine or a service has to have at least. */
export interface Need {
    readonly vcpus: number;
    readonly memoryGiB: number;
}

interface Size extends Need {
    readonly name: string;
}

const sizes = (family: string, perVcpu: number, upTo: number): Size[] =>
    [
        ["large", 2],
        ["xlarge", 4],
        ["2xlarge", 8],
        ["4xlarge", 16],
        ["8xlarge", 32],
        ["12xlarge", 48],
        ["16xlarge", 64],
        ["24xlarge", 96],
        ["32xlarge", 128],
    ]
        .filter(([, vcpus]) => Number(vcpus) <= upTo)
        .map(([size, vcpus]) => ({
            name: `${family}.${String(size)}`,
            vcpus: Number(vcpus),
            memoryGiB: Number(vcpus) * perVcpu,
        }));

/**
 * Machines of Intel's processors, which CommCare's Ubuntu for amd64 runs on and every region has. The small ones
 * may burst: nothing here works at full load all day on two processors.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-regions.html
 */
const machines: readonly Size[] = [
    { name: "t3.small", vcpus: 2, memoryGiB: 2 },
    { name: "t3.medium", vcpus: 2, memoryGiB: 4 },
    { name: "t3.large", vcpus: 2, memoryGiB: 8 },
    ...sizes("c6i", 2, 128),
    ...sizes("m6i", 4, 128),
    ...sizes("r6i", 8, 128),
];

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html */
const databases: readonly Size[] = [
    { name: "db.t4g.small", vcpus: 2, memoryGiB: 2 },
    { name: "db.t4g.medium", vcpus: 2, memoryGiB: 4 },
    { name: "db.t4g.large", vcpus: 2, memoryGiB: 8 },
    ...sizes("db.m6g", 4, 64),
    ...sizes("db.r6g", 8, 64),
];

/** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html */
const caches: readonly Size[] = [
    { name: "cache.t4g.small", vcpus: 2, memoryGiB: 1.37 },
    { name: "cache.t4g.medium", vcpus: 2, memoryGiB: 3.09 },
    { name: "cache.m6g.large", vcpus: 2, memoryGiB: 6.38 },
    { name: "cache.r6g.large", vcpus: 2, memoryGiB: 13.07 },
    { name: "cache.r6g.xlarge", vcpus: 4, memoryGiB: 26.32 },
    { name: "cache.r6g.2xlarge", vcpus: 8, memoryGiB: 52.82 },
    { name: "cache.r6g.4xlarge", vcpus: 16, memoryGiB: 105.81 },
    { name: "cache.r6g.8xlarge", vcpus: 32, memoryGiB: 209.55 },
    { name: "cache.r6g.12xlarge", vcpus: 48, memoryGiB: 317.77 },
];

const kinds = { machine: machines, database: databases, cache: caches } as const;

/**
 * The smallest size of AWS that has what is needed: least memory first, then least processors.
 *
 * @returns undefined where no size is large enough.
 */
export function smallestSize(kind: keyof typeof kinds, { vcpus, memoryGiB }: Need): string | undefined {
    const enough = kinds[kind].filter(
        (each) => each.vcpus >= vcpus && each.memoryGiB >= memoryGiB,
    );
    const [smallest] = enough.sort(
        (one, other) => one.memoryGiB - other.memoryGiB || one.vcpus - other.vcpus,
    );
    return smallest?.name;
}
