import { forTarget } from "../aws-client";
import type { CloudCheck } from "../check";
import { judgeQuota, limitOf } from "../quota";

const id = "clusters";
const quota = {
    service: "eks",
    code: "L-1194D53C",
    counted: "EKS clusters of the region",
} as const;

export const clustersCheck: CloudCheck = {
    id,
    title: "EKS clusters",
    needs: "region",
    async run(target) {
        const { name, region } = target.spec;
        const sdk = await import("@aws-sdk/client-eks");
        const client = new sdk.EKSClient(forTarget(target));
        let used = 0;
        for await (const { clusters = [] } of sdk.paginateListClusters({ client }, {})) {
            // Of one name there can be only one: whose it is, the check `existing-cluster` says.
            used += clusters.filter((each) => each !== name).length;
        }
        const limit = await limitOf(target, quota);
        return [judgeQuota(id, quota, region, { limit, used, needed: 1 })];
    },
};
