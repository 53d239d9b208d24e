import type { AwsCommcareSpec, OnlyAws } from "../../../../components/model/spec";
import { forTarget } from "../aws-client";
import type { CloudCheck, Finding, Target } from "../check";
import type { Quota } from "../quota";
import { judgeQuota, limitOf } from "../quota";
import { isOurs, tagMap } from "../standing";

const id = "load-balancers";

type Kind = "network" | "application";

/**
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const quotas: Readonly<Record<Kind, Quota>> = {
    network: {
        service: "elasticloadbalancing",
        code: "L-69A177A2",
        counted: "network load balancers of the region",
    },
    application: {
        service: "elasticloadbalancing",
        code: "L-53DA6B97",
        counted: "application load balancers of the region",
    },
};

/** What DescribeTags takes at once. */
const atOnce = 20;

/** One for all hubs; none of the kind that AWS calls application load balancers. */
export const loadBalancersCheck: CloudCheck = balancers(() => [["network", 1]]);

/** One in front of the site, and those inside the cluster. */
export const machineBalancersCheck: CloudCheck<AwsCommcareSpec> = balancers(
    ({ workload: { plan } }) => {
        const inner = (kind: Kind) => plan.balancers.filter((each) => each.kind === kind).length;
        return [
            ["application", 1 + inner("application")],
            ["network", inner("network")],
        ];
    },
);

function balancers<Spec extends OnlyAws>(
    demand: (spec: Spec) => readonly (readonly [Kind, number])[],
): CloudCheck<Spec> {
    return {
        id,
        title: "Load balancers",
        needs: "region",
        async run(target) {
            const wanted = demand(target.spec).filter(([, needed]) => needed > 0);
            const others = await standingOf(target);
            return Promise.all(
                wanted.map(async ([kind, needed]): Promise<Finding> => {
                    const quota = quotas[kind];
                    const limit = await limitOf(target, quota);
                    const used = others[kind];
                    const own = wanted.length === 1 ? id : `${id}.${kind}`;
                    return judgeQuota(own, quota, target.spec.region, { limit, used, needed });
                }),
            );
        },
    };
}

/** How many of each kind others have. */
async function standingOf(target: Target<OnlyAws>): Promise<Record<Kind, number>> {
    const sdk = await import("@aws-sdk/client-elastic-load-balancing-v2");
    const client = new sdk.ElasticLoadBalancingV2Client(forTarget(target));
    const kinds = new Map<string, Kind>();
    for await (const { LoadBalancers = [] } of sdk.paginateDescribeLoadBalancers({ client }, {})) {
        for (const { LoadBalancerArn = "", Type } of LoadBalancers) {
            if (Type === "network" || Type === "application") kinds.set(LoadBalancerArn, Type);
        }
    }
    const arns = [...kinds.keys()];
    for (let start = 0; start < arns.length; start += atOnce) {
        const ResourceArns = arns.slice(start, start + atOnce);
        const answer = await client.send(new sdk.DescribeTagsCommand({ ResourceArns }));
        for (const { ResourceArn = "", Tags } of answer.TagDescriptions ?? []) {
            if (isOurs(tagMap(Tags), target.spec.name)) kinds.delete(ResourceArn);
        }
    }
    const count = (kind: Kind) => [...kinds.values()].filter((each) => each === kind).length;
    return { network: count("network"), application: count("application") };
}
