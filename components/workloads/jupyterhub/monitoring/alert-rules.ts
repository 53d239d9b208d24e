import type { RuleGroup } from "../../../model/alert-rule";
import { lifeSign, ownedRule } from "../../../model/alert-rule";
import type { ClusterSpec } from "../../../model/spec";
import type { MonitoringFoundation } from "../../../platforms/monitoring-foundation";
import { clusterRules } from "./cluster-rules";
import { hubRules } from "./hub-rules";

/** Every rule of a stack with its owner on it, a group for the cluster and one for each hub. */
export function alertRules(
    { matrix, workload }: ClusterSpec,
    platform: Pick<MonitoringFoundation, "watch" | "logs">,
): RuleGroup[] {
    const { hubs } = workload.jupyterhub;
    return [
        {
            name: "cluster",
            rules: [lifeSign, ...clusterRules(platform).map((due) => ownedRule(matrix, due))],
        },
        ...hubs.map((hub) => ({
            name: `hub ${hub.name}`,
            rules: hubRules(hub, platform.watch).map((due) => ownedRule(matrix, due)),
        })),
    ];
}

/** What the more serious of two alerts about one hub says, the other need not repeat. */
export const silences = [
    { by: "HubDown", of: "HubNotAnswering|HubPodWaits|HubRestarts|ServersFail" },
    { by: "HomesFull", of: "HomesFilling" },
    { by: "HomesDown", of: "HomesNotMeasured" },
    { by: "CertificateNotReady", of: "CertificateExpires" },
] as const;
