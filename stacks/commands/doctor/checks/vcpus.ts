import type { Instance } from "@aws-sdk/client-ec2";
import type { MachineKind } from "../../../../components/model/machines";
import type { ClusterSpec } from "../../../../components/model/spec";
import { forTarget } from "../aws-client";
import type { CloudCheck, Finding, Target } from "../check";
import { isOurs, tagMap } from "../standing";
import type { Quota } from "../quota";
import { increase, judgeQuota, limitOf } from "../quota";
import { quotaOf } from "../vcpu-quota";

const id = "vcpus";

type Sizes = ReadonlyMap<string, number>;

/** Room for all core nodes and the first node of each kind: the least that a hub needs to be of use. */
export const vcpusCheck: CloudCheck = {
    id,
    title: "vCPUs",
    needs: "region",
    async run(target) {
        const { core } = target.spec.platform.aws.nodes;
        const running = (await runningInstances(target)).filter(
            ({ Tags }) => !isOurs(tagMap(Tags), target.spec.name),
        );
        const types = [
            core.instanceType,
            ...onDemand(target.spec).flatMap(({ instanceTypes }) => instanceTypes),
        ];
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

/** What the stack starts with, and what it may grow to. Spot machines count against quotas of their own. */
function demand(quota: Quota, spec: ClusterSpec, sizes: Sizes) {
    const { core } = spec.platform.aws.nodes;
    const sizesOfQuota = (types: readonly string[]) =>
        types.filter((type) => quotaOf(type) === quota).map((type) => sizes.get(type) ?? 0);
    const [coreSize = 0] = sizesOfQuota([core.instanceType]);
    const pools = onDemand(spec).map(({ instanceTypes, nodes }) => {
        const each = sizesOfQuota(instanceTypes);
        return {
            first: each.length === 0 ? 0 : Math.min(...each),
            full: nodes * each.reduce((sum, size) => sum + size, 0),
        };
    });
    const always = core.max * coreSize;
    return {
        first: pools.reduce((sum, { first }) => sum + first, always),
        full: pools.reduce((sum, { full }) => sum + full, always),
    };
}

/** The machines that hubs start as they need them, and how many of each type there may be. */
function onDemand({ platform, workload }: ClusterSpec) {
    const { user, gpu } = platform.aws.nodes;
    const hubsWith = (kind: MachineKind) =>
        workload.jupyterhub.hubs.filter(({ machines }) => machines.includes(kind)).length;
    return [
        {
            instanceTypes: user.instanceTypes,
            nodes: hubsWith("user") * user.zones.length * user.max,
        },
        { instanceTypes: gpu?.instanceTypes ?? [], nodes: hubsWith("gpu") * (gpu?.max ?? 0) },
    ].filter(({ nodes }) => nodes > 0);
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
    const fix = `lower the max of steward:aws.nodes, or ${increase(quota, spec.region, used + full)}`;
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
