import { poolsOf } from "../../../../components/platforms/aws/pools";
import type { CloudCheck } from "../check";
import { judgeQuota, limitOf } from "../quota";

const id = "node-groups";
/** https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
const quota = {
    service: "eks",
    code: "L-6D54EA21",
    counted: "managed node groups of a cluster",
} as const;

/** Each hub has groups of its own, one for each size of machine and zone: a few hubs come to many. */
export const nodeGroupsCheck: CloudCheck = {
    id,
    title: "Node groups",
    needs: "region",
    async run(target) {
        const { region, platform, workload } = target.spec;
        const { nodes, network } = platform.aws;
        const pools = poolsOf(nodes, workload.jupyterhub.hubs, network.zones);
        const needed = pools.flatMap(({ groups }) => groups).length;
        const limit = await limitOf(target, quota);
        return [judgeQuota(id, quota, region, { limit, used: 0, needed })];
    },
};
