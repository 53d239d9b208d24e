import type { Finding } from "../check";
import type { AzureTarget } from "./azure";

/** What a subscription may have in a region, and what it has. */
export interface Usage {
    readonly limit: number;
    readonly used: number;
    /** For people, such as "Standard ESv5 Family vCPUs". */
    readonly counted: string;
}

interface Listed {
    readonly name?: { readonly value?: string; readonly localizedValue?: string };
    readonly limit?: number;
    readonly currentValue?: number;
}

type Service = "Microsoft.Compute" | "Microsoft.Network";

const versions = {
    "Microsoft.Compute": "2024-07-01",
    "Microsoft.Network": "2024-05-01",
} as const satisfies Record<Service, string>;

/**
 * Quotas of the stack's region by their names in lower case: services spell a family in two ways.
 *
 * @see https://learn.microsoft.com/rest/api/compute/usage/list
 * @see https://learn.microsoft.com/rest/api/virtualnetwork/usages/list
 */
export async function usagesOf(
    { spec, caller: { arm } }: AzureTarget,
    service: Service,
): Promise<ReadonlyMap<string, Usage>> {
    const path = arm.inSubscription(`/providers/${service}/locations/${spec.region}/usages`);
    const all = await arm.list<Listed>(path, versions[service]);
    return new Map(
        all.map(({ name, limit = 0, currentValue: used = 0 }) => {
            const { value = "", localizedValue: counted = value } = name ?? {};
            return [value.toLowerCase(), { limit, used, counted }];
        }),
    );
}

export interface AzureQuota {
    readonly id: string;
    readonly service: Service;
    /** As the service calls it. */
    readonly name: string;
}

/** Whether a quota has room for what a stack needs beside what others have. */
export function judgeUsage(
    { id, ...quota }: AzureQuota,
    target: AzureTarget,
    { limit, used, counted }: Usage,
    needed: number,
): Finding {
    const free = Math.max(0, limit - used);
    const message = `${counted}: needs ${String(needed)}, free are ${String(free)} of ${String(limit)}`;
    if (needed <= free) return { id, status: "ok", message };
    return { id, status: "lacking", message, fix: askForMore(quota, target, used + needed) };
}

/** How to ask Azure for more. https://learn.microsoft.com/azure/quotas/quickstart-increase-quota-portal */
export function askForMore(
    { service, name }: Pick<AzureQuota, "service" | "name">,
    { spec, caller: { arm } }: AzureTarget,
    value: number,
): string {
    const scope = arm.inSubscription(`/providers/${service}/locations/${spec.region}`);
    return `ask for more: az quota update --resource-name ${name} --scope ${scope} --limit-object value=${String(value)}`;
}
