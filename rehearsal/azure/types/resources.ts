import type { AzureType } from "../azure-type";
import { resourceGroupName } from "../names";

export const resourceGroupType = "azure-native:resources:ResourceGroup";

/** @see https://learn.microsoft.com/rest/api/resources/resource-groups */
export const resourcesTypes: Readonly<Record<string, AzureType>> = {
    [resourceGroupType]: {
        path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}",
        name: resourceGroupName,
        required: ["location"],
        made: () => ({ properties: { provisioningState: "Succeeded" } }),
    },
};
