import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { FlexibleServerSpec } from "../../model/spec/jupyterhub-database";
import type { HubSpec } from "../../model/spec/jupyterhub";
import type { HubStore } from "../foundation";
import type { DueAlarm } from "./alarms";
import { databaseAlarms } from "./alarms";
import type { DueDisk } from "./backup-vault";
import type { DueDatabase } from "./backups";
import { database, flexibleServer, postgresPort } from "./flexible-server";
import type { HubSite } from "./hub-site";
import { endpointIn } from "./hub-site";
import { ownDisk } from "./own-disk";

export interface HubDatabaseArgs extends LayerArgs {
    readonly site: HubSite;
    readonly hub: string;
    readonly database: HubSpec["database"];
}

/** Database and user alike. */
const jupyterhub = "jupyterhub";

/** Of the disk that the hub's file lies on: the smallest that Azure bills. */
const diskGiB = 4;

/**
 * The hub database layer on Azure: a disk for the hub's file, or a PostgreSQL server.
 */
export class HubDatabase extends Layer {
    readonly store: HubStore;
    /** What must stand before the hub starts. */
    readonly ready: readonly pulumi.Resource[];
    readonly alarms: readonly DueAlarm[];
    readonly disk: DueDisk | undefined;
    readonly server: DueDatabase | undefined;

    readonly #name: string;
    readonly #args: HubDatabaseArgs;

    constructor(name: string, args: HubDatabaseArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:HubDatabase", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { hub } = args;
        const noun = `hub-database-${hub}`;
        if (args.database.kind === "flexible-server") {
            const { server, store, ready } = this.#server(args.database);
            this.store = store;
            this.ready = ready;
            this.alarms = databaseAlarms({ noun, layer: "hub-database", hub }, server);
            this.server = { noun, id: server };
        } else {
            const { disk, ready } = ownDisk(
                name,
                {
                    site: args.site,
                    resourceGroupName: args.site.groupOf("hub-database"),
                    noun: `${hub}-database`,
                    sizeGiB: diskGiB,
                    tags: this.tags(),
                },
                this,
            );
            this.store = {
                kind: "disk",
                sizeGiB: diskGiB,
                csi: { driver: "disk.csi.azure.com", volumeHandle: disk.id },
            };
            this.ready = ready;
            this.alarms = [];
            this.disk = { noun, layer: "hub-database", id: disk.id, name: disk.name };
        }
        this.registerOutputs();
    }

    #server(wanted: FlexibleServerSpec): {
        server: pulumi.Output<string>;
        store: HubStore;
        ready: pulumi.Resource[];
    } {
        const { site, hub } = this.#args;
        const { place } = site;
        const resourceGroupName = site.groupOf("hub-database");
        const tags = this.tags();
        const { server, password } = flexibleServer(
            this.#name,
            {
                ...wanted,
                place,
                resourceGroupName,
                what: `hub-${hub}`,
                zone: site.zone,
                standbyZone: wanted.highAvailability ? site.otherZone : undefined,
                user: jupyterhub,
                tags,
            },
            this,
        );
        const made = database(this.#name, { resourceGroupName, server, called: jupyterhub }, this);
        const endpoint = endpointIn(site, `${this.#name}-server`, {
            resourceGroupName,
            noun: `database-${hub}`,
            service: "postgresql",
            target: server.id,
            tags,
            parent: this,
        });
        const address = pulumi.output(server.fullyQualifiedDomainName);
        const account = { name: jupyterhub, user: jupyterhub, password };
        return {
            server: server.id,
            store: { kind: "postgres", address, port: postgresPort, ...account },
            ready: [made, ...endpoint],
        };
    }
}
