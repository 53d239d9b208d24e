import type * as pulumi from "@pulumi/pulumi";
import type { ControlPlane } from "./control-plane";
import type { Network } from "./network";
import type { Place } from "./place";
import { privateEndpoint } from "./private-link";
import type { PrivateService } from "./private-services";

/** Where what a hub keeps stands: the same for all hubs of a cluster. */
export interface HubSite {
    readonly place: Place;
    /** The name of the resource group of a layer. */
    readonly groupOf: (layer: string) => pulumi.Output<string>;
    readonly network: Network;
    readonly controlPlane: ControlPlane;
    /** The zone of the core nodes: a disk is attached only within its zone. */
    readonly zone: string;
    /** Another one, where there is any. */
    readonly otherZone: string | undefined;
    /** Whether data is kept in three zones. */
    readonly zonal: boolean;
    readonly workspaceId: pulumi.Input<string>;
}

export interface EndpointArgs {
    readonly resourceGroupName: pulumi.Input<string>;
    readonly noun: string;
    readonly service: PrivateService;
    readonly target: pulumi.Input<string>;
    readonly tags: Readonly<Record<string, string>>;
    readonly parent: pulumi.Resource;
}

/**
 * An endpoint in the network of the cluster.
 *
 * @throws Error where the network has no names of the service.
 */
export function endpointIn(
    { place, network }: Pick<HubSite, "place" | "network">,
    name: string,
    { parent, ...args }: EndpointArgs,
): pulumi.Resource[] {
    const zone = network.zones[args.service];
    const subnet = network.subnets["endpoints"];
    if (zone === undefined || subnet === undefined) {
        throw new Error(`the network has no names of ${args.service}`);
    }
    return privateEndpoint(name, { ...args, place, zone, subnetId: subnet.id }, parent);
}
