import type * as pulumi from "@pulumi/pulumi";
import { layerArgs } from "../../layer-args";
import type { ClusterSpec } from "../../model/spec";
import type { HubSpec } from "../../model/spec/jupyterhub";
import type { PodIdentity, Toleration } from "../../platforms/foundation";
import type { Inside } from "../../platforms/inside";
import { DaskGateway } from "./dask-gateway";
import { DaskKinds } from "./dask-kinds";
import { DaskSecurity } from "./dask-security";

/** A hub that stands, and may have a Dask gateway beside it. */
export interface StandingHub {
    readonly hub: HubSpec;
    readonly namespace: pulumi.Output<string>;
    /** Of users' pods, and so of their clusters'. */
    readonly serviceAccount: string;
    readonly identity: PodIdentity;
    readonly spotTolerations: readonly Toleration[];
    readonly ready: readonly pulumi.Resource[];
}

/** The Dask gateways of those hubs that ask for one, and what they share; nothing where none does. */
export function openDaskGateways(
    spec: ClusterSpec,
    hubs: readonly StandingHub[],
    inside: Inside,
    opts: pulumi.ComponentResourceOptions,
): void {
    const asking = hubs.filter(({ hub }) => hub.daskGateway !== undefined);
    if (asking.length === 0) return;
    const { daskGatewayChartVersion: chartVersion } = spec.workload.jupyterhub;

    const kinds = new DaskKinds("control-plane-dask", layerArgs(spec, "control-plane"), opts);
    const guard = new DaskSecurity(
        "security-abuse",
        { ...layerArgs(spec, "security-abuse"), hubs: asking, inside },
        opts,
    );
    for (const { hub, namespace, ready, ...pods } of asking) {
        const { daskGateway: dask } = hub;
        if (dask === undefined) continue;
        const sessions = layerArgs(spec, "user-sessions", hub.name).owner;
        new DaskGateway(
            `hub-${hub.name}-dask`,
            {
                ...layerArgs(spec, "hub", hub.name),
                hub,
                dask,
                namespace,
                chartVersion,
                context: { sessions, ...pods },
                ready: [...ready, ...kinds.ready, guard],
            },
            opts,
        );
    }
}
