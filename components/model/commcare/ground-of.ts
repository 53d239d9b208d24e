import type { StackInput } from "../spec";
import { azureSizes } from "./azure-types";
import { awsSizes } from "./ec2-types";
import type { Ground } from "./plan-of";

/**
 * What a plan stands on, by the section of the stack file that says where it is.
 *
 * On Azure the cache runs on a machine unless said otherwise, and then it is refused: see `checkAzureCommcare`.
 */
export function groundOf({ aws, azure }: Pick<StackInput, "aws" | "azure">): Ground | undefined {
    if (aws !== undefined) {
        return { zones: aws.network.zones, cloud: true, sizes: awsSizes, stands: {} };
    }
    if (azure === undefined) return undefined;
    const stands = { redis: "machine" } as const;
    return { zones: azure.network.zones, cloud: true, sizes: azureSizes, stands };
}
