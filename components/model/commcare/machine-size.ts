/** vCPUs and memory of a machine, GiB. */
export interface Size {
    readonly vcpus: number;
    readonly memoryGiB: number;
}

/** Sizes of one kind that a platform has names for. */
export interface SizeNames {
    /** Undefined for a name that is unknown, or of no use here. */
    readonly sizeOf: (name: string) => Size | undefined;
    /** What a name is, after "is no". */
    readonly noun: string;
    /** Some that exist. */
    readonly examples: string;
}

/** The names of a platform for what a plan asks of it. */
export interface Sizes {
    readonly machine: SizeNames;
    readonly database: SizeNames;
    readonly cache: SizeNames;
}

export function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
    return Object.hasOwn(table, key) ? table[key] : undefined;
}
