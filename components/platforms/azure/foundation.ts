import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random/provider";
import { layerArgs } from "../../layer-args";
import type { AzureClusterSpec } from "../../model/spec";
import { isReachable, zoneName } from "../../model/spec/aws-dns";
import type { BuildFoundation, Entrance } from "../foundation";
import { GpuPlugin } from "../gpu-plugin";
import { clusterAlarms, natAlarm } from "./alarms";
import { Alerts } from "./alerts";
import { Backups } from "./backups";
import { buildBudgets } from "./budgets";
import { ControlPlane } from "./control-plane";
import { plansFor } from "./defender-plans";
import { DnsDomain } from "./dns-domain";
import { WayIn } from "./entrance";
import type { BuiltHub } from "./hub";
import { buildHub } from "./hub";
import type { HubSite } from "./hub-site";
import { kubernetesTiers } from "./kubernetes-tiers";
import { LogStore } from "./log-store";
import { Monitoring } from "./monitoring";
import { Network } from "./network";
import { NodePaths } from "./node-paths";
import { NodePools } from "./node-pools";
import { findings, resourceHealth, serviceHealth } from "./notices";
import { OwnerTags } from "./owner-tags";
import { placeOf } from "./place";
import { gpuLabel, poolsOf } from "./pools";
import type { PrivateService } from "./private-services";
import { azureProvider } from "./provider";
import { ResourceGroups } from "./resource-groups";
import { ThreatDetection, wordDetection } from "./threat-detection";

/** A cluster on Azure: AKS and what a workload needs below it. Its provider comes before any other resource. */
export const azureFoundation: BuildFoundation<AzureClusterSpec> = (spec, cluster, secrets) => {
    const azure = azureProvider(spec, cluster);
    const opts = { parent: cluster, providers: [azure] };
    const { hubs } = spec.workload.jupyterhub;
    const { detection } = spec.platform.azure;
    const [place, groups] = [placeOf(spec), new ResourceGroups(spec, opts)];
    new OwnerTags("account", { ...layerArgs(spec, "account"), place, groups }, opts);
    const base = buildCluster(spec, groups, opts);
    const built = hubs.map((hub) => buildHub(spec, hub, base.site, base.opts));
    const backups = new Backups(
        "backups",
        {
            ...layerArgs(spec, "backups"),
            place,
            group: groups.of("backups"),
            backups: spec.platform.azure.backups,
            zonal: base.site.zonal,
            disks: built.flatMap(({ disks }) => disks),
            shares: built.flatMap(({ shares }) => shares),
            databases: built.flatMap(({ databases }) => databases),
        },
        opts,
    );
    new ThreatDetection(
        "security-abuse",
        { ...layerArgs(spec, "security-abuse"), place, detection, plans: plansFor.kubernetes },
        opts,
    );
    const inGroups = [...groups.all.values()].map(({ group }) => group.id);
    const { controlPlane, network } = base.site;
    const monitors = layerArgs(spec, "monitoring-alerts");
    const resourceGroupName = groups.of("monitoring-alerts").name;
    const alerts = new Alerts(
        "monitoring-alerts",
        {
            ...monitors,
            place,
            resourceGroupName,
            matrix: spec.matrix,
            alarms: [
                ...clusterAlarms(controlPlane.cluster.id),
                natAlarm(network.natGateway.id),
                ...built.flatMap((hub) => hub.alarms),
                ...backups.alarms,
            ],
            notices: [
                resourceHealth("incident-response", inGroups),
                serviceHealth("incident-response", place.subscriptionId),
                ...(detection === "skip" ? [] : [findings("security-abuse", inGroups)]),
            ],
            routes: [backups.route],
        },
        opts,
    );
    buildBudgets(spec, alerts, opts);
    const monitoring = new Monitoring(
        "monitoring-alerts",
        {
            ...monitors,
            place,
            resourceGroupName,
            cluster: controlPlane.cluster,
            workspaceId: base.site.workspaceId,
            matrix: spec.matrix,
            alerts,
            mail: spec.platform.azure.mail,
            smtpPassword: smtpPassword(secrets),
        },
        base.opts,
    );
    const { entrance, next, ready } = buildEntrance(spec, groups, base.site, opts);
    return Promise.resolve({
        kubernetes: controlPlane.kubernetes,
        ready: [...base.ready, ...ready, ...built.flatMap((hub) => hub.ready)],
        hubs: Object.fromEntries(built.map((hub) => [hub.name, hub.foundation])),
        entrance,
        monitoring: monitoring.foundation,
        outputs: {
            next,
            cluster: controlPlane.cluster.name,
            kubeconfig: `az aks get-credentials --subscription ${place.subscriptionId} --resource-group ${spec.name}-site-reliability-engineer --name ${spec.name} && kubelogin convert-kubeconfig -l azurecli`,
            ...byHub("homes", built, ({ homes }) => homes),
            ...byHub("images", built, ({ images }) => images),
            backups: backups.vault.name,
            alarms: alerts.groupIds(),
            detection: wordDetection(detection),
        },
    });
};

