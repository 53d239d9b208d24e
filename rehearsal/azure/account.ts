import type { Props } from "../provider/values";

/** The subscription and tenant that a rehearsal deploys to where the provider's settings name none. */
export const anySubscription = "00000000-0000-4000-8000-000000000001";
export const anyTenant = "00000000-0000-4000-8000-000000000002";
/** Who a rehearsal is, to Entra. */
export const callerId = "00000000-0000-4000-8000-000000000003";

const settingOf = (config: Props, key: string, otherwise: string): string => {
    const value = config[key];
    return typeof value === "string" && value !== "" ? value : otherwise;
};

export const subscriptionOf = (config: Props): string =>
    settingOf(config, "subscriptionId", anySubscription);
export const tenantOf = (config: Props): string => settingOf(config, "tenantId", anyTenant);

/** `East US 2` and `eastus2` are one region. */
export const normalLocation = (location: string): string =>
    location.toLowerCase().replace(/ /g, "");
