import type { AzureType } from "./azure-type";
import { authorizationTypes } from "./types/authorization";
import { automationTypes } from "./types/automation";
import { budgetTypes } from "./types/budgets";
import { computeTypes } from "./types/compute";
import { containerregistryTypes } from "./types/containerregistry";
import { containerserviceTypes } from "./types/containerservice";
import { dataprotectionTypes } from "./types/dataprotection";
import { dnsTypes } from "./types/dns";
import { keyvaultTypes } from "./types/keyvault";
import { loadBalancerTypes } from "./types/load-balancers";
import { maintenanceTypes } from "./types/maintenance";
import { managedidentityTypes } from "./types/managedidentity";
import { monitorTypes } from "./types/monitor";
import { operationalinsightsTypes } from "./types/operationalinsights";
import { postgresqlTypes } from "./types/postgresql";
import { privateLinkTypes } from "./types/private-links";
import { publicAddressTypes } from "./types/public-addresses";
import { recoveryservicesTypes } from "./types/recoveryservices";
import { redisenterpriseTypes } from "./types/redisenterprise";
import { resourceGroupType, resourcesTypes } from "./types/resources";
import { securityGroupTypes } from "./types/security-groups";
import { securityTypes } from "./types/security";
import { storageTypes } from "./types/storage";
import { subnetTypes } from "./types/subnets";

export { resourceGroupType };

/** Every type of Azure that a rehearsal knows, by its token. */
export const azureTypes: Readonly<Record<string, AzureType>> = {
    ...authorizationTypes,
    ...automationTypes,
    ...budgetTypes,
    ...computeTypes,
    ...containerregistryTypes,
    ...containerserviceTypes,
    ...dataprotectionTypes,
    ...dnsTypes,
    ...keyvaultTypes,
    ...loadBalancerTypes,
    ...maintenanceTypes,
    ...managedidentityTypes,
    ...monitorTypes,
    ...operationalinsightsTypes,
    ...postgresqlTypes,
    ...privateLinkTypes,
    ...publicAddressTypes,
    ...recoveryservicesTypes,
    ...redisenterpriseTypes,
    ...resourcesTypes,
    ...securityGroupTypes,
    ...securityTypes,
    ...storageTypes,
    ...subnetTypes,
};
