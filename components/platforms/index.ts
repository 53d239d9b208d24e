import type * as awsKubernetes from "./aws/foundation";
import type * as awsMachines from "./aws/machines/foundation";
import type * as azureKubernetes from "./azure/foundation";
import type * as azureMachines from "./azure/machines/foundation";
import type {
    AwsClusterSpec,
    AwsCommcareSpec,
    AzureClusterSpec,
    AzureCommcareSpec,
    VmsClusterSpec,
} from "../model/spec";
import type * as vmsHosts from "./vms/foundation";
import type * as vmsKubernetes from "./vms/k3s/foundation";
import type { BuildFoundation } from "./foundation";
import type { BuildMachines } from "./machines-foundation";
import type { BuildHosts } from "./vms/foundation";

/** What a platform can put below a workload. */
interface Platform<Hubs, Machines> {
    readonly kubernetes: () => BuildFoundation<Hubs>;
    readonly machines: () => BuildMachines<Machines>;
}

interface Platforms {
    readonly aws: Platform<AwsClusterSpec, AwsCommcareSpec>;
    readonly azure: Platform<AzureClusterSpec, AzureCommcareSpec>;
    readonly vms: {
        readonly kubernetes: () => BuildFoundation<VmsClusterSpec>;
        readonly hosts: () => BuildHosts;
    };
}

/**
 * Each foundation is loaded only when a stack asks for it: one cloud's SDK at a time, and nothing of Kubernetes for
 * machines. `require`, because an `import()` in CommonJS is loaded by rules that neither ts-node nor jest follow
 * for TypeScript.
 */
export const platforms: Platforms = {
    aws: {
        kubernetes: () => (require("./aws/foundation") as typeof awsKubernetes).awsFoundation,
        machines: () => (require("./aws/machines/foundation") as typeof awsMachines).awsMachines,
    },
    azure: {
        kubernetes: () => (require("./azure/foundation") as typeof azureKubernetes).azureFoundation,
        machines: () =>
            (require("./azure/machines/foundation") as typeof azureMachines).azureMachines,
    },
    vms: {
        kubernetes: () => (require("./vms/k3s/foundation") as typeof vmsKubernetes).vmsKubernetes,
        hosts: () => (require("./vms/foundation") as typeof vmsHosts).vmsHosts,
    },
};
