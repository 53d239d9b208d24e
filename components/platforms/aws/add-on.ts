import * as eks from "@pulumi/aws/eks";
import type * as pulumi from "@pulumi/pulumi";

export interface AddOnArgs {
    readonly cluster: pulumi.Input<string>;
    /** EKS's name of it, such as `vpc-cni`. */
    readonly addOn: string;
    /** By the schema of the add-on. */
    readonly values?: Readonly<Record<string, unknown>>;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * An add-on of EKS.
 *
 * No version is written: EKS takes its default for the cluster's version at the first deploy, and the provider
 * keeps what runs. A deploy for another reason therefore never upgrades an add-on, and two runs do not differ.
 *
 * Conflicts are overwritten: what stands here is what runs. A change by hand has no owner and no history.
 */
export function addOn(
    name: string,
    { cluster, addOn: addonName, values, tags }: AddOnArgs,
    opts: pulumi.CustomResourceOptions,
): eks.Addon {
    return new eks.Addon(
        `${name}-${addonName}`,
        {
            clusterName: cluster,
            addonName,
            resolveConflictsOnCreate: "OVERWRITE",
            resolveConflictsOnUpdate: "OVERWRITE",
            ...(values === undefined ? {} : { configurationValues: JSON.stringify(values) }),
            tags,
        },
        opts,
    );
}
