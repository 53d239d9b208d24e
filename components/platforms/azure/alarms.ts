import type * as pulumi from "@pulumi/pulumi";
import { shareConditions } from "./share-conditions";

/** An alert about a layer; whoever answers for that layer gets it. */
export interface DueAlarm {
    readonly noun: string;
    /** The layer that the alert is about. */
    readonly layer: string;
    readonly hub?: string;
    /** What it means, for whoever is woken by it. */
    readonly meaning: string;
    readonly when: MetricCondition;
}

/** A measurement of one resource on the wrong side of a threshold. */
export interface MetricCondition {
    /** The id of the resource, or of a part of it that measures by itself. */
    readonly scope: pulumi.Input<string>;
    /** Such as Microsoft.ContainerService/managedClusters. */
    readonly namespace: string;
    readonly metric: string;
    readonly aggregation: "Average" | "Maximum" | "Minimum" | "Total";
    readonly operator: "GreaterThan" | "GreaterThanOrEqual" | "LessThan";
    readonly threshold: number;
    /** By how far back it looks, ISO 8601: PT5M, PT30M, … */
    readonly window: string;
    /** Only measurements with these values. */
    readonly only?: Readonly<Record<string, readonly string[]>>;
}

/**
 * What AKS measures of a cluster without an agent.
 *
 * @see https://learn.microsoft.com/azure/aks/monitor-aks-reference#metrics
 */
export function clusterAlarms(scope: pulumi.Input<string>): DueAlarm[] {
    const namespace = "Microsoft.ContainerService/managedClusters";
    const full = { scope, namespace, aggregation: "Average", operator: "GreaterThan" } as const;
    return [
        {
            noun: "api-memory",
            layer: "control-plane",
            meaning: "the Kubernetes API runs out of memory: it is asked for too much at once",
            when: {
                ...full,
                metric: "apiserver_memory_usage_percentage",
                threshold: 90,
                window: "PT30M",
            },
        },
        {
            noun: "api-storage",
            layer: "control-plane",
            meaning:
                "the store of the Kubernetes API is three quarters full; full, it takes no more writes",
            when: {
                ...full,
                metric: "etcd_database_usage_percentage",
                threshold: 75,
                window: "PT30M",
            },
        },
        {
            noun: "pending-pods",
            layer: "node-pools",
            meaning:
                "for half an hour pods find no node: a pool is at its maximum, or no node starts",
            when: {
                ...full,
                aggregation: "Minimum",
                metric: "cluster_autoscaler_unschedulable_pods_count",
                threshold: 0,
                window: "PT30M",
            },
        },
    ];
}

/** @see https://learn.microsoft.com/azure/nat-gateway/nat-metrics */
export function natAlarm(scope: pulumi.Input<string>): DueAlarm {
    return {
        noun: "nat-ports",
        layer: "network",
        meaning: "the NAT gateway runs out of ports: connections to one destination fail",
        when: {
            scope,
            namespace: "Microsoft.Network/natGateways",
            metric: "SNATConnectionCount",
            only: { ConnectionState: ["Failed"] },
            aggregation: "Total",
            operator: "GreaterThan",
            threshold: 0,
            window: "PT15M",
        },
    };
}

/** Of the account that holds one hub's share and nothing else. */
export function shareAlarms(hub: string, sizeGiB: number, scope: pulumi.Input<string>): DueAlarm[] {
    const about = { layer: "home-storage", hub } as const;
    const { full, slow } = shareConditions(sizeGiB, scope);
    return [
        {
            ...about,
            noun: `homes-${hub}-full`,
            meaning: "nine tenths of the share of home directories are used",
            when: full,
        },
        {
            ...about,
            noun: `homes-${hub}-slow`,
            meaning:
                "home directories are slow: the share is at its limit of operations or of data",
            when: slow,
        },
    ];
}

/** @see https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-monitoring */
export function databaseAlarms(
    { noun, layer, hub }: { readonly noun: string; readonly layer: string; readonly hub?: string },
    scope: pulumi.Input<string>,
): DueAlarm[] {
    const about = { layer, ...(hub === undefined ? {} : { hub }) };
    const of = { scope, namespace: "Microsoft.DBforPostgreSQL/flexibleServers" } as const;
    return [
        {
            ...about,
            noun: `${noun}-down`,
            meaning: "the database does not answer",
            when: {
                ...of,
                metric: "is_db_alive",
                aggregation: "Maximum",
                operator: "LessThan",
                threshold: 1,
                window: "PT5M",
            },
        },
        {
            ...about,
            noun: `${noun}-storage`,
            meaning: "the database's disk is nine tenths full, and may not be allowed to grow",
            when: {
                ...of,
                metric: "storage_percent",
                aggregation: "Average",
                operator: "GreaterThan",
                threshold: 90,
                window: "PT15M",
            },
        },
        {
            ...about,
            noun: `${noun}-processor`,
            meaning: "the database is busy: whoever asks it waits",
            when: {
                ...of,
                metric: "cpu_percent",
                aggregation: "Average",
                operator: "GreaterThan",
                threshold: 90,
                window: "PT30M",
            },
        },
    ];
}

/** Of something that is done by a schedule: @see https://learn.microsoft.com/azure/logic-apps/monitor-logic-apps-reference */
export function workflowAlarm(
    noun: string,
    layer: string,
    meaning: string,
    scope: pulumi.Input<string>,
): DueAlarm {
    return {
        noun,
        layer,
        meaning,
        when: {
            scope,
            namespace: "Microsoft.Logic/workflows",
            metric: "RunsFailed",
            aggregation: "Total",
            operator: "GreaterThan",
            threshold: 0,
            window: "PT1H",
        },
    };
}
