import { coreNodesFor } from "./core-nodes";
import { shareOf } from "./machine-shares";
import { capacityOf } from "./node-capacity";

/** A number that sizes follow from, and who says so. */
export interface Assumption {
    readonly what: string;
    readonly value: number;
    readonly unit: string;
    readonly source: string;
}

const tljh = "https://tljh.jupyter.org/en/latest/howto/admin/resource-estimation.html";
const fleet = "https://github.com/2i2c-org/infrastructure";

/** What the sizes of a hub follow from. */
export const assumptions = {
    concurrent: {
        what: "Users at work at once, of all who have an account: the upper end of 40 to 60",
        value: 60,
        unit: "%",
        source: tljh,
    },
    quota: {
        what: "Home directory of a user",
        value: 10,
        unit: "GiB",
        source: `${fleet}/tree/main/helm-charts/basehub (quota of a hub that says nothing else)`,
    },
    system: {
        what: "Disk of a user's node for the system and images",
        value: 80,
        unit: "GiB",
        source: `${fleet}/blob/main/eksctl/earthscope.jsonnet`,
    },
    temporary: {
        what: "Disk of a user's node for each session's /tmp",
        value: 20,
        unit: "GiB",
        source: `${fleet}/tree/main/config/clusters/earthscope (scratch-session)`,
    },
    database: {
        what: "Disk of the hub's database",
        value: 1,
        unit: "GiB",
        source: "https://z2jh.jupyter.org/en/stable/resources/reference.html (hub.db.pvc.storage)",
    },
    groupMaximum: {
        what: "Most nodes that a node group grows to",
        value: 100,
        unit: "nodes",
        source: `${fleet}/blob/main/eksctl/earthscope.jsonnet`,
    },
} as const satisfies Record<string, Assumption>;

/**
 * Machines that users share, smallest first: the first that needs at most `most` nodes is taken. Addresses are those
 * of one network interface.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html
 */
const plans = [
    { type: "r5.xlarge", sharedBy: 8, most: 10, addresses: 15 },
    { type: "r5.4xlarge", sharedBy: 32, most: assumptions.groupMaximum.value, addresses: 30 },
] as const;

/** Of every node's own pods those with an address of their own: the EBS driver's and the collector of logs. */
const ownPods = 2;

/** 2 vCPUs and 16 GiB, or twice that: 2i2c runs both. Where the one ends is our choice. */
const coreTypes = [
    { type: "r8i-flex.large", vcpus: 2, below: 1_000 },
    { type: "r8i-flex.xlarge", vcpus: 4, below: Infinity },
] as const;

export interface Sizing {
    readonly users: number;
    readonly concurrent: number;
    /** The machines of users. */
    readonly type: string;
    readonly sharedBy: number;
    readonly nodes: number;
    /** Of all machines, those of the hub included. */
    readonly vcpus: number;
    readonly memoryGiB: number;
    readonly cpuGuarantee: number;
    /** Root disk of each of those machines. */
    readonly nodeDiskGiB: number;
    /** All home directories, were everybody to fill the quota. */
    readonly homesGiB: number;
    /** The machines of the hub and of what all hubs share. */
    readonly core: { readonly nodes: number; readonly type: string };
    /** Addresses that the machines of users take in their subnet, one interface of each kept warm. */
    readonly addresses: number;
    /** Prefix of the smallest range of a network whose private subnets have so many: /16 to /20. */
    readonly network: number;
}

/**
 * What a hub of so many users needs while as many as expected work at once, each with the smallest choice.
 *
 * @param users People with an account, at least 1.
 * @throws RangeError for more than the largest plan carries.
 */
export function sizingOf(users: number): Sizing {
    const concurrent = Math.ceil((users * assumptions.concurrent.value) / 100);
    const plan = plans.find(({ sharedBy, most }) => Math.ceil(concurrent / sharedBy) <= most);
    const machine = plan === undefined ? undefined : capacityOf(plan.type);
    if (plan === undefined || machine === undefined) {
        throw new RangeError(`${String(users)} users are more than one node group carries`);
    }
    const share = shareOf(machine, plan.sharedBy);
    const nodes = Math.ceil(concurrent / plan.sharedBy);
    const core = coreTypes.find(({ below }) => concurrent < below) ?? coreTypes[1];
    const coreNodes = coreNodesFor(core.type, [{ homes: { storage: "nfs" } }])?.nodes ?? 1;
    const addresses = nodes * addressesOf(plan);
    return {
        users,
        concurrent,
        type: plan.type,
        sharedBy: plan.sharedBy,
        nodes,
        vcpus: nodes * machine.vcpus + coreNodes * core.vcpus,
        memoryGiB: share.bytes / 2 ** 30,
        cpuGuarantee: share.cpuGuarantee,
        nodeDiskGiB: assumptions.system.value + plan.sharedBy * assumptions.temporary.value,
        homesGiB: users * assumptions.quota.value,
        core: { nodes: coreNodes, type: core.type },
        addresses,
        network: networkOf(addresses),
    };
}

/**
 * What a node takes of its subnet: whole interfaces, of which the first address is the node's, and one more that is
 * kept warm.
 *
 * @see https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/eni-and-ip-target.md WARM_ENI_TARGET
 */
function addressesOf({ sharedBy, addresses }: (typeof plans)[number]): number {
    return (Math.ceil((sharedBy + ownPods) / (addresses - 1)) + 1) * addresses;
}

/** A zone's private subnet is a quarter of the network; AWS keeps five addresses of each. */
function networkOf(addresses: number): number {
    for (let prefix = 20; prefix > 16; prefix -= 1) {
        if (2 ** (32 - prefix - 2) - 5 >= addresses) return prefix;
    }
    return 16;
}
