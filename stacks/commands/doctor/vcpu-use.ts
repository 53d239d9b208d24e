import type { OnlyAws } from "../../../components/model/spec";
import { forTarget } from "./aws-client";
import type { Finding, Target } from "./check";
import type { Quota } from "./quota";
import { isOurs, tagMap } from "./standing";
import type { Market } from "./vcpu-quota";
import { quotaOf } from "./vcpu-quota";

/** vCPUs by instance type. */
export type Sizes = ReadonlyMap<string, number>;

export interface Machine {
    readonly type: string;
    readonly market: Market;
}

/** vCPUs of machines that count against a quota. */
export function usedOf(quota: Quota, machines: readonly Machine[], sizes: Sizes): number {
    return machines
        .filter(({ type, market }) => quotaOf(type, market) === quota)
        .reduce((sum, { type }) => sum + (sizes.get(type) ?? 0), 0);
}

/** Of a type that no quota here counts. */
export function notCounted(id: string, type: string): Finding {
    const message = `the vCPU quota of ${type} is not known here`;
    const fix = "look it up in the Service Quotas console";
    return { id: `${id}.${type}`, status: "warning", message, fix };
}

/**
 * What others have running. Open requests for spot machines count as well, until they are served a moment later.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-limits.html
 */
export async function runningMachines(target: Target<OnlyAws>): Promise<Machine[]> {
    const sdk = await import("@aws-sdk/client-ec2");
    const client = new sdk.EC2Client(forTarget(target));
    const Filters = [{ Name: "instance-state-name", Values: ["pending", "running"] }];
    const found: Machine[] = [];
    for await (const { Reservations = [] } of sdk.paginateDescribeInstances(
        { client },
        { Filters },
    )) {
        for (const { InstanceType: type = "", InstanceLifecycle, Tags } of Reservations.flatMap(
            ({ Instances = [] }) => Instances,
        )) {
            if (isOurs(tagMap(Tags), target.spec.name)) continue;
            found.push({ type, market: InstanceLifecycle === "spot" ? "spot" : "on-demand" });
        }
    }
    return found;
}

/** Default vCPUs by type. A filter, not a list of names: one unknown name would fail them all. */
export async function sizesOf(target: Target<OnlyAws>, types: readonly string[]): Promise<Sizes> {
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
