import { layerArgs } from "../../../layer-args";
import { machineLayer } from "../../../model/commcare/machine-layer";
import type { AwsCommcareSpec } from "../../../model/spec";
import { natAlarm } from "../alarms";
import { Alerts } from "../alerts";
import { Backups } from "../backups";
import { readsOfMachines, ThreatDetection } from "../detection";
import type { DetectorPlan } from "../detector";
import { failedBackups, failedRestores, findings } from "../events";
import { AccountRecords } from "./account-records";
import { machineAlarms } from "./machine-alarms";
import { patchNotices, unownedNotice } from "./notices";
import { dataAlarms, entryAlarms } from "./service-alarms";
import type { Opts } from "./opts";
import type { Ground } from "./ground";
import type { Services } from "./services";
import type { Entry } from "./entry";

/** Copies, detectors, records, and who is told of what. */
export function watch(
    spec: AwsCommcareSpec,
    detector: DetectorPlan,
    built: Ground & Services & Entry,
    opts: Opts,
): Alerts {
    const { clusterName, place, plan, machines, network, records } = built;
    const backups = new Backups(
        "backups",
        {
            ...layerArgs(spec, "backups"),
            clusterName,
            place,
            backups: spec.platform.aws.backups,
            tested: ["EBS", "RDS", "EFS"],
        },
        opts,
    );
    const detection = layerArgs(spec, "intrusion-detection");
    new ThreatDetection(
        "intrusion-detection",
        { ...detection, clusterName, plan: detector, reads: readsOfMachines },
        opts,
    );
    new AccountRecords(
        "intrusion-detection",
        {
            ...detection,
            clusterName,
            place,
            records,
            trail: machines.trail,
            config: machines.config,
        },
        opts,
    );
    const { entry, domain, webFirewall } = built;
    return new Alerts(
        "service-monitoring",
        {
            ...layerArgs(spec, "service-monitoring"),
            clusterName,
            place,
            matrix: spec.matrix,
            alarms: [
                ...Object.entries(network.natGateways).map(([zone, { id }]) => natAlarm(zone, id)),
                ...plan.machines.flatMap((each) => {
                    const instance = built.instances[each.name];
                    return instance === undefined
                        ? []
                        : machineAlarms(each.name, machineLayer(each), instance, place);
                }),
                ...dataAlarms(built.data),
                ...entryAlarms(entry, domain, webFirewall, place.region),
            ],
            notices: [
                ...patchNotices(clusterName),
                failedBackups(clusterName, backups.vault.name),
                failedRestores(clusterName, backups.role.arn),
                ...(detector.kind === "skipped"
                    ? []
                    : [findings(clusterName, "intrusion-detection")]),
                ...(machines.config === "skip" ? [] : [unownedNotice(clusterName)]),
            ],
        },
        opts,
    );
}
