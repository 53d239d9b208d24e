import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as elasticache from "@pulumi/aws/elasticache";
import type * as pulumi from "@pulumi/pulumi";
import { elastiCacheVersion } from "../../../model/commcare/data-services";
import type { ManagedRedis } from "../../../model/commcare/plan";
import { cacheTypeOf } from "../../../model/commcare/ec2-types";
import { finalSnapshotName } from "../final-snapshot";

export interface RedisArgs {
    /** At most 40 letters, digits and hyphens; unique in the account and region. */
    readonly identifier: string;
    readonly redis: ManagedRedis;
    /** `allkeys-lru` for a cache, `noeviction` for a queue. */
    readonly whenFull: "allkeys-lru" | "noeviction";
    /** Days that snapshots are kept; 0 where what is in it can be had again. */
    readonly keepDays: number;
    readonly subnetGroup: elasticache.SubnetGroup;
    readonly groupId: pulumi.Input<string>;
    readonly keyArn: pulumi.Input<string>;
    readonly logRetentionDays: number;
    readonly description: string;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * Redis of ElastiCache. Sealed at rest, and not on its way: commcare-cloud writes `redis://` into the settings of
 * CommCare HQ, and only machines that the security group names reach it at all.
 *
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/ansible/roles/commcarehq/templates/localsettings.py.j2
 */
export function redisGroup(
    name: string,
    args: RedisArgs,
    parent: pulumi.Resource,
): elasticache.ReplicationGroup {
    const { identifier, redis, keepDays, tags } = args;
    const several = redis.nodes > 1;
    const parameters = new elasticache.ParameterGroup(
        `${name}-parameters`,
        {
            family: "redis7",
            description: args.description,
            parameters: [{ name: "maxmemory-policy", value: args.whenFull }],
            tags,
        },
        { parent },
    );
    const logs = new cloudwatch.LogGroup(
        `${name}-logs`,
        {
            name: `/aws/elasticache/${identifier}`,
            retentionInDays: args.logRetentionDays,
            tags,
        },
        { parent },
    );
    return new elasticache.ReplicationGroup(
        `${name}-group`,
        {
            replicationGroupId: identifier,
            description: args.description,
            engine: "redis",
            engineVersion: elastiCacheVersion,
            nodeType: redis.nodeType ?? cacheTypeOf(redis),
            port: 6379,
            numCacheClusters: redis.nodes,
            automaticFailoverEnabled: several,
            multiAzEnabled: several,
            parameterGroupName: parameters.name,
            subnetGroupName: args.subnetGroup.name,
            securityGroupIds: [args.groupId],
            atRestEncryptionEnabled: true,
            kmsKeyId: args.keyArn,
            transitEncryptionEnabled: false,
            autoMinorVersionUpgrade: true,
            applyImmediately: false,
            maintenanceWindow: "sun:00:30-sun:01:30",
            snapshotRetentionLimit: keepDays,
            ...(keepDays > 0
                ? {
                      snapshotWindow: "10:30-11:30",
                      finalSnapshotIdentifier: finalSnapshotName(name, identifier, parent),
                  }
                : {}),
            logDeliveryConfigurations: [
                {
                    destination: logs.name,
                    destinationType: "cloudwatch-logs",
                    logFormat: "json",
                    logType: "engine-log",
                },
            ],
            tags,
        },
        { parent, protect: true },
    );
}
