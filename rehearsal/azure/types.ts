import type { AzureType } from "./azure-type";
import { authorizationTypes } from "./types/authorization";
import { containerserviceTypes } from "./types/containerservice";
import { keyvaultTypes } from "./types/keyvault";
import { managedidentityTypes } from "./types/managedidentity";
import { monitorTypes } from "./types/monitor";
import { operationalinsightsTypes } from "./types/operationalinsights";
import { publicAddressTypes } from "./types/public-addresses";
import { resourceGroupType, resourcesTypes } from "./types/resources";
import { securityGroupTypes } from "./types/security-groups";
import { storageTypes } from "./types/storage";
import { subnetTypes } from "./types/subnets";

export { resourceGroupType };

/** Every type of Azure that a rehearsal knows, by its token. */
export const azureTypes: Readonly<Record<string, AzureType>> = {
    ...authorizationTypes,
    ...containerserviceTypes,
    ...keyvaultTypes,
    ...managedidentityTypes,
    ...monitorTypes,
    ...operationalinsightsTypes,
    ...publicAddressTypes,
    ...resourcesTypes,
    ...securityGroupTypes,
    ...storageTypes,
    ...subnetTypes,
};
