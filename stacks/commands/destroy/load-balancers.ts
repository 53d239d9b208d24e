import type { ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { inRegion } from "../doctor/aws-client";
import { nameOf } from "../doctor/aws-error";
import type { Caller } from "../doctor/check";
import { tagMap } from "../doctor/standing";
import type { Ec2 } from "./ec2";
import type { Found } from "./found";
import { ownerIn } from "./found";
import type { Patience } from "./until";
import { until } from "./until";
import type { Whereabouts } from "./whereabouts";

/** Classic ones have an API of their own. */
interface Elb {
    readonly sdk: typeof import("@aws-sdk/client-elastic-load-balancing-v2");
    readonly client: ElasticLoadBalancingV2Client;
    readonly classic: {
        readonly sdk: typeof import("@aws-sdk/client-elastic-load-balancing");
        readonly client: ElasticLoadBalancingClient;
    };
}

async function openElb(
    { region }: Pick<Whereabouts, "region">,
    { credentials }: Pick<Caller, "credentials">,
): Promise<Elb> {
    const settings = { ...inRegion(region), credentials };
    const [sdk, classic] = await Promise.all([
        import("@aws-sdk/client-elastic-load-balancing-v2"),
        import("@aws-sdk/client-elastic-load-balancing"),
    ]);
    const client = new sdk.ElasticLoadBalancingV2Client(settings);
    return {
        sdk,
        client,
        classic: { sdk: classic, client: new classic.ElasticLoadBalancingClient(settings) },
    };
}

/** `net/<name>/<hash>` or `app/<name>/<hash>`; a classic one is called by its bare name. */
const isClassic = (id: string): boolean => !id.includes("/");

/**
 * What the tags of load balancers say that are known by their interfaces alone: their owner, and whether they were
 * left behind. Left behind is what the cluster's own controller made for a Service that stands no more. What somebody
 * else made, another controller's for an Ingress included, is named and never removed.
 *
 * @param isThere Whether a Service stands, by its `<namespace>/<name>`.
 * @throws what the SDK's client throws, and what `isThere` does.
 * @see https://github.com/kubernetes/cloud-provider-aws/blob/master/pkg/providers/v1/tags.go
 */
export async function judgeBalancers(
    found: readonly Found[],
    where: Whereabouts,
    caller: Caller,
    isThere: (service: string) => Promise<boolean>,
): Promise<Found[]> {
    const elb = await openElb(where, caller);
    const ids = found.map(({ id }) => id);
    const tags = new Map([...(await tagsOf(ids, elb)), ...(await classicTagsOf(ids, elb))]);
    return Promise.all(
        found.map(async (each): Promise<Found> => {
            const its = tags.get(each.id) ?? {};
            const owner = ownerIn(its, where.matrix);
            const service = its["kubernetes.io/service-name"];
            const ofCluster = its[`kubernetes.io/cluster/${where.matrix.cluster}`] === "owned";
            if (!ofCluster || service === undefined || (await isThere(service))) {
                return { ...each, owner };
            }
            const why = `of the Service ${service}, which is gone; ${each.why}`;
            return { ...each, owner, why, drains: true };
        }),
    );
}

type Tags = Readonly<Record<string, string>>;

/** What DescribeTags takes at once, in both APIs. */
const atOnce = 20;

function* portions<T>(all: readonly T[]): Generator<readonly T[]> {
    for (let start = 0; start < all.length; start += atOnce) yield all.slice(start, start + atOnce);
}

async function tagsOf(ids: readonly string[], { sdk, client }: Elb): Promise<[string, Tags][]> {
    const found: [string, Tags][] = [];
    for (const ResourceArns of portions([...(await arnsOf(ids, { sdk, client })).values()])) {
        const { TagDescriptions = [] } = await client.send(
            new sdk.DescribeTagsCommand({ ResourceArns: [...ResourceArns] }),
        );
        for (const { ResourceArn = "", Tags } of TagDescriptions) {
            found.push([idOf(ResourceArn), tagMap(Tags)]);
        }
    }
    return found;
}

const idOf = (arn: string): string =>
    arn.slice(arn.indexOf(":loadbalancer/") + ":loadbalancer/".length);

async function arnsOf(
    ids: readonly string[],
    { sdk, client }: Pick<Elb, "sdk" | "client">,
): Promise<Map<string, string>> {
    const arns = new Map<string, string>();
    if (ids.every(isClassic)) return arns;
    for await (const { LoadBalancers = [] } of sdk.paginateDescribeLoadBalancers({ client }, {})) {
        for (const { LoadBalancerArn: arn = "" } of LoadBalancers) {
            if (ids.includes(idOf(arn))) arns.set(idOf(arn), arn);
        }
    }
    return arns;
}

async function classicTagsOf(
    ids: readonly string[],
    { classic: { sdk, client } }: Elb,
): Promise<[string, Tags][]> {
    const found: [string, Tags][] = [];
    if (!ids.some(isClassic)) return found;
    const names: string[] = [];
    for await (const { LoadBalancerDescriptions = [] } of sdk.paginateDescribeLoadBalancers(
        { client },
        {},
    )) {
        names.push(
            ...LoadBalancerDescriptions.map(({ LoadBalancerName = "" }) => LoadBalancerName),
        );
    }
    for (const LoadBalancerNames of portions(names.filter((name) => ids.includes(name)))) {
        const { TagDescriptions = [] } = await client.send(
            new sdk.DescribeTagsCommand({ LoadBalancerNames: [...LoadBalancerNames] }),
        );
        for (const { LoadBalancerName = "", Tags } of TagDescriptions) {
            found.push([LoadBalancerName, tagMap(Tags)]);
        }
    }
    return found;
}

/**
 * Deletes a load balancer with the target groups that nothing else uses, and waits until its interfaces let go of
 * their security groups. One that somebody protected from deletion stays, with AWS's refusal as the error.
 *
 * @returns whether its interfaces went in time.
 * @throws what the SDK's client throws.
 */
export async function removeBalancer(
    id: string,
    where: Whereabouts,
    { caller, ec2, ...patience }: Patience & { readonly caller: Caller; readonly ec2: Ec2 },
): Promise<boolean> {
    const elb = await openElb(where, caller);
    if (isClassic(id)) {
        const { sdk, client } = elb.classic;
        await client.send(new sdk.DeleteLoadBalancerCommand({ LoadBalancerName: id }));
        return until(() => areInterfacesGone(id, where, ec2), patience);
    }
    const arn = (await arnsOf([id], elb)).get(id);
    const groups = arn === undefined ? [] : await targetGroupsOf(arn, elb);
    if (arn !== undefined) {
        await elb.client.send(new elb.sdk.DeleteLoadBalancerCommand({ LoadBalancerArn: arn }));
    }
    const gone = await until(() => areInterfacesGone(id, where, ec2), patience);
    for (const TargetGroupArn of groups) {
        await elb.client.send(new elb.sdk.DeleteTargetGroupCommand({ TargetGroupArn }));
    }
    return gone;
}

async function targetGroupsOf(arn: string, { sdk, client }: Elb): Promise<string[]> {
    const found: string[] = [];
    const pages = sdk.paginateDescribeTargetGroups({ client }, { LoadBalancerArn: arn });
    try {
        for await (const { TargetGroups = [] } of pages) {
            for (const { TargetGroupArn, LoadBalancerArns = [] } of TargetGroups) {
                if (TargetGroupArn !== undefined && LoadBalancerArns.length === 1) {
                    found.push(TargetGroupArn);
                }
            }
        }
    } catch (error) {
        if (nameOf(error) !== "TargetGroupNotFoundException") throw error; // it has none
    }
    return found;
}

async function areInterfacesGone(
    id: string,
    { vpcIds }: Whereabouts,
    { sdk, client }: Ec2,
): Promise<boolean> {
    const Filters = [
        { Name: "vpc-id", Values: [...vpcIds] },
        { Name: "description", Values: [`ELB ${id}`] },
    ];
    const { NetworkInterfaces = [] } = await client.send(
        new sdk.DescribeNetworkInterfacesCommand({ Filters }),
    );
    return NetworkInterfaces.length === 0;
}
