import type { DueAlarm } from "../alarms";
import type { DataServices } from "./data-services";
import type { PublicEntry } from "./public-entry";
import type { SiteDomain } from "./site-domain";
import type { WebFirewall } from "./web-firewall";

const minute = 60;
const gibibyte = 2 ** 30;

type Alarm = DueAlarm["alarm"];

const above = (
    namespace: string,
    metricName: string,
    dimensions: NonNullable<Alarm["dimensions"]>,
    threshold: number,
    over: Partial<Alarm> = {},
): Alarm => ({
    namespace,
    metricName,
    dimensions,
    statistic: "Average",
    period: 5 * minute,
    evaluationPeriods: 3,
    comparisonOperator: "GreaterThanThreshold",
    threshold,
    treatMissingData: "notBreaching",
    ...over,
});

/**
 * What the cloud reports of its own services.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html
 * @see https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html
 */
export function dataAlarms(data: DataServices): DueAlarm[] {
    const layer = "data-services";
    const due = (noun: string, meaning: string, alarm: Alarm): DueAlarm => {
        return { noun, layer, meaning, alarm };
    };
    const databases = data.postgresql.flatMap(({ identifier }, at): DueAlarm[] => {
        const of = { DBInstanceIdentifier: identifier };
        const noun = `postgresql-${String(at + 1)}`;
        const low = { comparisonOperator: "LessThanThreshold", treatMissingData: "breaching" };
        return [
            due(
                `${noun}-storage`,
                "PostgreSQL has less than 10 GiB left, and may not be allowed to grow",
                above("AWS/RDS", "FreeStorageSpace", of, 10 * gibibyte, low),
            ),
            due(
                `${noun}-memory`,
                "PostgreSQL has less than 256 MiB of memory left",
                above("AWS/RDS", "FreeableMemory", of, gibibyte / 4, low),
            ),
            due(
                `${noun}-busy`,
                "the processors of PostgreSQL have been busy for half an hour",
                above("AWS/RDS", "CPUUtilization", of, 90, { evaluationPeriods: 6 }),
            ),
            due(
                `${noun}-queue`,
                "PostgreSQL waits for its disk",
                above("AWS/RDS", "DiskQueueDepth", of, 64),
            ),
        ];
    });
    const caches = [
        ["redis", data.redis, "the cache"],
        ["redis-broker", data.redisBroker, "the queue of tasks"],
    ] as const;
    return [
        ...databases,
        ...caches.flatMap(([noun, group, word]): DueAlarm[] => {
            if (group === undefined) return [];
            const of = {
                CacheClusterId: group.memberClusters.apply(([first]) => first ?? ""),
            };
            return [
                due(
                    `${noun}-memory`,
                    `${word} has used nine tenths of its memory`,
                    above("AWS/ElastiCache", "DatabaseMemoryUsagePercentage", of, 90),
                ),
                due(
                    `${noun}-busy`,
                    `${word} answers slowly: its one processor is busy`,
                    above("AWS/ElastiCache", "EngineCPUUtilization", of, 90),
                ),
                due(
                    `${noun}-lag`,
                    `the standby of ${word} is half a minute behind`,
                    above("AWS/ElastiCache", "ReplicationLag", of, 30, { statistic: "Maximum" }),
                ),
            ];
        }),
        ...(data.sharedDirectory === undefined
            ? []
            : [
                  due(
                      "shared-directory-io-limit",
                      "the shared directory is slow: it is at its limit of operations",
                      above(
                          "AWS/EFS",
                          "PercentIOLimit",
                          { FileSystemId: data.sharedDirectory.id },
                          95,
                      ),
                  ),
              ]),
    ];
}

/**
 * What the world meets: the load balancer, its certificate, and the firewall in front.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html
 */
export function entryAlarms(
    { balancer, targets }: PublicEntry,
    { certificate }: SiteDomain,
    { acl }: WebFirewall,
    region: string,
): DueAlarm[] {
    const ofBalancer = { LoadBalancer: balancer.arnSuffix };
    const ofTargets = { ...ofBalancer, TargetGroup: targets.arnSuffix };
    const sums = { statistic: "Sum" };
    return [
        {
            noun: "site-unanswered",
            layer: "network",
            meaning: "no proxy answers: the load balancer itself sends errors",
            alarm: above("AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", ofBalancer, 50, sums),
        },
        {
            noun: "site-errors",
            layer: "app-services",
            meaning: "the site fails: more than 100 errors of its own in 5 minutes",
            alarm: above("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", ofTargets, 100, sums),
        },
        {
            noun: "site-slow",
            layer: "app-services",
            meaning: "the site is slow: one of twenty requests takes more than 10 seconds",
            // An extended statistic instead of an average, which hides the slow ones.
            alarm: {
                namespace: "AWS/ApplicationELB",
                metricName: "TargetResponseTime",
                dimensions: ofTargets,
                extendedStatistic: "p95",
                period: 5 * minute,
                evaluationPeriods: 3,
                comparisonOperator: "GreaterThanThreshold",
                threshold: 10,
                treatMissingData: "notBreaching",
            },
        },
        {
            noun: "site-proxies",
            layer: "app-services",
            meaning: "a proxy does not answer the load balancer",
            alarm: above("AWS/ApplicationELB", "UnHealthyHostCount", ofTargets, 0, {
                statistic: "Maximum",
            }),
        },
        {
            noun: "site-certificate",
            layer: "dns-tls",
            meaning: "the certificate of the site ends in less than 30 days, and was not renewed",
            alarm: above(
                "AWS/CertificateManager",
                "DaysToExpiry",
                { CertificateArn: certificate.arn },
                30,
                {
                    comparisonOperator: "LessThanThreshold",
                    statistic: "Minimum",
                    period: 24 * 60 * minute,
                    evaluationPeriods: 1,
                },
            ),
        },
        {
            noun: "site-attack",
            layer: "threat-response",
            meaning:
                "the firewall refuses more than 1,000 requests in 5 minutes: an attack, or a rule that is wrong",
            alarm: above(
                "AWS/WAFV2",
                "BlockedRequests",
                { WebACL: acl, Region: region, Rule: "ALL" },
                1000,
                { ...sums, evaluationPeriods: 1 },
            ),
        },
    ];
}
