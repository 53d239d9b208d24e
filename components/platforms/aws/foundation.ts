import { Provider } from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random/provider";
import { layerArgs } from "../../layer-args";
import type { AwsClusterSpec } from "../../model/spec";
import { ownerTags } from "../../model/tags";
import type { BuildFoundation } from "../foundation";
import { insideNetwork } from "../inside";
import { clusterAlarms, natAlarm } from "./alarms";
import { Alerts } from "./alerts";
import { Autoscaler } from "./autoscaler";
import { Backups } from "./backups";
import { buildBudgets } from "./budgets";
import { ClusterAddOns } from "./cluster-add-ons";
import { ControlPlane } from "./control-plane";
import { readsOfHubs, ThreatDetection } from "./detection";
import { planFor, wordPlan } from "./detector";
import { buildEntrance } from "./entrance";
import { failedBackups, failedRestores, findings } from "./events";
import { GpuPlugin } from "../gpu-plugin";
import type { Base, BuiltHub, Opts } from "./hub";
import { buildHub } from "./hub";
import { lifeSignAlarm } from "./life-sign";
import { Monitoring } from "./monitoring";
import { Network } from "./network";
import { NodePools } from "./node-pools";
import { placeOf } from "./place";
import { gpuLabel, poolsOf } from "./pools";
import { upkeepNotices } from "./upkeep";

/** A cluster on AWS: EKS and what a workload needs below it. Its provider comes before any other resource. */
export const awsFoundation: BuildFoundation<AwsClusterSpec> = async (spec, cluster) => {
    const aws = new Provider(
        "aws",
        { region: spec.region, allowedAccountIds: [spec.platform.aws.accountId] },
        { parent: cluster },
    );
    const opts = { parent: cluster, providers: [aws] };
    const plan = await planFor(spec, aws);
    const base = buildCluster(spec, opts);
    const { hubs } = spec.workload.jupyterhub;
    const built = hubs.map((hub) => buildHub(spec, hub, base, opts));
    const backups = new Backups(
        "backups",
        {
            ...layerArgs(spec, "backups"),
            clusterName: spec.name,
            place: placeOf(spec),
            backups: spec.platform.aws.backups,
        },
        opts,
    );
    new ThreatDetection(
        "security-abuse",
        { ...layerArgs(spec, "security-abuse"), clusterName: spec.name, plan, reads: readsOfHubs },
        opts,
    );
    const alerts = new Alerts(
        "monitoring-alerts",
        {
            ...layerArgs(spec, "monitoring-alerts"),
            clusterName: spec.name,
            place: placeOf(spec),
            matrix: spec.matrix,
            alarms: [
                ...base.alarms,
                ...built.flatMap((hub) => hub.alarms),
                lifeSignAlarm(spec.name),
            ],
            notices: [
                ...upkeepNotices(spec.name, spec.platform.aws.kubernetes),
                failedBackups(spec.name, backups.vault.name),
                failedRestores(spec.name, backups.role.arn),
                ...(plan.kind === "skipped" ? [] : [findings(spec.name)]),
            ],
        },
        opts,
    );
    buildBudgets(spec, alerts, opts);
    const monitoring = new Monitoring(
        "monitoring-alerts",
        {
            ...layerArgs(spec, "monitoring-alerts"),
            clusterName: spec.name,
            cluster: base.controlPlane.cluster.name,
            place: placeOf(spec),
            matrix: spec.matrix,
            alerts,
            driverRole: base.addOns.diskDriverRole,
            hubs: hubs.map(({ name }) => name),
            logDays: spec.workload.jupyterhub.monitoring.logs.retentionDays,
        },
        { ...opts, providers: base.providers },
    );
    const { entrance, next } = buildEntrance(spec, base, opts);
    return {
        kubernetes: base.controlPlane.kubernetes,
        ready: [base.nodePools.core, ...base.addOns.ready, ...built.flatMap((hub) => hub.ready)],
        hubs: Object.fromEntries(built.map((hub) => [hub.name, hub.foundation])),
        inside: insideNetwork,
        entrance,
        monitoring: monitoring.foundation,
        outputs: {
            next,
            cluster: base.controlPlane.cluster.name,
            kubeconfig: `aws eks update-kubeconfig --region ${spec.region} --name ${spec.name}`,
            homes: Object.fromEntries(
                built.flatMap(({ name, homes }) => {
                    return homes === undefined ? [] : [[name, homes]];
                }),
            ),
            ...imagesOf(built),
            backups: backups.vault.name,
            alarms: alerts.topicArns(),
            detection: wordPlan(plan),
        },
    };
};

