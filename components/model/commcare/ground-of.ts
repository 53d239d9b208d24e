import type { StackInput } from "../spec/stack";
import { azureSizes } from "./azure-types";
import { awsSizes } from "./ec2-types";
import type { Sizes } from "./machine-size";
import type { Ground } from "./plan-of";

const sizeless = {
    sizeOf: () => undefined,
    noun: "size of a machine that somebody racked",
    examples: "vcpus and memoryGiB",
};

/** Machines that somebody racked have no names for how large they are. */
const rackedSizes: Sizes = { machine: sizeless, database: sizeless, cache: sizeless };

/**
 * What a plan stands on, by the section of the stack file that says where it is.
 *
 * On Azure the cache runs on a machine unless said otherwise, and then it is refused: see `checkAzureCommcare`.
 */
export function groundOf({
    aws,
    azure,
    vms,
}: Partial<Pick<StackInput, "aws" | "azure" | "vms">>): Ground | undefined {
    if (vms !== undefined) {
        return { zones: vms.zones, cloud: false, sizes: rackedSizes, stands: {} };
    }
    if (aws !== undefined) {
        return { zones: aws.network.zones, cloud: true, sizes: awsSizes, stands: {} };
    }
    if (azure === undefined) return undefined;
    const stands = { redis: "machine" } as const;
    return { zones: azure.network.zones, cloud: true, sizes: azureSizes, stands };
}
