import type * as pulumi from "@pulumi/pulumi";

/**
 * Several transforms as one, each given what the one before it made. The engine asks the program about every child
 * once for each transform, a round trip with all of the child's properties: so it is asked only once.
 */
export function inTurn(
    ...transforms: readonly pulumi.ResourceTransform[]
): pulumi.ResourceTransform {
    return async (args) => {
        let result: pulumi.ResourceTransformResult | undefined;
        for (const transform of transforms) {
            result = (await transform({ ...args, ...result })) ?? result;
        }
        return result;
    };
}
