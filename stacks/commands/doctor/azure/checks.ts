import type { AzureClusterSpec, AzureCommcareSpec } from "../../../../components/model/spec";
import type { AzureCaller } from "../../azure/sign-in";
import type { Check } from "../check";
import { backendCheck } from "../checks/backend";
import { domainsCheck, siteDomainCheck } from "../checks/domains";
import { engineCheck } from "../checks/engine";
import { languageHostCheck } from "../checks/language-host";
import { nodeCheck } from "../checks/node";
import { azureHubPluginsCheck, azureMachinePluginsCheck } from "../checks/plugins";
import { certificateCheck } from "./certificate";
import { azureCliCheck, kubeloginCheck } from "./command-lines";
import { azureDatabaseOffersCheck } from "./database-offers";
import { defenderCheck } from "./defender";
import { dnsZoneCheck } from "./dns-zone";
import { azureKubernetesVersionCheck } from "./kubernetes-versions";
import { namesCheck } from "./names";
import { publicAddressesCheck } from "./public-addresses";
import { azureRegionCheck, azureZonesCheck } from "./region";
import { resourceGroupsCheck } from "./resource-groups";
import { featuresCheck, resourceProvidersCheck } from "./resource-providers";
import { azureDeployerCheck, rightsCheck } from "./rights";
import { azureVcpusCheck } from "./vcpus";
import { vmSizesCheck } from "./vm-sizes";

/** What hubs ask of this machine and of a subscription, the machine first. */
export const azureHubChecks: readonly Check<AzureClusterSpec, AzureCaller>[] = [
    nodeCheck,
    engineCheck(),
    languageHostCheck,
    azureHubPluginsCheck,
    azureCliCheck,
    kubeloginCheck,
    backendCheck,
    azureDeployerCheck,
    rightsCheck,
    resourceProvidersCheck,
    featuresCheck,
    azureRegionCheck,
    azureZonesCheck,
    vmSizesCheck,
    azureVcpusCheck,
    publicAddressesCheck,
    azureDatabaseOffersCheck,
    azureKubernetesVersionCheck,
    resourceGroupsCheck,
    namesCheck,
    defenderCheck,
    dnsZoneCheck,
    domainsCheck(),
];

/** What machines of CommCare ask. */
export const azureCommcareChecks: readonly Check<AzureCommcareSpec, AzureCaller>[] = [
    nodeCheck,
    engineCheck(),
    languageHostCheck,
    azureMachinePluginsCheck,
    azureCliCheck,
    backendCheck,
    rightsCheck,
    resourceProvidersCheck,
    featuresCheck,
    azureRegionCheck,
    azureZonesCheck,
    vmSizesCheck,
    azureVcpusCheck,
    publicAddressesCheck,
    azureDatabaseOffersCheck,
    resourceGroupsCheck,
    namesCheck,
    certificateCheck,
    defenderCheck,
    dnsZoneCheck,
    siteDomainCheck(),
];
