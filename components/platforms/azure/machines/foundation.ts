import type { AzureCommcareSpec } from "../../../model/spec";
import type { BuildMachines } from "../../machines-foundation";
import { azureProvider } from "../provider";
import { ResourceGroups } from "../resource-groups";

/** A cluster of machines on Azure, and what keeps it whole. Its provider comes before any other resource. */
export const azureMachines: BuildMachines<AzureCommcareSpec> = (spec, cluster) => {
    const azure = azureProvider(spec, cluster);
    const groups = new ResourceGroups(spec, { parent: cluster, providers: [azure] });
    return Promise.resolve({ hosts: {}, address: groups.of("network").name, outputs: {} });
};
