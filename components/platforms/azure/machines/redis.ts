import * as redisenterprise from "@pulumi/azure-native/redisenterprise";
import * as pulumi from "@pulumi/pulumi";
import { redisSkuOf } from "../../../model/commcare/azure-types";
import type { ManagedRedis } from "../../../model/commcare/plan";
import { redisPort } from "./hand-over";
import type { Where } from "./where";

export interface RedisArgs {
    readonly where: Where;
    /** Unique in its region. */
    readonly clusterName: string;
    readonly redis: ManagedRedis;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * Azure Managed Redis for the queue of tasks: over zones where it has a second node, reached by TLS and a key through
 * a private endpoint. Without shards, which celery's commands over several keys need; so a task that nobody has taken
 * is never pushed out, and what is in memory is written down every second.
 *
 * Sealed by Azure's own key: it takes another only with a version, which would be out of date when the key is rotated.
 *
 * @see https://learn.microsoft.com/azure/redis/architecture
 */
export function managedRedis(
    name: string,
    { where, clusterName, redis, tags }: RedisArgs,
    parent: pulumi.Resource,
) {
    const cluster = new redisenterprise.RedisEnterprise(
        name,
        {
            ...where,
            clusterName,
            sku: { name: redis.nodeType ?? redisSkuOf(redis) },
            highAvailability: redis.nodes > 1 ? "Enabled" : "Disabled",
            minimumTlsVersion: "1.2",
            publicNetworkAccess: "Disabled",
            tags: { ...tags },
        },
        { parent, protect: true },
    );
    const { resourceGroupName } = where;
    const database = new redisenterprise.Database(
        name,
        {
            resourceGroupName,
            clusterName: cluster.name,
            databaseName: "default", // Azure takes no other
            port: redisPort,
            clientProtocol: "Encrypted",
            clusteringPolicy: "NoCluster",
            evictionPolicy: "NoEviction",
            accessKeysAuthentication: "Enabled",
            persistence: { aofEnabled: true, aofFrequency: "1s", rdbEnabled: false },
        },
        { parent, protect: true },
    );
    const keys = redisenterprise.listDatabaseKeysOutput(
        { resourceGroupName, clusterName: cluster.name, databaseName: database.name },
        { parent, dependsOn: [database] },
    );
    return { cluster, database, key: pulumi.secret(keys.primaryKey) };
}
