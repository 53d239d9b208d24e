import type { DueAlarm } from "../alarms";
import { databaseAlarms } from "../alarms";
import { shareConditions } from "../share-conditions";
import type { DataServices } from "./data-services";
import type { PublicEntry } from "./public-entry";

const layer = "data-services";

/**
 * What Azure reports of its own services.
 *
 * @see https://learn.microsoft.com/azure/redis/monitor-cache-reference
 * @see https://learn.microsoft.com/azure/storage/files/storage-files-monitoring-reference
 */
export function dataAlarms(data: DataServices, sharedGiB: number): DueAlarm[] {
    const databases = data.postgresql.flatMap(({ id }, at) =>
        databaseAlarms({ noun: `postgresql-${String(at + 1)}`, layer }, id),
    );
    return [...databases, ...brokerAlarms(data), ...sharedAlarms(data, sharedGiB)];
}

function brokerAlarms({ redisBroker }: DataServices): DueAlarm[] {
    if (redisBroker === undefined) return [];
    const of = {
        scope: redisBroker.id,
        namespace: "Microsoft.Cache/redisEnterprise",
        aggregation: "Maximum",
        operator: "GreaterThan",
        threshold: 90,
        window: "PT15M",
    } as const;
    return [
        {
            noun: "broker-memory",
            layer,
            meaning:
                "the queue of tasks has used nine tenths of its memory; full, it takes no task",
            when: { ...of, metric: "usedmemorypercentage" },
        },
        {
            noun: "broker-busy",
            layer,
            meaning: "the queue of tasks answers slowly: its processors are busy",
            when: { ...of, metric: "percentProcessorTime", window: "PT30M" },
        },
    ];
}

function sharedAlarms({ shared }: DataServices, sizeGiB: number): DueAlarm[] {
    if (shared === undefined) return [];
    const { full, slow } = shareConditions(sizeGiB, shared.service.id);
    return [
        {
            noun: "shared-directory-full",
            layer,
            meaning: "nine tenths of the shared directory are used; full, uploads and exports fail",
            when: full,
        },
        {
            noun: "shared-directory-slow",
            layer,
            meaning: "the shared directory is slow: it is at its limit of operations or of data",
            when: slow,
        },
    ];
}

/**
 * What the world meets: the gateway and the firewall in it. That its certificate ends, whoever keeps the vault knows.
 *
 * @see https://learn.microsoft.com/azure/application-gateway/monitor-application-gateway-reference
 */
export function entryAlarms({ gatewayId }: PublicEntry): DueAlarm[] {
    const of = {
        scope: gatewayId,
        namespace: "Microsoft.Network/applicationGateways",
        aggregation: "Total",
        operator: "GreaterThan",
        window: "PT15M",
    } as const;
    return [
        {
            noun: "site-unanswered",
            layer: "network",
            meaning: "no proxy answers: the gateway itself sends errors",
            when: {
                ...of,
                metric: "ResponseStatus",
                only: { HttpStatusGroup: ["5xx"] },
                threshold: 150,
            },
        },
        {
            noun: "site-errors",
            layer: "app-services",
            meaning: "the site fails: more than 300 errors of its own in a quarter of an hour",
            when: {
                ...of,
                metric: "BackendResponseStatus",
                only: { HttpStatusGroup: ["5xx"] },
                threshold: 300,
            },
        },
        {
            noun: "site-slow",
            layer: "app-services",
            meaning:
                "the site is slow: for a quarter of an hour an answer takes 5 seconds and more",
            when: {
                ...of,
                metric: "BackendLastByteResponseTime",
                aggregation: "Average",
                threshold: 5_000,
            },
        },
        {
            noun: "site-proxies",
            layer: "app-services",
            meaning: "a proxy does not answer the gateway",
            when: { ...of, metric: "UnhealthyHostCount", aggregation: "Average", threshold: 0 },
        },
        {
            noun: "site-attack",
            layer: "threat-response",
            meaning:
                "the firewall refuses more than 1,000 requests in 5 minutes: an attack, or a rule that is wrong",
            when: {
                ...of,
                metric: "AzwafSecRule",
                only: { Action: ["Blocked"] },
                threshold: 1_000,
                window: "PT5M",
            },
        },
    ];
}
