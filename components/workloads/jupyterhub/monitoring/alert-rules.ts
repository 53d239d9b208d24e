import type { RuleGroup } from "../../../model/alert-rule";
import { lifeSign, ownedRule } from "../../../model/alert-rule";
import type { ClusterSpec } from "../../../model/spec";
import type { MonitoringFoundation, WatchedHosts } from "../../../platforms/monitoring-foundation";
import { clusterRules } from "./cluster-rules";
import { hubRules } from "./hub-rules";

/** What the rules take from a platform. */
type Watching = Pick<MonitoringFoundation, "watch" | "logs"> & {
    readonly hosts?: Pick<WatchedHosts, "rules"> | undefined;
};

/** Every rule of a stack with its owner on it, a group for the cluster, one for its hosts and one for each hub. */
export function alertRules({ matrix, workload }: ClusterSpec, platform: Watching): RuleGroup[] {
    const { hubs } = workload.jupyterhub;
    return [
        {
            name: "cluster",
            rules: [lifeSign, ...clusterRules(platform).map((due) => ownedRule(matrix, due))],
        },
        ...(platform.hosts === undefined
            ? []
            : [
                  {
                      name: "hosts",
                      rules: platform.hosts.rules.map((due) => ownedRule(matrix, due)),
                  },
              ]),
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
