import type { AzureClusterSpec, AzureCommcareSpec } from "../../model/spec";

/** Where in Azure a cluster stands. */
export interface Place {
    readonly subscriptionId: string;
    readonly tenantId: string;
    /** The region, such as `canadacentral`. */
    readonly location: string;
    readonly clusterName: string;
}

export function placeOf({ name, region, platform }: AzureClusterSpec | AzureCommcareSpec): Place {
    const { subscriptionId, tenantId } = platform.azure;
    return { subscriptionId, tenantId, location: region, clusterName: name };
}
