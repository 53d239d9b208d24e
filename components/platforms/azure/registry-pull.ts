import type { Registry } from "@pulumi/azure-native/containerregistry";
import type * as pulumi from "@pulumi/pulumi";
import type { HubSite } from "./hub-site";
import { grant } from "./role-assignment";

/** Lets the nodes of the cluster pull what a registry holds. */
export function pulledByNodes(
    name: string,
    { place, controlPlane }: HubSite,
    registry: Registry,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
    return grant(
        `${name}-nodes`,
        {
            subscriptionId: place.subscriptionId,
            role: "AcrPull",
            scope: registry.id,
            principalId: controlPlane.kubeletIdentity.principalId,
            principalType: "ServicePrincipal",
        },
        opts,
    );
}
