import type * as pulumi from "@pulumi/pulumi";
import { layerArgs } from "../../../layer-args";
import type { ClusterSpec } from "../../../model/spec";
import type { HubSpec } from "../../../model/spec/jupyterhub";
import type { BuildsFoundation } from "../../../platforms/foundation";
import { Binder } from "./binder";
import { BuildRoom } from "./build-room";
import { BuildSecurity } from "./build-security";

/** A hub that stands, and whose users may have environments built. */
export interface BuildingHub {
    readonly hub: HubSpec;
    readonly namespace: pulumi.Output<string>;
    readonly registry: BuildsFoundation | undefined;
    readonly ready: readonly pulumi.Resource[];
}

/** What builds environments for those hubs that ask for it; nothing where none does. */
export function openBuilds(
    spec: ClusterSpec,
    hubs: readonly BuildingHub[],
    opts: pulumi.ComponentResourceOptions,
): void {
    const asking = hubs.flatMap(({ hub, registry, ...rest }) => {
        const { builds } = hub;
        if (builds === undefined || registry === undefined) return [];
        const images = layerArgs(spec, "user-image", hub.name);
        const room = new BuildRoom(
            `user-image-${hub.name}-room`,
            { ...images, hub: hub.name, builds, hubNamespace: rest.namespace },
            opts,
        );
        return [{ ...rest, hub, builds, registry, images, room }];
    });
    if (asking.length === 0) return;
    const guard = new BuildSecurity(
        "security-abuse-builds",
        {
            ...layerArgs(spec, "security-abuse"),
            hubs: asking.map(({ hub, namespace, registry, room }) => ({
                hub: hub.name,
                namespace,
                room: room.namespace,
                egress: registry.identity.egress,
            })),
        },
        opts,
    );
    for (const { hub, builds, namespace, registry, images, room, ready } of asking) {
        new Binder(
            `hub-${hub.name}-binder`,
            {
                ...layerArgs(spec, "hub", hub.name),
                hub,
                builds,
                namespace,
                images: images.owner,
                registry,
                ready: [...ready, ...registry.ready, ...room.ready, guard],
            },
            opts,
        );
    }
}
