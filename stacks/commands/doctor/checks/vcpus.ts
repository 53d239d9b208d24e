import type { Instance } from "@aws-sdk/client-ec2";
import type { ClusterSpec } from "../../../../components/model/spec";
import { forTarget } from "../aws-client";
import type { CloudCheck, Finding, Target } from "../check";
import { isOurs, tagMap } from "../standing";
import type { Quota } from "../quota";
import { increase, judgeQuota, limitOf } from "../quota";
import { quotaOf } from "../vcpu-quota";

const id = "vcpus";

type Sizes = ReadonlyMap<string, number>;

/** Room for all core nodes and the first node of a user: the least that a hub needs to be of use. */
export const vcpusCheck: CloudCheck = {
    id,
    title: "vCPUs",
    needs: "region",
    async run(target) {
        const { core, user } = target.spec.platform.aws.nodes;
        const running = (await runningInstances(target)).filter(
            ({ Tags }) => !isOurs(tagMap(Tags), target.spec.name),
        );
        const types = [core.instanceType, ...user.instanceTypes];
        const occupied = running.map(({ InstanceType = "" }): string => InstanceType);
        const sizes = await sizesOf(target, [...new Set([...types, ...occupied])]);
        const strange = types.filter((type) => quotaOf(type) === undefined || !sizes.has(type));
        const quotas = new Set(
            types.filter((type) => !strange.includes(type)).map((type) => quotaOf(type)),
        );
        const found = await Promise.all(
            [...quotas]
                .filter((quota) => quota !== undefined)
                .map(async (quota): Promise<Finding[]> => {
                    const limit = await limitOf(target, quota);
                    const used = occupied
                        .filter((type) => quotaOf(type) === quota)
                        .reduce((sum, type) => sum + (sizes.get(type) ?? 0), 0);
                    return judgeVcpus(quota, target.spec, sizes, limit, used);
                }),
        );
        return [...found.flat(), ...[...new Set(strange)].map(notCounted)];
    },
};

/** What the stack starts with, and what it may grow to. */
function demand(quota: Quota, { platform }: ClusterSpec, sizes: Sizes) {
    const { core, user } = platform.aws.nodes;
    const size = (type: string) => sizes.get(type) ?? 0;
    const coreNodes = quotaOf(core.instanceType) === quota ? core.max * size(core.instanceType) : 0;
    const ofUsers = user.instanceTypes.filter((type) => quotaOf(type) === quota).map(size);
    const groups = user.zones.length * user.max;
    return {
        first: coreNodes + (ofUsers.length === 0 ? 0 : Math.min(...ofUsers)),
        full: coreNodes + groups * ofUsers.reduce((sum, each) => sum + each, 0),
    };
}

function judgeVcpus(
    quota: Quota,
    spec: ClusterSpec,
    sizes: Sizes,
    limit: number,
    used: number,
): Finding[] {
    const { first, full } = demand(quota, spec, sizes);
    const enough = judgeQuota(`${id}.${quota.code}`, quota, spec.region, {
        limit,
        used,
        needed: first,
    });
    if (enough.status !== "ok" || used + full <= limit) return [enough];
    const message = `${quota.counted}: with every node group at its max ${full}, free are ${limit - used}`;
    const fix = `lower nodes.user.max, or ${increase(quota, spec.region, used + full)}`;
    return [enough, { id: `${id}.${quota.code}.full`, status: "warning", message, fix }];
}

function notCounted(type: string): Finding {
    const message = `the vCPU quota of ${type} is not known here`;
    const fix = "look it up in the Service Quotas console";
    return { id: `${id}.${type}`, status: "warning", message, fix };
}

/** What counts against the on-demand quotas. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html */
async function runningInstances(target: Target): Promise<Instance[]> {
    const sdk = await import("@aws-sdk/client-ec2");
    const client = new sdk.EC2Client(forTarget(target));
    const Filters = [{ Name: "instance-state-name", Values: ["pending", "running"] }];
    const found: Instance[] = [];
    for await (const { Reservations = [] } of sdk.paginateDescribeInstances(
        { client },
        { Filters },
    )) {
        for (const { Instances = [] } of Reservations) {
            found.push(
                ...Instances.filter(({ InstanceLifecycle }) => InstanceLifecycle !== "spot"),
            );
        }
    }
    return found;
}

/** Default vCPUs by type. A filter, not a list of names: one unknown name would fail them all. */
async function sizesOf(target: Target, types: readonly string[]): Promise<Sizes> {
    const sdk = await import("@aws-sdk/client-ec2");
    const client = new sdk.EC2Client(forTarget(target));
    const sizes = new Map<string, number>();
    /** A filter takes 200 values. */
    for (let start = 0; start < types.length; start += 200) {
        const Filters = [{ Name: "instance-type", Values: types.slice(start, start + 200) }];
        const pages = sdk.paginateDescribeInstanceTypes({ client }, { Filters });
        for await (const { InstanceTypes = [] } of pages) {
            for (const { InstanceType, VCpuInfo } of InstanceTypes) {
                if (InstanceType !== undefined)
                    sizes.set(InstanceType, VCpuInfo?.DefaultVCpus ?? 0);
            }
        }
    }
    return sizes;
}
