import type { Matrix } from "./matrix";
import { ownerOf, rowName } from "./matrix";

/** Something that somebody is told when it is so for a while; whoever answers for its layer. */
export interface DueRule {
    /** Its name, at most 40 letters: it stands in the subject of a message. */
    readonly alert: string;
    /** The layer it is about. */
    readonly layer: string;
    readonly hub?: string;
    /** PromQL: there is an alert for each series that it finds. */
    readonly expr: string;
    /** How long it has to be so, such as `10m`; at once without. */
    readonly for?: string;
    /** critical: people cannot work. warning: soon they cannot. */
    readonly severity: "critical" | "warning";
    /** What it means, for whoever is woken by it; `{{ $labels.x }}` and `{{ $value }}` by Prometheus. */
    readonly summary: string;
    /** What to do first. */
    readonly action: string;
}

/**
 * PromQL: Deployments none of whose pods serves, by kube-state-metrics.
 *
 * @param deployments A regular expression of their names.
 */
export const noneServes = (namespace: string, deployments: string): string =>
    `kube_deployment_status_replicas_available{namespace="${namespace}",deployment=~"${deployments}"} < 1`;

/** A rule as Prometheus takes it. https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ */
export interface AlertRule {
    readonly alert: string;
    readonly expr: string;
    readonly for?: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
}

/** The labels by which an alert finds its owner. */
export const ownerLabelNames = {
    role: "owner_role",
    party: "owner_party",
    layer: "owner_layer",
    hub: "scope",
} as const;

/**
 * A rule with its owner on it.
 *
 * @throws Error when nobody answers for its layer: a stack with gaps is refused before anything is built.
 */
export function ownedRule(matrix: Matrix, due: DueRule): AlertRule {
    const owner = ownerOf(matrix, due.layer, due.hub);
    if (owner === undefined) throw new Error(`nobody answers for ${due.layer}`);
    return {
        alert: due.alert,
        expr: due.expr,
        ...(due.for === undefined ? {} : { for: due.for }),
        labels: {
            severity: due.severity,
            [ownerLabelNames.role]: owner.role,
            [ownerLabelNames.party]: owner.party,
            [ownerLabelNames.layer]: owner.layer,
            ...(owner.scope === undefined ? {} : { [ownerLabelNames.hub]: owner.scope }),
        },
        annotations: {
            summary: due.summary,
            action: due.action,
            contact: `${rowName(owner)} belongs to the ${owner.role}, ${owner.party} (${owner.contact})`,
        },
    };
}

/** @see https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule_group */
export interface RuleGroup {
    readonly name: string;
    readonly rules: readonly AlertRule[];
}

/** The alert that is always there: what is no longer told of it tells that nothing would be told. */
export const lifeSign: AlertRule = {
    alert: "LifeSign",
    expr: "vector(1)",
    labels: { severity: "none" },
    annotations: { summary: "the monitoring of the cluster works" },
};
