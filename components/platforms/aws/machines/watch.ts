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
import { diskAlarms } from "./disk-alarms";
import { machineAlarms } from "./machine-alarms";
import { MetricsAgent } from "./metrics-agent";
import { agentNotice, patchNotices, unownedNotice } from "./notices";
import type { RecorderPlan } from "./recorder";
import { dataAlarms, entryAlarms } from "./service-alarms";
import type { Opts } from "./opts";
import type { Ground } from "./ground";
import type { Services } from "./services";
import type { Entry } from "./entry";

/** What an account has once, as it was found before anything was made. */
export interface Singletons {
    readonly detector: DetectorPlan;
    readonly recorder: RecorderPlan;
}

/** Copies, detectors, records, and who is told of what. */
export function watch(
    spec: AwsCommcareSpec,
    { detector, recorder }: Singletons,
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
            recorder,
        },
        opts,
    );
    const monitoring = layerArgs(spec, "service-monitoring");
    const agent = new MetricsAgent("service-monitoring", { ...monitoring, clusterName }, opts);
    const { entry, domain, webFirewall } = built;
    return new Alerts(
        "service-monitoring",
        {
            ...monitoring,
            clusterName,
            place,
            matrix: spec.matrix,
            alarms: [
                ...Object.entries(network.natGateways).map(([zone, { id }]) => natAlarm(zone, id)),
                ...plan.machines.flatMap((each) => {
                    const instance = built.instances[each.name];
                    return instance === undefined
                        ? []
                        : [
                              ...machineAlarms(each.name, machineLayer(each), instance, place),
                              ...diskAlarms(clusterName, each, instance),
                          ];
                }),
                ...dataAlarms(built.data),
                ...entryAlarms(entry, domain, webFirewall, place.region),
            ],
            notices: [
                ...patchNotices(clusterName),
                agentNotice(clusterName, agent.document),
                failedBackups(clusterName, backups.vault.name),
                failedRestores(clusterName, backups.role.arn),
                ...(detector.kind === "skipped"
                    ? []
                    : [findings(clusterName, "intrusion-detection")]),
                ...(recorder.kind === "skipped" ? [] : [unownedNotice(clusterName)]),
            ],
        },
        opts,
    );
}
