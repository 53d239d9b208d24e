import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { HubStore } from "../../platforms/foundation";
import { names } from "./names";
import type { DatabaseAccess } from "./values";
import { digest } from "./digest";

export interface HubDatabaseArgs extends LayerArgs {
    readonly namespace: pulumi.Input<string>;
    readonly database: HubStore;
    /** What must stand before the hub can use it: of a claim the class itself, whose name says nothing of it. */
    readonly ready: readonly pulumi.Resource[];
}

/** The database layer of one hub, inside Kubernetes: the volume of its SQLite file, or the password of its database. */
export class HubDatabase extends Layer {
    /** How the hub reaches it. */
    readonly access: DatabaseAccess<pulumi.Output<string>>;

    constructor(name: string, args: HubDatabaseArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:HubDatabase", name, args, opts);
        const { database } = args;
        if (database.kind === "claim") {
            this.#claim(name, args, database.storageClass);
            this.access = { kind: "claim" };
        } else {
            const password = pulumi.secret(database.password);
            new core.Secret(
                `${name}-password`,
                {
                    metadata: this.metadata(names.hubDatabase, args.namespace),
                    type: "Opaque",
                    stringData: { [names.hubDatabaseKey]: password },
                },
                { parent: this, dependsOn: [...args.ready] },
            );
            const { user, address, port, name: dbName } = database;
            this.access = {
                kind: "postgres",
                // Sealed on the way, not proven to be the one: the certificate of RDS is of no public authority.
                url: pulumi.interpolate`postgresql+psycopg2://${user}@${address}:${port}/${dbName}?sslmode=require`,
                passwordDigest: password.apply(digest),
            };
        }
        this.registerOutputs();
    }

    #claim(name: string, args: HubDatabaseArgs, storageClassName: pulumi.Input<string>): void {
        new core.PersistentVolumeClaim(
            `${name}-claim`,
            {
                metadata: this.metadata(names.hubDatabase, args.namespace),
                spec: {
                    accessModes: ["ReadWriteOnce"],
                    storageClassName,
                    resources: { requests: { storage: "1Gi" } },
                },
            },
            { parent: this, protect: true, dependsOn: [...args.ready] },
        );
    }
}
