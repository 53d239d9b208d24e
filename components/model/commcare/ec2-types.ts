import type { Size, Sizes } from "./machine-size";
import { own } from "./machine-size";

const memoryPerVcpu = { c: 2, m: 4, r: 8 } as const;

/** Families on x86-64, whose names say what they have; CommCare's machines take no other processor. */
const families = [
    ...["5", "5a", "6i", "6a", "7i", "7a", "8i"].flatMap((generation) =>
        (["c", "m", "r"] as const).map((letter) => `${letter}${generation}`),
    ),
];

const vcpusOf: Readonly<Record<string, number>> = {
    large: 2,
    xlarge: 4,
    "2xlarge": 8,
    "4xlarge": 16,
    "8xlarge": 32,
    "12xlarge": 48,
    "16xlarge": 64,
    "24xlarge": 96,
    "32xlarge": 128,
};

/** Burstable types; 3, 3a: the size does not say how much memory a vCPU has. */
const burstable: Readonly<Record<string, Size>> = {
    small: { vcpus: 2, memoryGiB: 2 },
    medium: { vcpus: 2, memoryGiB: 4 },
    large: { vcpus: 2, memoryGiB: 8 },
    xlarge: { vcpus: 4, memoryGiB: 16 },
    "2xlarge": { vcpus: 8, memoryGiB: 32 },
};

/**
 * What an instance type of EC2 has.
 *
 * @returns undefined for a type that is unknown, or no machine for CommCare: other processors, GPUs, metal.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function ec2Size(type: string): Size | undefined {
    const [family = "", size = ""] = type.split(".");
    if (family === "t3" || family === "t3a") return own(burstable, size);
    const vcpus = own(vcpusOf, size);
    const letter = family.charAt(0);
    if (!families.includes(family) || vcpus === undefined) return undefined;
    return { vcpus, memoryGiB: vcpus * memoryPerVcpu[letter as keyof typeof memoryPerVcpu] };
}

/**
 * The instance type for a size that sizing gives: of the documented family t3 where it has that size, else of the
 * sixth generation, which every region that has three zones offers.
 *
 * @throws RangeError for another ratio than 2, 4 or 8 GiB for each vCPU.
 */
export function ec2TypeOf({ vcpus, memoryGiB }: Size): string {
    const small = Object.entries(burstable).find(
        ([, size]) => size.vcpus === vcpus && size.memoryGiB === memoryGiB,
    );
    if (small !== undefined) return `t3.${small[0]}`;
    const letter = Object.entries(memoryPerVcpu).find(([, ratio]) => ratio * vcpus === memoryGiB);
    const size = Object.entries(vcpusOf).find(([, count]) => count === vcpus);
    if (letter === undefined || size === undefined) {
        throw new RangeError(`no instance type has ${vcpus} vCPUs and ${memoryGiB} GiB`);
    }
    return `${letter[0]}6i.${size[0]}`;
}

/** The class of an RDS instance of that size: Graviton, which PostgreSQL there runs on as well. */
export function rdsClassOf(size: Size): string {
    if (size.vcpus === 2 && size.memoryGiB <= 8) {
        return size.memoryGiB <= 2
            ? "db.t4g.small"
            : size.memoryGiB <= 4
              ? "db.t4g.medium"
              : "db.t4g.large";
    }
    const type = ec2TypeOf({ ...size, memoryGiB: Math.max(size.memoryGiB, size.vcpus * 4) });
    const sizeName = type.split(".")[1] ?? "";
    // Graviton of that generation ends at 64 vCPUs.
    const generation = size.vcpus > 64 ? "6i" : "6g";
    return `db.${size.memoryGiB / size.vcpus > 4 ? "r" : "m"}${generation}.${sizeName}`;
}

/** What a class of RDS has; undefined for one that is unknown. */
export function rdsSize(instanceClass: string): Size | undefined {
    const [prefix, family = "", size = ""] = instanceClass.split(".");
    if (prefix !== "db") return undefined;
    if (family === "t3" || family === "t4g") return own(burstable, size);
    const [, letter] = /^([mr])(?:5|6i|6g|7i|7g|8g)$/.exec(family) ?? [];
    const vcpus = own(vcpusOf, size);
    if (letter === undefined || vcpus === undefined) return undefined;
    return { vcpus, memoryGiB: vcpus * memoryPerVcpu[letter as "m" | "r"] };
}

/**
 * Nodes of ElastiCache, by memory that is left to Redis, GiB.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
 */
const cacheNodes: Readonly<Record<string, Size>> = {
    "cache.t4g.small": { vcpus: 2, memoryGiB: 1.37 },
    "cache.t4g.medium": { vcpus: 2, memoryGiB: 3.09 },
    "cache.r6g.large": { vcpus: 2, memoryGiB: 13.07 },
    "cache.r6g.xlarge": { vcpus: 4, memoryGiB: 26.32 },
    "cache.r6g.2xlarge": { vcpus: 8, memoryGiB: 52.82 },
    "cache.r6g.4xlarge": { vcpus: 16, memoryGiB: 105.81 },
};

/** What a node type of ElastiCache has; undefined for one that is unknown. */
export function cacheSize(nodeType: string): Size | undefined {
    return own(cacheNodes, nodeType);
}

/** The smallest node type with so much memory. */
export function cacheTypeOf({ memoryGiB }: Pick<Size, "memoryGiB">): string {
    const found = Object.entries(cacheNodes).find(([, size]) => size.memoryGiB >= memoryGiB);
    return found?.[0] ?? "cache.r6g.4xlarge";
}

/** What a plan for AWS is made of. */
export const awsSizes: Sizes = {
    machine: {
        sizeOf: ec2Size,
        noun: "instance type that Steward knows for CommCare, which takes x86-64 only",
        examples: "t3.large, c6i.xlarge, m6a.2xlarge or r6i.large",
    },
    database: {
        sizeOf: rdsSize,
        noun: "class of RDS that Steward knows",
        examples: "db.t4g.large, db.m6g.xlarge or db.r6g.2xlarge",
    },
    cache: {
        sizeOf: cacheSize,
        noun: "node type of ElastiCache that Steward knows",
        examples: "cache.t4g.small or cache.r6g.large",
    },
};
