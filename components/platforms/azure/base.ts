import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random/provider";
import { layerArgs } from "../../layer-args";
import type { AzureClusterSpec } from "../../model/spec";
import { GpuPlugin } from "../gpu-plugin";
import { ControlPlane } from "./control-plane";
import type { HubSite } from "./hub-site";
import { kubernetesTiers } from "./kubernetes-tiers";
import { LogStore } from "./log-store";
import { Network } from "./network";
import { NodePaths } from "./node-paths";
import { NodePools } from "./node-pools";
import { placeOf } from "./place";
import { gpuLabel, poolsOf } from "./pools";
import type { PrivateService } from "./private-services";
import type { ResourceGroups } from "./resource-groups";

/** Services that the network has names of: those that something in the stack file asks for. */
function servicesFor(spec: AzureClusterSpec): PrivateService[] {
    const { hubs } = spec.workload.jupyterhub;
    const keeps = hubs.some(
        ({ scratch, persistent, datasets }) =>
            scratch !== undefined || persistent !== undefined || datasets.length > 0,
    );
    const shares = hubs.some(({ homes }) => homes.storage === "azure-files");
    const logs = hubs.some(({ accessLogs }) => accessLogs !== undefined);
    return [
        "vault",
        ...(keeps || shares || logs ? (["blob"] as const) : []), // shares are copied to blobs
        ...(keeps ? (["dfs"] as const) : []),
        ...(shares ? (["file"] as const) : []),
        ...(hubs.some(({ database }) => database.kind === "flexible-server")
            ? (["postgresql"] as const)
            : []),
    ];
}

/** What all hubs share. */
export function buildBase(
    spec: AzureClusterSpec,
    groups: ResourceGroups,
    opts: pulumi.ComponentResourceOptions & { parent: pulumi.Resource },
) {
    const { network: wanted, kubernetes, nodes, detection, logDays } = spec.platform.azure;
    const { hubs } = spec.workload.jupyterhub;
    const place = placeOf(spec);
    const network = new Network(
        "network",
        {
            ...layerArgs(spec, "network"),
            place,
            resourceGroupName: groups.of("network").name,
            cidr: wanted.cidr,
            tiers: kubernetesTiers,
            privateServices: servicesFor(spec),
        },
        opts,
    );
    const { workspace } = new LogStore(
        "monitoring-alerts",
        {
            ...layerArgs(spec, "monitoring-alerts"),
            place,
            resourceGroupName: groups.of("monitoring-alerts").name,
            keepDays: Math.max(logDays, spec.workload.jupyterhub.monitoring.logs.retentionDays),
        },
        opts,
    );
    const [core, ...pools] = poolsOf(nodes, hubs, wanted.zones);
    if (core === undefined) throw new Error("a cluster has no machines of its own");
    const controlPlane = new ControlPlane(
        "control-plane",
        {
            ...layerArgs(spec, "control-plane"),
            deployIdentity: layerArgs(spec, "deploy-identity"),
            place,
            resourceGroupName: groups.of("control-plane").name,
            kubernetes,
            encryptionAtHost: nodes.encryptionAtHost,
            watched: detection !== "skip",
            access: spec.access,
            namespaces: hubs.map(({ name }) => name),
            network,
            core,
            workspaceId: workspace.id,
        },
        opts,
    );
    const machines = layerArgs(spec, "node-pools");
    const subnet = network.subnets["nodes"];
    if (subnet === undefined) throw new Error("the network has no room for machines");
    new NodePools(
        "node-pools",
        {
            ...machines,
            resourceGroupName: groups.of("node-pools").name,
            cluster: controlPlane.cluster,
            pools,
            version: kubernetes.version,
            encryptionAtHost: nodes.encryptionAtHost,
            subnetId: subnet.id,
        },
        opts,
    );
    const passwords = hubs.some(({ database }) => database.kind === "flexible-server")
        ? [new random.Provider("azure-random", {}, { parent: opts.parent })]
        : [];
    const providers = [...(opts.providers as pulumi.ProviderResource[]), controlPlane.kubernetes];
    const onCluster = { ...opts, providers: [...providers, ...passwords] };
    if (hubs.some((hub) => hub.machines.includes("gpu"))) {
        const gpus = { platform: "azure", label: gpuLabel, ready: controlPlane.ready } as const;
        new GpuPlugin("node-pools", { ...machines, ...gpus }, onCluster);
    }
    new NodePaths(
        "security-abuse",
        { ...layerArgs(spec, "security-abuse"), ready: controlPlane.ready },
        onCluster,
    );
    const site: HubSite = {
        place,
        groupOf: (layer) => groups.of(layer).name,
        network,
        controlPlane,
        zone: nodes.core.zone,
        otherZone: wanted.zones.find((zone) => zone !== nodes.core.zone),
        zonal: wanted.zones.length > 1,
        workspaceId: workspace.id,
    };
    return { site, opts: onCluster, ready: controlPlane.ready };
}
