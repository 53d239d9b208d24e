import * as elasticache from "@pulumi/aws/elasticache";
import type * as efs from "@pulumi/aws/efs";
import type * as pulumi from "@pulumi/pulumi";
import type * as rds from "@pulumi/aws/rds";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { ManagedPostgresql, ManagedRedis, MachinePlan } from "../../../model/commcare/plan";
import { bucketName } from "../../../model/commcare/bucket-names";
import { databaseWindows } from "../../../model/commcare/database-windows";
import { rdsClassOf } from "../../../model/commcare/ec2-types";
import { rootUser } from "../../../model/commcare/postgres-users";
import { closedBucket } from "../bucket";
import type { Place } from "../place";
import { postgres } from "../postgres";
import type { Firewall } from "./firewall";
import { redisGroup } from "./redis";
import { sharedDirectory } from "./shared-directory";

export interface DataServicesArgs extends LayerArgs {
    readonly clusterName: string;
    readonly place: Place;
    readonly plan: MachinePlan;
    /** By zone. */
    readonly subnets: Readonly<Record<string, pulumi.Output<string>>>;
    readonly firewall: Firewall;
    readonly keyArn: pulumi.Input<string>;
    readonly logRetentionDays: number;
    /** Hour of the day in which AWS Backup begins its copies. */
    readonly copiesAtUtc: number;
}

/** What the cloud keeps of CommCare's data: databases, caches, the shared directory, buckets. */
export class DataServices extends Layer {
    readonly postgresql: readonly rds.Instance[];
    /** The password of `rootUser` in the first database; undefined where PostgreSQL runs on machines. */
    readonly postgresRoot: pulumi.Output<string> | undefined;
    readonly redis: elasticache.ReplicationGroup | undefined;
    readonly redisBroker: elasticache.ReplicationGroup | undefined;
    readonly sharedDirectory: efs.FileSystem | undefined;

    readonly #name: string;
    readonly #args: DataServicesArgs;

    constructor(name: string, args: DataServicesArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:DataServices", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { plan, firewall, keyArn, subnets } = args;

        const databases = plan.postgresql.map((each) => this.#postgresql(each));
        this.postgresql = databases.map(({ instance }) => instance);
        const [first] = databases;
        this.postgresRoot = first?.password;
        const inCaches = plan.redis ?? plan.redisBroker;
        const cacheSubnets = inCaches === null ? undefined : this.#cacheSubnets();
        this.redis = this.#redis("redis", plan.redis, "allkeys-lru", 0, cacheSubnets);
        this.redisBroker = this.#redis(
            "redis-broker",
            plan.redisBroker,
            "noeviction",
            7,
            cacheSubnets,
        );
        this.sharedDirectory =
            plan.sharedDirectory === "machine"
                ? undefined
                : sharedDirectory(
                      `${name}-shared`,
                      {
                          subnets,
                          groupId: firewall.idOf("shared-directory"),
                          keyArn,
                          tags: this.#named("shared"),
                      },
                      this,
                  );
        this.#buckets();
        this.registerOutputs();
    }

    #postgresql(database: ManagedPostgresql) {
        const { clusterName, place, subnets, firewall, copiesAtUtc, logRetentionDays } = this.#args;
        return postgres(
            `${this.#name}-${database.name}`,
            {
                place,
                identifier: `${clusterName}-${database.name}`,
                database: {
                    version: database.version,
                    instanceClass: database.instanceClass ?? rdsClassOf(database),
                    multiAz: database.standby,
                    sizeGiB: database.diskGiB,
                    maxSizeGiB: database.diskGiB * 3,
                    keepDays: 30,
                    deletionProtection: database.deletionProtection,
                    ...databaseWindows(copiesAtUtc),
                },
                user: rootUser,
                subnetIds: Object.values(subnets),
                groupIds: [firewall.idOf("postgresql")],
                logRetentionDays,
                parameters: { max_connections: String(database.maxConnections) },
                insights: true,
                description: `PostgreSQL of ${clusterName}: ${database.name}`,
                tags: this.#named(database.name),
            },
            this,
        );
    }

    #cacheSubnets(): elasticache.SubnetGroup {
        const { clusterName, subnets } = this.#args;
        return new elasticache.SubnetGroup(
            `${this.#name}-caches`,
            {
                description: `Caches of ${clusterName}`,
                subnetIds: Object.values(subnets),
                tags: this.#named("caches"),
            },
            { parent: this },
        );
    }

    #redis(
        noun: "redis" | "redis-broker",
        redis: ManagedRedis | null,
        whenFull: "allkeys-lru" | "noeviction",
        keepDays: number,
        subnetGroup: elasticache.SubnetGroup | undefined,
    ): elasticache.ReplicationGroup | undefined {
        if (redis === null || subnetGroup === undefined) return undefined;
        const { clusterName, firewall, keyArn, logRetentionDays } = this.#args;
        return redisGroup(
            `${this.#name}-${noun}`,
            {
                identifier: `${clusterName.slice(0, 27)}-${noun}`.replaceAll("--", "-"),
                redis,
                whenFull,
                keepDays,
                subnetGroup,
                groupId: firewall.idOf(noun),
                keyArn,
                logRetentionDays,
                description: `${noun} of ${clusterName}`,
                tags: this.#named(noun),
            },
            this,
        );
    }

    /** Buckets under the key of data; versions keep what was deleted by mistake for a month. */
    #buckets(): void {
        const { clusterName, place, keyArn } = this.#args;
        for (const purpose of ["blobs", "search", "backups", "releases"] as const) {
            closedBucket(
                `${this.#name}-${purpose}`,
                {
                    place,
                    bucket: bucketName(clusterName, purpose, place.accountId),
                    tags: this.#named(purpose),
                    keyArn,
                    versioned: true,
                    forceDestroy: false,
                    lifecycle: [
                        {
                            id: "delete-versions",
                            ...(purpose === "backups" ? { expiration: { days: 90 } } : {}),
                            ...(purpose === "releases" ? { expiration: { days: 180 } } : {}),
                            noncurrentVersionExpiration: { noncurrentDays: 30 },
                            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
                        },
                    ],
                },
                this,
            );
        }
    }

    #named(noun: string): Record<string, string> {
        return this.tags({ Name: `${this.#args.clusterName}-${noun}` });
    }
}
