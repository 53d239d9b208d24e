import { forTarget } from "../aws-client";
import type { CloudCheck } from "../check";
import { judgeQuota, limitOf } from "../quota";
import { isOurs, tagMap } from "../standing";

const id = "load-balancers";
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html */
const quota = {
    service: "elasticloadbalancing",
    code: "L-69A177A2",
    counted: "network load balancers of the region",
} as const;

/** What DescribeTags takes at once. */
const atOnce = 20;

/** One for all hubs; none of the kind that AWS calls application load balancers. */
export const loadBalancersCheck: CloudCheck = {
    id,
    title: "Load balancers",
    needs: "region",
    async run(target) {
        const { name, region } = target.spec;
        const sdk = await import("@aws-sdk/client-elastic-load-balancing-v2");
        const client = new sdk.ElasticLoadBalancingV2Client(forTarget(target));
        const standing: string[] = [];
        for await (const { LoadBalancers = [] } of sdk.paginateDescribeLoadBalancers(
            { client },
            {},
        )) {
            standing.push(
                ...LoadBalancers.filter(({ Type }) => Type === "network").map(
                    ({ LoadBalancerArn = "" }) => LoadBalancerArn,
                ),
            );
        }
        let used = standing.length;
        for (let start = 0; start < standing.length; start += atOnce) {
            const ResourceArns = standing.slice(start, start + atOnce);
            const answer = await client.send(new sdk.DescribeTagsCommand({ ResourceArns }));
            const ours = (answer.TagDescriptions ?? []).filter(({ Tags }) =>
                isOurs(tagMap(Tags), name),
            );
            used -= ours.length;
        }
        const limit = await limitOf(target, quota);
        return [judgeQuota(id, quota, region, { limit, used, needed: 1 })];
    },
};
