import type { RuleGroup } from "../../../model/alert-rule";
import { lifeSign, ownedRule } from "../../../model/alert-rule";
import { machineLayer } from "../../../model/commcare/machine-layer";
import type { VmsCommcareSpec } from "../../../model/spec";
import { dutyAlerts } from "./duty-alerts";
import { machineAlerts } from "./machine-alerts";

/** Every rule of a cluster on hosts, with its owner on it. */
export function alertRules({ matrix, workload }: VmsCommcareSpec): RuleGroup[] {
    const layers = [...new Set(workload.plan.machines.map(machineLayer))];
    const owned = (name: string, due: Parameters<typeof ownedRule>[1][]) => {
        return { name, rules: due.map((each) => ownedRule(matrix, each)) };
    };
    return [
        { name: "life", rules: [lifeSign] },
        owned("machines", machineAlerts(layers)),
        owned("duties", dutyAlerts()),
    ];
}

/** What the more serious of two alerts about one host says, the other need not repeat. */
export const silences = [
    { by: "HostDown", of: "SiteDown|HostNotMeasured" },
    { by: "DiskFull", of: "DiskFilling" },
    { by: "CertificateEnds", of: "CertificateExpires" },
    { by: "BackupFailed", of: "BackupOld" },
] as const;
