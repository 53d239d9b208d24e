import { ec2TypeOf } from "../../../../components/model/commcare/ec2-types";
import type { AwsCommcareSpec } from "../../../../components/model/spec";
import type { CloudCheck, Finding } from "../check";
import type { Quota } from "../quota";
import { judgeQuota, limitOf } from "../quota";
import { quotaOf } from "../vcpu-quota";
import type { Machine } from "../vcpu-use";
import { notCounted, runningMachines, sizesOf, usedOf } from "../vcpu-use";

const id = "vcpus";

/** Room for every machine of the plan: none starts later than the others. */
export const machineVcpusCheck: CloudCheck<AwsCommcareSpec> = {
    id,
    title: "vCPUs",
    needs: "region",
    async run(target) {
        const { region, workload } = target.spec;
        const wanted = workload.plan.machines.map((each): Machine => {
            return { type: each.instanceType ?? ec2TypeOf(each), market: "on-demand" };
        });
        const occupied = await runningMachines(target);
        const types = new Set([...wanted, ...occupied].map(({ type }) => type));
        const sizes = await sizesOf(target, [...types]);
        const quotas = new Set(
            wanted
                .filter(({ type }) => sizes.has(type))
                .flatMap(({ type, market }): Quota[] => {
                    const quota = quotaOf(type, market);
                    return quota === undefined ? [] : [quota];
                }),
        );
        const found = await Promise.all(
            [...quotas].map(async (quota): Promise<Finding> => {
                const limit = await limitOf(target, quota);
                const used = usedOf(quota, occupied, sizes);
                const needed = usedOf(quota, wanted, sizes);
                return judgeQuota(`${id}.${quota.code}`, quota, region, { limit, used, needed });
            }),
        );
        const strange = wanted
            .filter(({ type, market }) => !sizes.has(type) || quotaOf(type, market) === undefined)
            .map(({ type }) => type);
        return [...found, ...[...new Set(strange)].map((type) => notCounted(id, type))];
    },
};
