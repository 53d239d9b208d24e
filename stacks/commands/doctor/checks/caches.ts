import type { ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { elastiCacheVersion } from "../../../../components/model/commcare/data-services";
import { cacheTypeOf } from "../../../../components/model/commcare/ec2-types";
import type { AwsCommcareSpec } from "../../../../components/model/spec";
import { forTarget } from "../aws-client";
import type { CloudCheck, Finding } from "../check";
import { judgeQuota, limitOf, needsNone } from "../quota";

const id = "caches";
/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/quota-limits.html */
const quota = {
    service: "elasticache",
    code: "L-DFE45DF3",
    counted: "ElastiCache nodes of the region",
} as const;

/** Nodes of Redis against the quota, and whether the region has the version and the kinds of node. */
export const cachesCheck: CloudCheck<AwsCommcareSpec> = {
    id,
    title: "ElastiCache",
    needs: "region",
    async run(target) {
        const { name, region, workload } = target.spec;
        const groups = [workload.plan.redis, workload.plan.redisBroker].flatMap((each) =>
            each === null ? [] : [each],
        );
        if (groups.length === 0) return [needsNone(id, quota)];
        const sdk = await import("@aws-sdk/client-elasticache");
        const client = new sdk.ElastiCacheClient(forTarget(target));
        let used = 0;
        for await (const { CacheClusters = [] } of sdk.paginateDescribeCacheClusters(
            { client },
            {},
        )) {
            for (const { NumCacheNodes = 0, ReplicationGroupId } of CacheClusters) {
                // Groups of ours are called after the cluster: to ask each for its tags takes a call each.
                if (ReplicationGroupId?.startsWith(`${name.slice(0, 27)}-redis`) === true) continue;
                used += NumCacheNodes;
            }
        }
        const limit = await limitOf(target, quota);
        const needed = groups.reduce((sum, { nodes }) => sum + nodes, 0);
        const types = [...new Set(groups.map((each) => each.nodeType ?? cacheTypeOf(each)))];
        return [
            judgeQuota(id, quota, region, { limit, used, needed }),
            await versionOffered(client),
            ...(await Promise.all(types.map((type) => nodeOffered(client, type)))),
        ];
    },
};

async function versionOffered(client: ElastiCacheClient): Promise<Finding> {
    const sdk = await import("@aws-sdk/client-elasticache");
    const input = { Engine: "redis", EngineVersion: elastiCacheVersion };
    const answer = await client.send(new sdk.DescribeCacheEngineVersionsCommand(input));
    const what = `Redis ${elastiCacheVersion}`;
    return (answer.CacheEngineVersions ?? []).length > 0
        ? { id: `${id}.version`, status: "ok", message: `${what} is offered` }
        : {
              id: `${id}.version`,
              status: "lacking",
              message: `ElastiCache has no ${what} in the region`,
              fix: "write steward:commcare.stands: { redis: machine, redis-broker: machine }",
          };
}

/** What can be reserved can be had: ElastiCache has no list of what it offers. */
async function nodeOffered(client: ElastiCacheClient, CacheNodeType: string): Promise<Finding> {
    const sdk = await import("@aws-sdk/client-elasticache");
    const finding = { id: `${id}.${CacheNodeType}` };
    const input = { CacheNodeType, MaxRecords: 20 };
    const answer = await client.send(new sdk.DescribeReservedCacheNodesOfferingsCommand(input));
    if ((answer.ReservedCacheNodesOfferings ?? []).length > 0) {
        return { ...finding, status: "ok", message: `${CacheNodeType} is offered` };
    }
    const message = `${CacheNodeType} is not offered in the region, as far as reservations tell`;
    const fix = "take another nodeType in steward:commcare.plan";
    return { ...finding, status: "warning", message, fix };
}
