import type * as pulumi from "@pulumi/pulumi";
import { layerArgs } from "../../../layer-args";
import { machineLayer } from "../../../model/commcare/machine-layer";
import { machinesWith } from "../../../model/commcare/plan";
import { copiesGroup, copyingService } from "../../../model/commcare/security-rules";
import { ownerOf } from "../../../model/matrix";
import type { AzureCommcareSpec } from "../../../model/spec";
import { natAlarm } from "../alarms";
import { Alerts } from "../alerts";
import { Backups } from "../backups";
import { findings, resourceHealth, serviceHealth } from "../notices";
import { OwnerTags, principalOf } from "../owner-tags";
import { plansFor } from "../defender-plans";
import { ThreatDetection } from "../threat-detection";
import { sharedSize } from "./attachments";
import { DiskAlarms } from "./disk-alarms";
import type { Entry } from "./entry";
import type { Ground } from "./ground";
import { machineAlarms } from "./machine-alarms";
import { MachineBackups } from "./machine-backups";
import { keepsData } from "./machines";
import { shareName } from "./names";
import type { Opts } from "./opts";
import { dataAlarms, entryAlarms } from "./service-alarms";
import type { Services } from "./services";
import { SharedCopy } from "./shared-copy";

/** Copies, detectors, owners by Azure's own hand, and who is told of what. */
export function watch(
    spec: AzureCommcareSpec,
    built: Ground & Services & Entry,
    opts: Opts,
): Alerts {
    const { place, plan, zones, groups, whereOf, network, data, made, groupOf } = built;
    const { clusterName, subscriptionId } = place;
    const { detection, subscriptionPolicy, backups } = spec.platform.azure;
    const sealedBy = { noun: "data-disks", id: built.identities.dataDisks.id };
    const everywhere = [...groups.all.values()].map(({ group }) => group.id);
    const copies = new Backups(
        "backups",
        {
            ...layerArgs(spec, "backups"),
            place,
            group: groups.of("backups"),
            backups,
            zonal: zones.length > 1,
            disks: plan.machines.flatMap(({ name }) => {
                const disk = made[name]?.disk;
                if (disk === undefined) return [];
                const { id } = disk;
                return [
                    { noun: name, layer: "data-services", id, name: disk.name, sealedBy } as const,
                ];
            }),
            shares:
                data.shared === undefined
                    ? []
                    : [
                          {
                              noun: "shared-directory",
                              layer: "data-services",
                              accountId: data.shared.account.id,
                              share: shareName,
                          },
                      ],
            databases: data.postgresql.map(({ id }, at) => ({
                noun: `postgresql-${String(at + 1)}`,
                id,
            })),
            slow: Object.values(made).map(({ machine }) => machine),
        },
        opts,
    );
    const whole = plan.machines.filter(keepsData).flatMap(({ name }) => {
        const machine = made[name]?.machine;
        if (machine === undefined) return [];
        const resourceGroupName = groupOf(name);
        return [[name, { id: machine.id, name: machine.name, resourceGroupName }] as const];
    });
    const machineCopies = new MachineBackups(
        "backups",
        {
            ...layerArgs(spec, "backups"),
            clusterName,
            where: whereOf("backups"),
            machines: Object.fromEntries(whole),
            zones: zones.length,
            keepDays: backups.keep["data-services"] ?? backups.keepDays,
            hourUtc: backups.hourUtc,
        },
        opts,
    );
    new ThreatDetection(
        "intrusion-detection",
        {
            ...layerArgs(spec, "intrusion-detection"),
            place,
            detection,
            plans: plansFor.machines,
        },
        opts,
    );
    new OwnerTags(
        "hosting",
        { ...layerArgs(spec, "hosting"), place, groups, subscriptionPolicy },
        opts,
    );
    const alerts = new Alerts(
        "service-monitoring",
        {
            ...layerArgs(spec, "service-monitoring"),
            place,
            resourceGroupName: whereOf("service-monitoring").resourceGroupName,
            matrix: spec.matrix,
            alarms: [
                natAlarm(network.natGateway.id),
                ...plan.machines.flatMap((each) => {
                    const machine = made[each.name]?.machine;
                    if (machine === undefined) return [];
                    return machineAlarms(each, machineLayer(each), machine.id);
                }),
                ...dataAlarms(data, sharedSize(spec)),
                ...entryAlarms(built.entry),
                ...copies.alarms,
            ],
            notices: [
                resourceHealth("hosting", everywhere),
                serviceHealth("hosting", subscriptionId),
                ...(detection === "skip" ? [] : [findings("intrusion-detection", everywhere)]),
            ],
            routes: [copies.route, machineCopies.route],
        },
        opts,
    );
    const groupOfLayer = (layer: string) => {
        const owner = ownerOf(spec.matrix, layer);
        if (owner === undefined) throw new Error(`nobody answers for ${layer}`);
        return alerts.groupOf(owner).id;
    };
    copyShared(spec, built, groupOfLayer("backups"), opts);
    new DiskAlarms(
        "service-monitoring",
        {
            ...layerArgs(spec, "service-monitoring"),
            clusterName,
            where: whereOf("service-monitoring"),
            plan,
            workspaceId: built.records.workspaceId,
            groupOf: groupOfLayer,
        },
        opts,
    );
    return alerts;
}

/** The shared directory in another account, where the cloud keeps it; on a machine it is copied with that. */
function copyShared(
    spec: AzureCommcareSpec,
    {
        place,
        plan,
        zones,
        whereOf,
        network,
        subnet,
        firewall,
        made,
        records,
        data,
    }: Ground & Services,
    actionGroupId: pulumi.Input<string>,
    opts: Opts,
): void {
    const zone = network.zones.blob;
    if (data.shared === undefined || zone === undefined) return;
    const { backups } = spec.platform.azure;
    const principals = machinesWith(plan, copyingService).flatMap(({ name }) => {
        const machine = made[name]?.machine;
        return machine === undefined ? [] : [[name, principalOf(machine.identity)] as const];
    });
    new SharedCopy(
        "backups",
        {
            ...layerArgs(spec, "backups"),
            place,
            where: whereOf("backups"),
            zonal: zones.length > 1,
            keepDays: backups.keep["data-services"] ?? backups.keepDays,
            principals: Object.fromEntries(principals),
            subnetId: subnet("endpoints"),
            groupId: firewall.idOf(copiesGroup),
            zone,
            workspaceId: records.workspaceId,
            actionGroupId,
        },
        opts,
    );
}
