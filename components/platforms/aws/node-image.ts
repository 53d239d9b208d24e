import * as ssm from "@pulumi/aws/ssm";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsSpec } from "../../model/spec/aws";

export type Architecture = "x86_64" | "arm64";

/**
 * The processor of an instance type: AWS marks Graviton with a `g` right after the generation (`r8g`, `m7gd`,
 * `im4gn`), and `a1` is the one family before that rule.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(instanceType: string): Architecture {
    return /^([a-z]+\d+g[a-z-]*|a1)\./.test(instanceType) ? "arm64" : "x86_64";
}

/**
 * The public parameter that names an image of Amazon Linux 2023 for EKS: the newest one, or one release.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html
 */
export function imageParameter(
    { version, nodeRelease }: AwsSpec["kubernetes"],
    architecture: Architecture,
): string {
    const release =
        nodeRelease === undefined
            ? "recommended"
            : `amazon-eks-node-al2023-${architecture}-standard-${version}-${nodeRelease}`;
    return `/aws/service/eks/optimized-ami/${version}/amazon-linux-2023/${architecture}/standard/${release}/image_id`;
}

/** Asks AWS for the image. `parent` brings the provider, so nothing is asked before the cluster is registered. */
export function findImage(
    kubernetes: AwsSpec["kubernetes"],
    architecture: Architecture,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const name = imageParameter(kubernetes, architecture);
    // A public parameter is no secret; `value` would make one of every launch template.
    return ssm.getParameterOutput({ name }, { parent }).insecureValue;
}
