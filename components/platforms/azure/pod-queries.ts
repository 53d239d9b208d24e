import { alertSender } from "../monitoring-foundation";
import { copiesNamespace, copyHours } from "./homes-copy";

/** Pods that are there and should not be, or are not there and should. */
export interface DueQuery {
    readonly noun: string;
    readonly layer: string;
    readonly meaning: string;
    /** Of the pods of the last quarter of an hour, those that are counted by what made them. */
    readonly query: string;
    readonly operator: "GreaterThan" | "LessThan";
    readonly threshold: number;
}

const silent: DueQuery = {
    noun: "monitoring-silent",
    layer: "monitoring-alerts",
    meaning: "Prometheus or Alertmanager does not run, and no alert of a hub would reach anybody",
    query: `where Namespace == "${alertSender.namespace}" and PodStatus == "Running" | where ControllerName startswith "prometheus-server" or ControllerName startswith "prometheus-alertmanager"`,
    operator: "LessThan",
    threshold: 2,
};

const copying = (status: string, hours: number) =>
    `where Namespace == "${copiesNamespace}" and PodStatus == "${status}" and PodCreationTimeStamp > ago(${String(hours)}h)`;

/**
 * The nightly copies of homes. A pod that failed stays in the list for days, so only tonight's counts: the alert ends
 * before the next night, and is raised anew then. A copy that is stopped at its hours leaves no pod at all, and is
 * missed among those that went well.
 */
const copiesOf = (shares: number): DueQuery[] => [
    {
        noun: "copies-failed",
        layer: "backups",
        meaning: "homes could not be copied to the other account",
        query: copying("Failed", copyHours),
        operator: "GreaterThan",
        threshold: 0,
    },
    {
        noun: "copies-missing",
        layer: "backups",
        meaning:
            "homes of a hub have no whole copy of the last two days in the other account; those of a new hub have none before its first night, and large ones for some",
        query: copying("Succeeded", 50),
        operator: "LessThan",
        threshold: shares,
    },
];

/** @param copied How many shares are copied each night. */
export function podQueries(copied: number): DueQuery[] {
    return [silent, ...(copied === 0 ? [] : copiesOf(copied))];
}