/** The password of the relay that alerts go through. */
function smtpPassword(secrets: Parameters<typeof azureFoundation>[2]): pulumi.Output<string> {
    const given = secrets["alerts"]?.["smtpPassword"];
    if (given !== undefined) return given;
    const key = "steward:secrets.alerts.smtpPassword";
    throw new pulumi.RunError(
        `${key}: is missing; run \`pulumi config set --secret --path '${key}'\``,
    );
}

/** What hubs have of something, by hub; nothing where none has it. */
function byHub(
    key: string,
    built: readonly BuiltHub[],
    of: (hub: BuiltHub) => pulumi.Output<string> | undefined,
): Record<string, pulumi.Input<unknown>> {
    const there = built.flatMap((hub): [string, pulumi.Output<string>][] => {
        const value = of(hub);
        return value === undefined ? [] : [[hub.name, value]];
    });
    return there.length === 0 ? {} : { [key]: Object.fromEntries(there) };
}

/** Services that the network has names of: those that something in the stack file asks for. */
function servicesFor(spec: AzureClusterSpec): PrivateService[] {
    const { hubs } = spec.workload.jupyterhub;
    const blobs = hubs.some(
        ({ scratch, persistent, datasets }) =>
            scratch !== undefined || persistent !== undefined || datasets.length > 0,
    );
    return [
        "vault",
        ...(blobs ? (["blob", "dfs"] as const) : []),
        ...(hubs.some(({ homes }) => homes.storage === "azure-files") ? (["file"] as const) : []),
        ...(hubs.some(({ database }) => database.kind === "flexible-server")
            ? (["postgresql"] as const)
            : []),
    ];
}

/** What all hubs share. */
function buildCluster(
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

/** What stands between the world and the gateway: the public address, and the domains that lead to it. */
function buildEntrance(
    spec: AzureClusterSpec,
    groups: ResourceGroups,
    { place, controlPlane }: HubSite,
    opts: pulumi.ComponentResourceOptions,
) {
    const { dns, network } = spec.platform.azure;
    const { hubs, letsEncryptContact } = spec.workload.jupyterhub;
    const way = new WayIn(
        "gateway",
        {
            ...layerArgs(spec, "gateway"),
            place,
            resourceGroupName: groups.of("gateway").name,
            zones: network.zones,
            principalId: controlPlane.identity.principalId,
        },
        opts,
    );
    const shared = { service: way.service, address: way.name, reachable: isReachable(dns) };
    if (zoneName(dns) === undefined) {
        const nobody = { accountAnnotations: {}, podLabels: {}, podAnnotations: {}, egress: [] };
        const entrance: Entrance = { ...shared, identity: nobody };
        const next = hubs.map(({ domain }) => pulumi.interpolate`Point ${domain} at ${way.name}.`);
        return { entrance, next, ready: way.ready };
    }
    const domains = new DnsDomain(
        "dns-domain",
        {
            ...layerArgs(spec, "dns-domain"),
            place,
            resourceGroupName: groups.of("dns-domain").name,
            dns,
            hubs,
            certificateContact: letsEncryptContact,
            addressId: way.address.id,
            issuer: controlPlane.issuer,
        },
        opts,
    );
    const { proof, identity } = domains;
    const entrance: Entrance = { ...shared, proof, identity };
    return { entrance, next: domains.next === undefined ? [] : [domains.next], ready: way.ready };
}
