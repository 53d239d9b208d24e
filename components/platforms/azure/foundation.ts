import type { AzureClusterSpec } from "../../model/spec";
import type { BuildFoundation } from "../foundation";

/** A cluster on Azure: AKS and what a workload needs below it. */
export const azureFoundation: BuildFoundation<AzureClusterSpec> = () =>
    Promise.reject(new Error("not yet"));
