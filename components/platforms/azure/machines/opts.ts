import type * as pulumi from "@pulumi/pulumi";

/** Below the cluster, by these providers. */
export type Opts = pulumi.ComponentResourceOptions & {
    readonly providers: pulumi.ProviderResource[];
};
