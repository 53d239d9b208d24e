import type { Pool } from "../../../../components/platforms/aws/pools";
import { poolsOf } from "../../../../components/platforms/aws/pools";
import { sharedPurpose } from "../../../../components/model/machines";
import type { AwsClusterSpec } from "../../../../components/model/spec";
import type { CloudCheck, Finding } from "../check";
import type { Quota } from "../quota";
import { increase, judgeQuota, limitOf } from "../quota";
import type { Market } from "../vcpu-quota";
import { quotaOf } from "../vcpu-quota";
import type { Machine, Sizes } from "../vcpu-use";
import { notCounted, runningMachines, sizesOf, usedOf } from "../vcpu-use";

const id = "vcpus";

const marketOf = ({ spot }: Pool): Market => (spot ? "spot" : "on-demand");

/** Room for all core nodes and the first node of each kind: the least that a hub needs to be of use. */
export const vcpusCheck: CloudCheck = {
    id,
    title: "vCPUs",
    needs: "region",
    async run(target) {
        const pools = allPools(target.spec);
        const wanted = pools.flatMap((pool): Machine[] =>
            pool.instanceTypes.map((type) => ({ type, market: marketOf(pool) })),
        );
        const occupied = await runningMachines(target);
        const types = [...wanted, ...occupied].map(({ type }) => type);
        const sizes = await sizesOf(target, [...new Set(types)]);
        const isKnown = ({ type, market }: Machine) =>
            quotaOf(type, market) !== undefined && sizes.has(type);
        const quotas = new Set(
            wanted.filter(isKnown).map(({ type, market }) => quotaOf(type, market)),
        );
        const found = await Promise.all(
            [...quotas]
                .filter((quota) => quota !== undefined)
                .map(async (quota): Promise<Finding[]> => {
                    const limit = await limitOf(target, quota);
                    const used = usedOf(quota, occupied, sizes);
                    return judgeVcpus(quota, target.spec, demand(quota, pools, sizes), limit, used);
                }),
        );
        const strange = wanted.filter((each) => !isKnown(each)).map(({ type }) => type);
        return [...found.flat(), ...[...new Set(strange)].map((type) => notCounted(id, type))];
    },
};

function allPools({ platform, workload }: AwsClusterSpec): Pool[] {
    const { nodes, network } = platform.aws;
    return poolsOf(nodes, workload.jupyterhub.hubs, network.zones);
}

interface Vcpus {
    readonly first: number;
    readonly full: number;
}

/** What the stack starts with, and what it may grow to. */
function demand(quota: Quota, pools: readonly Pool[], sizes: Sizes): Vcpus {
    const smallest = new Map<Pool["purpose"], number>();
    let full = 0;
    let always = 0;
    for (const pool of pools) {
        const each = pool.instanceTypes
            .filter((type) => quotaOf(type, marketOf(pool)) === quota)
            .map((type) => sizes.get(type) ?? 0);
        if (each.length === 0) continue;
        const nodes = pool.groups.reduce((sum, { max }) => sum + max, 0);
        full += nodes * Math.max(...each);
        if (pool.purpose === sharedPurpose) always += nodes * Math.max(...each);
        else {
            const known = smallest.get(pool.purpose) ?? Infinity;
            smallest.set(pool.purpose, Math.min(known, ...each));
        }
    }
    return { first: [...smallest.values()].reduce((sum, size) => sum + size, always), full };
}

function judgeVcpus(
    quota: Quota,
    spec: AwsClusterSpec,
    { first, full }: Vcpus,
    limit: number,
    used: number,
): Finding[] {
    const enough = judgeQuota(`${id}.${quota.code}`, quota, spec.region, {
        limit,
        used,
        needed: first,
    });
    if (enough.status !== "ok" || used + full <= limit) return [enough];
    const message = `${quota.counted}: with every node group at its max ${full}, free are ${limit - used}`;
    const fix = `lower the max of steward:aws.nodes, or ${increase(quota, spec.region, used + full)}`;
    return [enough, { id: `${id}.${quota.code}.full`, status: "warning", message, fix }];
}