/** Where the community pushes its images, by hub; nothing where no hub has a repository. */
function imagesOf(built: readonly BuiltHub[]): { images?: Record<string, pulumi.Output<string>> } {
    const images = built.flatMap(({ name, images: url }) =>
        url === undefined ? [] : [[name, url]],
    );
    return images.length === 0 ? {} : { images: Object.fromEntries(images) as never };
}

/** What all hubs share. */
function buildCluster(spec: AwsClusterSpec, opts: Opts): Base {
    const { network: wanted, kubernetes, nodes } = spec.platform.aws;
    const { hubs } = spec.workload.jupyterhub;
    const [clusterName, place] = [spec.name, placeOf(spec)];

    const network = new Network(
        "network",
        { ...layerArgs(spec, "network"), clusterName, place, serves: "kubernetes", ...wanted },
        opts,
    );
    const machines = layerArgs(spec, "node-pools");
    const controlPlane = new ControlPlane(
        "control-plane",
        {
            ...layerArgs(spec, "control-plane"),
            deployIdentity: layerArgs(spec, "deploy-identity"),
            clusterName,
            place,
            kubernetes,
            access: spec.access,
            namespaces: hubs.map((hub) => hub.name),
            subnetIds: Object.values(network.innerSubnets),
            interfaceTags: { ...machines.commonTags, ...ownerTags(machines.owner) },
        },
        opts,
    );
    const nodePools = new NodePools(
        "node-pools",
        {
            ...machines,
            clusterName,
            cluster: controlPlane.cluster,
            place,
            kubernetes,
            pools: poolsOf(nodes, hubs, wanted.zones),
            subnets: network.privateSubnets,
            ready: [...network.ready, ...controlPlane.readyForNodes],
        },
        opts,
    );
    const addOns = new ClusterAddOns(
        "control-plane",
        {
            ...layerArgs(spec, "control-plane"),
            clusterName,
            cluster: controlPlane.cluster.name,
            place,
            nodes: [nodePools.core],
            fileSystems: hubs.some(({ homes }) => homes.storage === "efs"),
        },
        opts,
    );
    const onCluster = { ...opts, providers: [...opts.providers, controlPlane.kubernetes] };
    new Autoscaler(
        "node-pools",
        {
            ...machines,
            clusterName,
            cluster: controlPlane.cluster.name,
            place,
            version: kubernetes.version,
            ready: [nodePools.core, ...addOns.ready],
        },
        onCluster,
    );
    if (hubs.some((hub) => hub.machines.includes("gpu"))) {
        const gpus = { platform: "aws", label: gpuLabel, ready: [nodePools.core] } as const;
        new GpuPlugin("node-pools", { ...machines, ...gpus }, onCluster);
    }
    // Of EKS, and on every node: our templates name no other.
    const nodeGroupId = controlPlane.cluster.vpcConfig.clusterSecurityGroupId;
    const inside = { vpcId: network.vpcId, nodeGroupId };
    const { fileSystemDriver } = addOns;
    const passwords = hubs.some(({ database }) => database.kind === "rds")
        ? [new random.Provider("aws-random", {}, { parent: opts.parent })]
        : [];
    const alarms = [
        ...clusterAlarms(controlPlane.cluster.name),
        ...Object.entries(network.natGateways).map(([zone, { id }]) => natAlarm(zone, id)),
    ];
    return {
        network,
        controlPlane,
        nodePools,
        addOns,
        providers: [...opts.providers, controlPlane.kubernetes, ...passwords],
        databases: {
            ...inside,
            subnetIds: Object.values(network.privateSubnets),
            logRetentionDays: kubernetes.logRetentionDays,
        },
        fileSystems: fileSystemDriver && {
            ...inside,
            subnets: network.privateSubnets,
            driverRoleArn: fileSystemDriver.role.arn,
            driver: fileSystemDriver.ready,
        },
        alarms,
    };
}
