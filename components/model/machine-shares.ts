/** What one kind of machine has, as Kubernetes counts it. */
export interface Machine {
    readonly vcpus: number;
    /** Memory by AWS's data sheet, GiB. */
    readonly memoryGiB: number;
    /** What the kubelet leaves to pods, DaemonSets included: thousandths of a core, and bytes. */
    readonly allocatable: { readonly milliCpu: number; readonly bytes: number };
}

const gib = 2 ** 30;

/** Measured figures that were written down in GiB with three digits. */
const gibibytes = (amount: number): number => Math.floor(amount * gib);

const machine = (vcpus: number, memoryGiB: number, milliCpu: number, bytes: number): Machine => ({
    vcpus,
    memoryGiB,
    allocatable: { milliCpu, bytes },
});

/**
 * The machines whose allocatable resources were read off running nodes of EKS: the lowest of what was seen.
 * What the kernel and the firmware take cannot be computed from the data sheet, so a type joins by measuring:
 * `kubectl get node -o jsonpath='{.items[*].status.allocatable}'`.
 *
 * @see https://github.com/2i2c-org/infrastructure/tree/main/src/deployer/dev/commands/generate/resource_allocation
 * node-capacity-info.json for those in bytes, instance_capacities.yaml for those in GiB.
 */
export const machines: Readonly<Record<string, Machine>> = {
    "m5.large": machine(2, 8, 1_930, gibibytes(6.803)),
    "m5.xlarge": machine(4, 16, 3_920, gibibytes(14.202)),
    "r5.xlarge": machine(4, 32, 3_920, 32_122_060_406),
    "r5.2xlarge": machine(8, 64, 7_910, 65_640_685_568),
    "r5.4xlarge": machine(16, 128, 15_890, 130_451_041_681),
    "r5.16xlarge": machine(64, 512, 63_770, 526_249_457_876),
    "r7i.xlarge": machine(4, 32, 3_920, 32_048_037_888),
    "r7i.4xlarge": machine(16, 128, 15_890, 129_847_705_600),
};

/** The machine of that type, where its figures are known. */
export function findMachine(type: string): Machine | undefined {
    return Object.hasOwn(machines, type) ? machines[type] : undefined;
}

/**
 * What the DaemonSets of an EKS node ask for: network, proxy, disks, abuse watch and metrics.
 *
 * @see https://github.com/2i2c-org/infrastructure/blob/main/src/deployer/dev/commands/generate/resource_allocation/daemonset_requests.yaml
 */
export const daemonSets = { milliCpu: 195, bytes: 250 * 2 ** 20 } as const;

/** What one user gets of a machine: cores, and bytes that are both guarantee and limit. */
export interface Share {
    readonly bytes: number;
    readonly cpuGuarantee: number;
    readonly cpuLimit: number;
}

/**
 * The share of a machine for each of `sharedBy` users, by the proportional-memory rule: what its DaemonSets and
 * a reserve leave, divided by the number of users. The reserve, for DaemonSets to come, is 2 % or, on a large
 * machine, 2 GiB and one core. Memory is never promised twice; a core that nobody uses is anybody's.
 *
 * @param sharedBy Users to a machine, a whole number of at least 1.
 * @see https://github.com/2i2c-org/infrastructure/blob/main/src/deployer/dev/commands/generate/resource_allocation/generate_choices.py
 */
export function shareOf({ allocatable }: Machine, sharedBy: number): Share {
    const available = {
        bytes: allocatable.bytes - daemonSets.bytes,
        milliCpu: allocatable.milliCpu - daemonSets.milliCpu,
    };
    const bytes = available.bytes - Math.min(available.bytes * 0.02, 2 * gib);
    const milliCpu = available.milliCpu - Math.min(available.milliCpu * 0.02, 1_000);
    return {
        bytes: Math.floor(bytes / sharedBy),
        cpuGuarantee: milliCpu / sharedBy / 1_000,
        cpuLimit: milliCpu / 1_000,
    };
}

/**
 * How users read a share: `4 GB`, `~0.5`. The unit is 2^30 bytes, by the name that users know it under.
 */
export function wordShare({ bytes, cpuGuarantee, cpuLimit }: Share) {
    const small = bytes < gib;
    const cores = (count: number) => `~${count.toFixed(count < 2 ? 1 : 0)}`;
    return {
        memory: small ? `${(bytes / 2 ** 20).toFixed(0)} MB` : `${(bytes / gib).toFixed(0)} GB`,
        cpus: cores(cpuGuarantee),
        wholeCpus: `~${cpuLimit.toFixed(0)}`,
    };
}
