import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { HubStore } from "../../platforms/foundation";
import { onNode } from "../../platforms/local-volume";
import { names } from "./names";
import type { DatabaseAccess } from "./values";
import { digest } from "./digest";

export interface HubDatabaseArgs extends LayerArgs {
    readonly hub: string;
    readonly namespace: pulumi.Input<string>;
    readonly database: HubStore;
    /** What must stand before the hub can use it: of a claim the class itself, whose name says nothing of it. */
    readonly ready: readonly pulumi.Resource[];
}

/** A class that makes a volume, or one that stands. */
interface ClaimedFrom {
    readonly storageClassName: pulumi.Input<string>;
    readonly volumeName?: pulumi.Input<string>;
}

type OneVolume = Extract<HubStore, { kind: "disk" | "directory" }>;

/** The database layer of one hub, inside Kubernetes: the volume of its SQLite file, or the password of its database. */
export class HubDatabase extends Layer {
    /** How the hub reaches it. */
    readonly access: DatabaseAccess<pulumi.Output<string>>;

    constructor(name: string, args: HubDatabaseArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:HubDatabase", name, args, opts);
        const { database } = args;
        if (database.kind === "claim") {
            this.#claim(name, args, { storageClassName: database.storageClass, storage: "1Gi" });
            this.access = { kind: "claim" };
        } else if (database.kind === "disk" || database.kind === "directory") {
            const volume = this.#volume(name, args, database);
            const storage = `${String(database.sizeGiB)}Gi`;
            this.#claim(name, args, { storageClassName: "", volumeName: volume, storage });
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

    /** On a disk or in a directory that the platform made, and for this hub's claim only. */
    #volume(name: string, args: HubDatabaseArgs, store: OneVolume): pulumi.Output<string> {
        const volume = new core.PersistentVolume(
            `${name}-volume`,
            {
                metadata: this.metadata(`${args.hub}-${names.hubDatabase}`),
                spec: {
                    accessModes: ["ReadWriteOnce"],
                    storageClassName: "",
                    capacity: { storage: `${String(store.sizeGiB)}Gi` },
                    persistentVolumeReclaimPolicy: "Retain",
                    claimRef: { namespace: args.namespace, name: names.hubDatabase },
                    ...placeOf(store),
                },
            },
            { parent: this, protect: true, dependsOn: [...args.ready] },
        );
        return volume.metadata.name;
    }

    #claim(
        name: string,
        args: HubDatabaseArgs,
        { storage, ...from }: ClaimedFrom & { readonly storage: string },
    ): void {
        new core.PersistentVolumeClaim(
            `${name}-claim`,
            {
                metadata: this.metadata(names.hubDatabase, args.namespace),
                spec: {
                    accessModes: ["ReadWriteOnce"],
                    ...from,
                    resources: { requests: { storage } },
                },
            },
            { parent: this, protect: true, dependsOn: [...args.ready] },
        );
    }
}

function placeOf(store: OneVolume) {
    if (store.kind === "directory") return onNode(store.local);
    const { driver, volumeHandle, volumeAttributes } = store.csi;
    return { csi: { driver, volumeHandle, ...(volumeAttributes && { volumeAttributes }) } };
}
