import * as ssm from "@pulumi/aws/ssm";
import type * as pulumi from "@pulumi/pulumi";
import { architectureOf } from "../../model/instance-types";
import type { AwsSpec } from "../../model/spec/aws";

/** `nvidia` has the driver and the container runtime for GPUs. */
export type ImageVariant = "standard" | "nvidia";

/**
 * The public parameter that names an image of Amazon Linux 2023 for EKS: the newest one, or one release.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html
 */
export function imageParameter(
    { version, nodeRelease }: AwsSpec["kubernetes"],
    instanceType: string,
    variant: ImageVariant,
): string {
    const architecture = architectureOf(instanceType);
    const release =
        nodeRelease === undefined
            ? "recommended"
            : `amazon-eks-node-al2023-${architecture}-${variant}-${version}-${nodeRelease}`;
    return `/aws/service/eks/optimized-ami/${version}/amazon-linux-2023/${architecture}/${variant}/${release}/image_id`;
}

/** Asks AWS for the image. `parent` brings the provider, so nothing is asked before the cluster is registered. */
export function findImage(name: string, parent: pulumi.Resource): pulumi.Output<string> {
    // A public parameter is no secret; `value` would make one of every launch template.
    return ssm.getParameterOutput({ name }, { parent }).insecureValue;
}
