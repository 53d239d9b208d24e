import type { ClusterSpec } from "../../../model/spec";
import type { AlertRule } from "./alert-rule";
import { ownedRule } from "./alert-rule";
import { clusterRules } from "./cluster-rules";
import { hubRules } from "./hub-rules";

/** @see https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule_group */
export interface RuleGroup {
    readonly name: string;
    readonly rules: readonly AlertRule[];
}

/** The alert that is always there: what is no longer told of it tells that nothing would be told. */
export const lifeSign = "LifeSign";

/** Every rule of a stack with its owner on it, a group for the cluster and one for each hub. */
export function alertRules({ matrix, workload }: ClusterSpec): RuleGroup[] {
    const { hubs } = workload.jupyterhub;
    const life: AlertRule = {
        alert: lifeSign,
        expr: "vector(1)",
        labels: { severity: "none" },
        annotations: { summary: "the monitoring of the cluster works" },
    };
    return [
        { name: "cluster", rules: [life, ...clusterRules().map((due) => ownedRule(matrix, due))] },
        ...hubs.map((hub) => ({
            name: `hub ${hub.name}`,
            rules: hubRules(hub).map((due) => ownedRule(matrix, due)),
        })),
    ];
}
