import { aksCapacityOf } from "./aks-room";

/** What a node of one instance type has, as Kubernetes counts it. */
export interface NodeCapacity {
    readonly vcpus: number;
    /** Memory by AWS's data sheet, GiB. */
    readonly memoryGiB: number;
    /** What the kubelet leaves to pods, DaemonSets included: thousandths of a core, and bytes. */
    readonly allocatable: { readonly milliCpu: number; readonly bytes: number };
    /** What its DaemonSets ask for of that. */
    readonly daemonSets: { readonly milliCpu: number; readonly bytes: number };
}

/**
 * What the DaemonSets of an EKS node ask for: network, proxy, disks, abuse watch and metrics.
 *
 * @see https://github.com/2i2c-org/infrastructure/blob/main/src/deployer/dev/commands/generate/resource_allocation/daemonset_requests.yaml
 */
export const daemonSets = { milliCpu: 195, bytes: 250 * 2 ** 20 } as const;

const gib = 2 ** 30;

/** Measured figures that were written down in GiB with three digits. */
const gibibytes = (amount: number): number => Math.floor(amount * gib);

const node = (vcpus: number, memoryGiB: number, milliCpu: number, bytes: number): NodeCapacity => ({
    vcpus,
    memoryGiB,
    allocatable: { milliCpu, bytes },
    daemonSets,
});

/**
 * The machines whose allocatable resources were read off running nodes of EKS: the lowest of what was seen.
 * What the kernel and the firmware take cannot be computed from the data sheet, so a type joins by measuring:
 * `kubectl get node -o jsonpath='{.items[*].status.allocatable}'`.
 *
 * @see https://github.com/2i2c-org/infrastructure/tree/main/src/deployer/dev/commands/generate/resource_allocation
 * node-capacity-info.json for those in bytes, instance_capacities.yaml for those in GiB.
 */
export const capacities: Readonly<Record<string, NodeCapacity>> = {
    "m5.large": node(2, 8, 1_930, gibibytes(6.803)),
    "m5.xlarge": node(4, 16, 3_920, gibibytes(14.202)),
    "r5.xlarge": node(4, 32, 3_920, 32_122_060_406),
    "r5.2xlarge": node(8, 64, 7_910, 65_640_685_568),
    "r5.4xlarge": node(16, 128, 15_890, 130_451_041_681),
    "r5.16xlarge": node(64, 512, 63_770, 526_249_457_876),
    "r7i.xlarge": node(4, 32, 3_920, 32_048_037_888),
    "r7i.4xlarge": node(16, 128, 15_890, 129_847_705_600),
};

/** The capacity of an instance type, where its figures are known. */
export function capacityOf(type: string): NodeCapacity | undefined {
    return Object.hasOwn(capacities, type) ? capacities[type] : aksCapacityOf(type);
}
