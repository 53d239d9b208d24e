import { Provider } from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../cluster";
import { layerArgs } from "../../layer-args";
import type { ClusterSpec } from "../../model/spec";
import type { HubSpec } from "../../model/spec/jupyterhub";
import { ownerTags } from "../../model/tags";
import type { BuildFoundation, HubFoundation } from "../foundation";
import type { DueAlarm } from "./alarms";
import { clusterAlarms, homeAlarms, natAlarm } from "./alarms";
import { Alerts } from "./alerts";
import { Backups } from "./backups";
import { BudgetBilling } from "./budget";
import { ClusterAddOns } from "./cluster-add-ons";
import { ControlPlane } from "./control-plane";
import { ThreatDetection } from "./detection";
import type { DetectorPlan } from "./detector";
import { findDetector, planDetector, wordPlan } from "./detector";
import { failedBackups, failedRestores, findings } from "./events";
import { HomeStorage } from "./homes";
import { Network } from "./network";
import { NodePools } from "./node-pools";
import { placeOf } from "./place";
import { ObjectStorage } from "./scratch";
import { HubDatabase } from "./storage-class";

/** The service account of users' pods, in the namespace of each hub. */
const serviceAccount = "user-sa";

/** A cluster on AWS: EKS and what a workload needs below it. Its provider comes before any other resource. */
export const awsFoundation: BuildFoundation = async (spec, cluster) => {
    const aws = new Provider(
        "aws",
        { region: spec.region, allowedAccountIds: [spec.platform.aws.accountId] },
        { parent: cluster },
    );
    const opts = { parent: cluster, providers: [aws] };
    const plan = await detectorPlan(spec, aws);
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
        { ...layerArgs(spec, "security-abuse"), clusterName: spec.name, plan },
        opts,
    );
    const alerts = new Alerts(
        "monitoring-alerts",
        {
            ...layerArgs(spec, "monitoring-alerts"),
            clusterName: spec.name,
            place: placeOf(spec),
            matrix: spec.matrix,
            alarms: [...base.alarms, ...built.flatMap((hub) => hub.alarms)],
            events: [
                failedBackups(spec.name, backups.vault.name),
                failedRestores(spec.name, backups.role.arn),
                ...(plan.kind === "skipped" ? [] : [findings(spec.name)]),
            ],
        },
        opts,
    );
    for (const hub of hubs) buildBudget(spec, hub, alerts, opts);
    return {
        kubernetes: base.controlPlane.kubernetes,
        ready: [base.nodePools.core, ...base.addOns.ready, ...built.flatMap((hub) => hub.ready)],
        hubs: Object.fromEntries(built.map((hub) => [hub.name, hub.foundation])),
        outputs: {
            cluster: base.controlPlane.cluster.name,
            kubeconfig: `aws eks update-kubeconfig --region ${spec.region} --name ${spec.name}`,
            homes: Object.fromEntries(
                built.map((hub) => [hub.name, hub.foundation.homes.volumeId]),
            ),
            backups: backups.vault.name,
            alarms: alerts.topicArns(),
            detection: wordPlan(plan),
        },
    };
};

/** Asked before anything is made: a stack file that wants what the account cannot give stops here. */
async function detectorPlan(spec: ClusterSpec, aws: Provider): Promise<DetectorPlan> {
    const { detection } = spec.platform.aws;
    const found = detection === "skip" ? undefined : await findDetector({ provider: aws });
    return planDetector(detection, spec.name, found);
}

type Opts = pulumi.ComponentResourceOptions & { parent: Cluster; providers: Provider[] };

interface Base {
    readonly controlPlane: ControlPlane;
    readonly nodePools: NodePools;
    readonly addOns: ClusterAddOns;
    readonly alarms: readonly DueAlarm[];
}

/** What all hubs share. */
function buildCluster(spec: ClusterSpec, opts: Opts): Base {
    const { network: wanted, kubernetes, nodes } = spec.platform.aws;
    const [clusterName, place] = [spec.name, placeOf(spec)];

    const network = new Network(
        "network",
        { ...layerArgs(spec, "network"), clusterName, place, ...wanted },
        opts,
    );
    const machines = layerArgs(spec, "node-pools");
    const controlPlane = new ControlPlane(
        "control-plane",
        {
            ...layerArgs(spec, "control-plane"),
            clusterName,
            place,
            kubernetes,
            access: spec.access,
            namespaces: spec.workload.jupyterhub.hubs.map((hub) => hub.name),
            subnetIds: Object.values(network.intraSubnets),
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
            nodes,
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
        },
        opts,
    );
    const alarms = [
        ...clusterAlarms(controlPlane.cluster.name),
        ...Object.entries(network.natGateways).map(([zone, { id }]) => natAlarm(zone, id)),
    ];
    return { controlPlane, nodePools, addOns, alarms };
}

interface BuiltHub {
    readonly name: string;
    readonly foundation: HubFoundation;
    readonly ready: readonly pulumi.Resource[];
    readonly alarms: readonly DueAlarm[];
}

/** What one hub has for itself. */
function buildHub(spec: ClusterSpec, hub: HubSpec, base: Base, opts: Opts): BuiltHub {
    const of = (layer: string) => ({
        ...layerArgs(spec, layer, hub.name),
        clusterName: spec.name,
        place: placeOf(spec),
        hub: hub.name,
    });
    const driverRole = base.addOns.diskDriverRole;

    const homes = new HomeStorage(
        `home-storage-${hub.name}`,
        {
            ...of("home-storage"),
            homes: hub.homes,
            zone: spec.platform.aws.nodes.core.zone,
            driverRole,
        },
        opts,
    );
    const database = new HubDatabase(
        `hub-database-${hub.name}`,
        { ...of("hub-database"), driverRole },
        { ...opts, providers: [...opts.providers, base.controlPlane.kubernetes] },
    );
    const objects = new ObjectStorage(
        `object-storage-${hub.name}`,
        {
            ...of("object-storage"),
            cluster: base.controlPlane.cluster.name,
            serviceAccount,
            scratch: hub.scratch,
        },
        opts,
    );
    return {
        name: hub.name,
        foundation: {
            homes: { driver: "ebs", volumeId: homes.volumeId },
            ...(objects.bucket === undefined ? {} : { scratchBucket: objects.bucket }),
            serviceAccount,
            storageClass: database.storageClass,
        },
        ready: [...homes.ready, ...database.ready, ...objects.ready],
        alarms: homeAlarms(hub.name, homes.volumeId),
    };
}

function buildBudget(spec: ClusterSpec, hub: HubSpec, alerts: Alerts, opts: Opts): void {
    const args = layerArgs(spec, "budget-billing", hub.name);
    new BudgetBilling(
        `budget-billing-${hub.name}`,
        { ...args, hub: hub.name, budget: hub.budget, topicArn: alerts.topicOf(args.owner).arn },
        opts,
    );
}
