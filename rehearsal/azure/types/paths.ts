/** The path of what lies in a resource group: `Microsoft.Network/virtualNetworks/{virtualNetworkName}`. */
export const inGroup = (rest: string): string =>
    `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${rest}`;

/** The path of what lies on something else, whose id is the argument `scope`. */
export const onScope = (rest: string): string => `{scope}/providers/${rest}`;
