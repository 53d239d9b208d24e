import type * as pulumi from "@pulumi/pulumi";
import type { MetricCondition } from "./alarms";

const gibibyte = 2 ** 30;

/**
 * When an account that holds one share and nothing else is nearly full, and when it is slow.
 *
 * @param scope The file service of the account.
 * @see https://learn.microsoft.com/azure/storage/files/storage-files-monitoring-reference
 */
export function shareConditions(
    sizeGiB: number,
    scope: pulumi.Input<string>,
): Readonly<Record<"full" | "slow", MetricCondition>> {
    const of = { scope, namespace: "Microsoft.Storage/storageAccounts/fileServices" } as const;
    return {
        full: {
            ...of,
            metric: "FileCapacity",
            aggregation: "Average",
            operator: "GreaterThan",
            threshold: Math.floor(0.9 * sizeGiB * gibibyte),
            window: "PT6H", // measured once an hour
        },
        slow: {
            ...of,
            metric: "Transactions",
            only: {
                ResponseType: [
                    "SuccessWithShareIopsThrottling",
                    "SuccessWithShareEgressThrottling",
                    "SuccessWithShareIngressThrottling",
                ],
            },
            aggregation: "Total",
            operator: "GreaterThan",
            threshold: 1_000,
            window: "PT15M",
        },
    };
}
