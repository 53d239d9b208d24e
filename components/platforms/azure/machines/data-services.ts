import type * as postgresql from "@pulumi/azure-native/dbforpostgresql";
import type * as redisenterprise from "@pulumi/azure-native/redisenterprise";
import type { PrivateZone } from "@pulumi/azure-native/privatedns";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { shareName } from "./names";
import type { MachinePlan } from "../../../model/commcare/plan";
import { rootUser } from "../../../model/commcare/postgres-users";
import type { AzureNames } from "./names";
import type { Place } from "../place";
import { privateEndpoint } from "../private-link";
import type { PrivateService } from "../private-services";
import type { Firewall } from "./firewall";
import type { SealingKey } from "./identities";
import { postgres } from "./postgres";
import { managedRedis } from "./redis";
import type { SharedDirectory } from "./shared-directory";
import { sharedDirectory } from "./shared-directory";
import type { Where } from "./where";

export interface DataServicesArgs extends LayerArgs {
    readonly place: Place;
    readonly where: Where;
    readonly plan: MachinePlan;
    /** What of them is unique in Azure. */
    readonly names: AzureNames;
    /** Of the shared directory. */
    readonly sharedGiB: number;
    readonly zones: readonly string[];
    readonly subnetId: pulumi.Input<string>;
    readonly firewall: Firewall;
    readonly key: SealingKey;
    readonly vaultUri: pulumi.Input<string>;
    /** Of the names of services that have an address in the network. */
    readonly privateZones: Readonly<Partial<Record<PrivateService, PrivateZone>>>;
}

/** What the cloud keeps of CommCare's data: databases, the queue of tasks, the shared directory. */
export class DataServices extends Layer {
    readonly postgresql: readonly postgresql.Server[];
    /** Of the first database; undefined where PostgreSQL runs on machines. */
    readonly postgresRoot:
        { readonly user: string; readonly password: pulumi.Output<string> } | undefined;
    readonly redisBroker: redisenterprise.RedisEnterprise | undefined;
    readonly brokerKey: pulumi.Output<string> | undefined;
    readonly shared: SharedDirectory | undefined;

    readonly #name: string;
    readonly #args: DataServicesArgs;

    constructor(name: string, args: DataServicesArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:DataServices", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { plan, names } = args;
        const databases = plan.postgresql.map((database) => {
            const serverName = names.databases[database.name] ?? database.name;
            const made = postgres(
                `${name}-${database.name}`,
                {
                    where: args.where,
                    serverName,
                    database,
                    zones: args.zones,
                    user: rootUser,
                    key: args.key,
                    keepDays: 35,
                    tags: this.tags(),
                },
                this,
            );
            this.#endpoint(database.name, "postgresql", "postgresql", made.server.id, made.ready);
            return made;
        });
        this.postgresql = databases.map(({ server }) => server);
        const [first] = databases;
        this.postgresRoot = first && { user: rootUser, password: first.password };

        if (plan.redisBroker !== null) {
            const { where } = args;
            const { redisBroker } = plan;
            const made = managedRedis(
                `${name}-broker`,
                { where, clusterName: names.broker, redis: redisBroker, tags: this.tags() },
                this,
            );
            this.redisBroker = made.cluster;
            this.brokerKey = made.key;
            this.#endpoint("broker", "redis", "redis-broker", made.cluster.id, made.database);
        }
        if (plan.sharedDirectory === "cloud") {
            const { where, key, vaultUri } = args;
            this.shared = sharedDirectory(
                `${name}-shared`,
                {
                    where,
                    accountName: names.shared,
                    shareName,
                    sizeGiB: args.sharedGiB,
                    zoneRedundant: args.zones.length > 2,
                    key: { ...key, vaultUri },
                    tags: this.tags(),
                },
                this,
            );
            const { account, share } = this.shared;
            this.#endpoint("shared", "file", "shared-directory", account.id, share);
        }
        this.registerOutputs();
    }

    #endpoint(
        noun: string,
        service: PrivateService,
        group: string,
        targetId: pulumi.Input<string>,
        after: pulumi.Resource,
    ): void {
        const { place, where, subnetId, firewall, privateZones } = this.#args;
        const zone = privateZones[service];
        if (zone === undefined) throw new Error(`the network has no names of ${service}`);
        privateEndpoint(
            `${this.#name}-${noun}`,
            {
                place,
                resourceGroupName: where.resourceGroupName,
                noun,
                service,
                // A service takes no address while it changes.
                target: pulumi.all([targetId, after.urn]).apply(([id]) => id),
                subnetId,
                groupId: firewall.idOf(group),
                zone,
                tags: this.tags(),
            },
            this,
        );
    }
}
