import type { OnlyAws } from "../../../components/model/spec";
import { forTarget } from "./aws-client";
import { nameOf } from "./aws-error";
import type { Finding, Target } from "./check";

/** A limit of the account in one region, as Service Quotas knows it. */
export interface Quota {
    readonly service:
        | "ec2"
        | "eks"
        | "elasticache"
        | "elasticfilesystem"
        | "elasticloadbalancing"
        | "rds"
        | "vpc";
    readonly code: string;
    /** What is counted, in the plural, such as "elastic addresses". */
    readonly counted: string;
}

export interface Demand {
    readonly limit: number;
    /** What counts against the limit now, without what this stack holds already. */
    readonly used: number;
    readonly needed: number;
}

/**
 * The quota of the account in the stack's region: the applied value, or AWS's default where none was applied.
 *
 * @throws what the client throws.
 * @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html
 */
export async function limitOf(target: Target<OnlyAws>, { service, code }: Quota): Promise<number> {
    const sdk = await import("@aws-sdk/client-service-quotas");
    const client = new sdk.ServiceQuotasClient(forTarget(target));
    const input = { ServiceCode: service, QuotaCode: code };
    const asked = client.send(new sdk.GetServiceQuotaCommand(input)).catch((error: unknown) => {
        if (nameOf(error) !== "NoSuchResourceException") throw error;
        return client.send(new sdk.GetAWSDefaultServiceQuotaCommand(input));
    });
    const value = (await asked).Quota?.Value;
    if (value === undefined) throw new Error(`Service Quotas names no value for ${code}`);
    return value;
}

/** Whether a quota has room for what a stack needs. */
export function judgeQuota(id: string, quota: Quota, region: string, demand: Demand): Finding {
    const { limit, used, needed } = demand;
    const free = Math.max(0, limit - used);
    const counts = `needs ${needed}, free are ${free} of ${limit}`;
    const message = `${quota.counted}: ${counts}`;
    if (needed <= free) return { id, status: "ok", message };
    return { id, status: "lacking", message, fix: increase(quota, region, used + needed) };
}

/** What the stack has nothing of, and so does not ask for. */
export function needsNone(id: string, { counted }: Quota): Finding {
    return { id, status: "ok", message: `${counted}: needs none` };
}

/** How to ask AWS for more. */
export function increase({ service, code }: Quota, region: string, value: number): string {
    return (
        "ask for more: aws service-quotas request-service-quota-increase " +
        `--service-code ${service} --quota-code ${code} --desired-value ${value} --region ${region}`
    );
}
