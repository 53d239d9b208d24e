import * as pulumi from "@pulumi/pulumi";
import { layerArgs } from "../../layer-args";
import type { AzureClusterSpec } from "../../model/spec";
import type { BuildFoundation } from "../foundation";
import { insideNetwork } from "../inside";
import { clusterAlarms, natAlarm } from "./alarms";
import { Alerts } from "./alerts";
import { Backups } from "./backups";
import { buildBase } from "./base";
import { buildBudgets } from "./budgets";
import { buildEntrance } from "./build-entrance";
import { plansFor } from "./defender-plans";
import type { BuiltHub } from "./hub";
import { buildHub } from "./hub";
import { HomesCopy } from "./homes-copy";
import { Monitoring } from "./monitoring";
import { findings, resourceHealth, serviceHealth } from "./notices";
import { OwnerTags } from "./owner-tags";
import { placeOf } from "./place";
import { azureProvider } from "./provider";
import { ResourceGroups } from "./resource-groups";
import { ThreatDetection, wordDetection } from "./threat-detection";

/** A cluster on Azure: AKS and what a workload needs below it. Its provider comes before any other resource. */
export const azureFoundation: BuildFoundation<AzureClusterSpec> = (spec, cluster, secrets) => {
    const azure = azureProvider(spec, cluster);
    const opts = { parent: cluster, providers: [azure] };
    const { hubs } = spec.workload.jupyterhub;
    const { detection, subscriptionPolicy } = spec.platform.azure;
    const [place, groups] = [placeOf(spec), new ResourceGroups(spec, opts)];
    new OwnerTags(
        "account",
        { ...layerArgs(spec, "account"), place, groups, subscriptionPolicy },
        opts,
    );
    const base = buildBase(spec, groups, opts);
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
            slow: base.ready,
        },
        opts,
    );
    const copied = built.flatMap(({ name, foundation: { homes } }) =>
        homes.driver === "file-system" ? [{ hub: name, ...homes }] : [],
    );
    if (copied.length > 0) {
        const { hourUtc, keep, keepDays } = spec.platform.azure.backups;
        new HomesCopy(
            "backups",
            {
                ...layerArgs(spec, "backups"),
                site: base.site,
                shares: copied,
                hourUtc,
                keepDays: keep["home-storage"] ?? keepDays,
                ready: [...base.ready, ...built.flatMap((hub) => hub.ready)],
            },
            base.opts,
        );
    }
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
            copied: copied.length,
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
        inside: insideNetwork,
        entrance,
        monitoring: monitoring.foundation,
        outputs: {
            next,
            cluster: controlPlane.cluster.name,
            kubeconfig: `az aks get-credentials --subscription ${place.subscriptionId} --resource-group ${spec.name}-site-reliability-engineer --name ${spec.name} && kubelogin convert-kubeconfig -l azurecli`,
            ...byHub("homes", built, ({ homes }) => homes),
            ...byHub("images", built, ({ images }) => images),
            ...byHub("accessLogs", built, ({ accessLogs }) => accessLogs),
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
