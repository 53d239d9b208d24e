import { alertSender } from "../monitoring-foundation";
import { copiesNamespace } from "./homes-copy";

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

export const podQueries: readonly DueQuery[] = [
    {
        noun: "monitoring-silent",
        layer: "monitoring-alerts",
        meaning:
            "Prometheus or Alertmanager does not run, and no alert of a hub would reach anybody",
        query: `where Namespace == "${alertSender.namespace}" and PodStatus == "Running" | where ControllerName startswith "prometheus-server" or ControllerName startswith "prometheus-alertmanager"`,
        operator: "LessThan",
        threshold: 2,
    },
    {
        noun: "copies-failed",
        layer: "backups",
        meaning: "homes could not be copied to the other account",
        query: `where Namespace == "${copiesNamespace}" and PodStatus == "Failed"`,
        operator: "GreaterThan",
        threshold: 0,
    },
];
