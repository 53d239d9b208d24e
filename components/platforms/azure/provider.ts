import { Provider } from "@pulumi/azure-native/provider";
import type { Cluster } from "../../cluster";
import type { AzureClusterSpec, AzureCommcareSpec } from "../../model/spec";

/**
 * The one provider of a cluster: it works in the subscription and the tenant that the stack file names, whatever
 * `az account set` chose. Resources name their place themselves, so it has no default location.
 */
export function azureProvider(spec: AzureClusterSpec | AzureCommcareSpec, cluster: Cluster) {
    const { subscriptionId, tenantId } = spec.platform.azure;
    return new Provider("azure", { subscriptionId, tenantId }, { parent: cluster });
}
