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

/** Machines that users share, smallest first: the first that needs at most `most` nodes is taken. */
const plans = [
    { type: "r5.xlarge", sharedBy: 8, most: 10 },
    { type: "r5.4xlarge", sharedBy: 32, most: assumptions.groupMaximum.value },
] as const;

export interface Sizing {
    readonly users: number;
    readonly concurrent: number;
    /** The machines of users. */
    readonly type: string;
    readonly sharedBy: number;
    readonly nodes: number;
    readonly vcpus: number;
    readonly memoryGiB: number;
    readonly cpuGuarantee: number;
    /** Root disk of each of those machines. */
    readonly nodeDiskGiB: number;
    /** All home directories, were everybody to fill the quota. */
    readonly homesGiB: number;
    readonly coreNode: string;
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
    return {
        users,
        concurrent,
        type: plan.type,
        sharedBy: plan.sharedBy,
        nodes,
        vcpus: nodes * machine.vcpus,
        memoryGiB: share.bytes / 2 ** 30,
        cpuGuarantee: share.cpuGuarantee,
        nodeDiskGiB: assumptions.system.value + plan.sharedBy * assumptions.temporary.value,
        homesGiB: users * assumptions.quota.value,
        // 2 vCPUs and 16 GiB, or twice that: 2i2c runs both. Where the one ends is our choice.
        coreNode: concurrent < 1_000 ? "r8i-flex.large" : "r8i-flex.xlarge",
    };
}
