import type { MachineKind } from "./machines";
import type { StackInput } from "./spec/stack";

/** The machines that a platform has of each kind, in its own words. */
export interface MachineTypes {
    /** Where they stand in the stack file. */
    readonly section: "steward:aws.nodes" | "steward:azure.nodes";
    /** What a list of types is called there. */
    readonly key: "instanceTypes" | "vmSizes";
    readonly types: Readonly<Partial<Record<MachineKind, readonly string[]>>>;
}

/** Undefined where the stack file describes no machines. */
export function machineTypesOf({
    aws,
    azure,
}: Pick<StackInput, "aws" | "azure">): MachineTypes | undefined {
    if (aws?.nodes !== undefined) {
        const { user, gpu, dask, build } = aws.nodes;
        const types = {
            user: user.instanceTypes,
            ...(gpu && { gpu: gpu.instanceTypes }),
            ...(dask && { dask: dask.instanceTypes }),
            ...(build && { build: build.instanceTypes }),
        };
        return { section: "steward:aws.nodes", key: "instanceTypes", types };
    }
    if (azure?.nodes !== undefined) {
        const { user, gpu, dask, build } = azure.nodes;
        const types = {
            user: user.vmSizes,
            ...(gpu && { gpu: gpu.vmSizes }),
            ...(dask && { dask: dask.vmSizes }),
            ...(build && { build: build.vmSizes }),
        };
        return { section: "steward:azure.nodes", key: "vmSizes", types };
    }
    return undefined;
}
