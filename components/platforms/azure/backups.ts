import type { BackupPolicy, BackupVault } from "@pulumi/azure-native/dataprotection";
import { Workflow } from "@pulumi/azure-native/logic";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { AzureBackupsSpec } from "../../model/spec/azure-watch";
import type { DueAlarm } from "./alarms";
import { workflowAlarm } from "./alarms";
import type { DueRoute } from "./alerts";
import type { DueDisk } from "./backup-vault";
import { backupVault, diskPolicy, protectedDisk } from "./backup-vault";
import { globalName } from "./names";
import { principalOf } from "./owner-tags";
import type { Place } from "./place";
import { databaseTrial, diskTrial } from "./restore-trials";
import type { BuiltInRole } from "./role-assignment";
import { grant } from "./role-assignment";
import { shareSnapshots } from "./share-snapshots";

/** A share of NFS whose states are kept. */
export interface DueShare {
    /** In names, such as `homes-prod`. */
    readonly noun: string;
    readonly layer: "home-storage" | "data-services";
    readonly accountId: pulumi.Input<string>;
    readonly share: string;
}

/** A flexible server, which copies itself: what is tried is whether it comes back. */
export interface DueDatabase {
    readonly noun: string;
    readonly id: pulumi.Input<string>;
}

export interface BackupsArgs extends LayerArgs {
    readonly place: Place;
    readonly group: ResourceGroup;
    readonly backups: AzureBackupsSpec;
    readonly zonal: boolean;
    readonly disks: readonly DueDisk[];
    readonly shares: readonly DueShare[];
    readonly databases: readonly DueDatabase[];
    /**
     * What takes minutes to make, the cluster or machines: Azure Backup hears late of the roles that its vault was just given, and
     * what it refuses until then nobody tries again.
     */
    readonly slow: readonly pulumi.Resource[];
}

/**
 * The backups layer on Azure: a vault with daily copies of disks, snapshots of shares, which Azure Backup leaves out,
 * and every Sunday a disk and a database restored on trial. What fails reaches the owner.
 */
export class Backups extends Layer {
    readonly vault: BackupVault;
    readonly alarms: readonly DueAlarm[];
    /** The vault's own alerts of jobs that failed. */
    readonly route: DueRoute;

    readonly #name: string;
    readonly #args: BackupsArgs;

    constructor(name: string, args: BackupsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:Backups", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { place, group, zonal } = args;

        this.vault = backupVault(
            name,
            { place, resourceGroupName: group.name, zonal, tags: this.tags() },
            this,
        );
        const instances = this.#disks();
        this.alarms = [
            ...args.shares.map((share) => this.#snapshots(share)),
            ...(args.backups.restoreTest === "weekly" ? this.#trials(instances) : []),
        ];
        this.route = {
            noun: "failed-backups",
            layer: "backups",
            description: `Copies or restores of ${place.clusterName} that failed`,
            scope: this.vault.id,
        };
        this.registerOutputs({ vault: this.vault.id });
    }

    /** @returns ids of what is protected, in the order of the disks. */
    #disks(): pulumi.Output<string>[] {
        const { place, group, backups, disks } = this.#args;
        if (disks.length === 0) return [];
        const ready = [
            this.#grant("vault-snapshots", "Disk Snapshot Contributor", group.id),
            ...this.#seals(),
        ];
        const policies = new Map<string, BackupPolicy>();
        for (const { layer } of disks) {
            if (policies.has(layer)) continue;
            const policy = diskPolicy(
                this.#name,
                {
                    resourceGroupName: group.name,
                    vault: this.vault,
                    noun: layer,
                    hourUtc: backups.hourUtc,
                    keepDays: Math.min(backups.keep[layer] ?? backups.keepDays, 360),
                },
                this,
            );
            policies.set(layer, policy);
        }
        return disks.map((disk) => {
            const policy = policies.get(disk.layer);
            if (policy === undefined) throw new Error(`no policy for ${disk.layer}`);
            const made = protectedDisk(
                this.#name,
                {
                    place,
                    resourceGroupName: group.name,
                    snapshotsIn: group.id,
                    vault: this.vault,
                    policy,
                    disk,
                    ready: [...ready, ...this.#args.slow],
                    tags: this.tags(),
                },
                this,
            );
            return made.id;
        });
    }

    /**
     * Once for each set, since a second assignment of the same is refused. What is restored from such a disk is sealed
     * by the same set, which asks for no more than to read it.
     *
     * @see https://learn.microsoft.com/azure/backup/disk-backup-troubleshoot
     */
    #seals(): pulumi.Resource[] {
        const seals = new Map(
            this.#args.disks.flatMap(({ sealedBy }) =>
                sealedBy === undefined ? [] : [[sealedBy.noun, sealedBy.id] as const],
            ),
        );
        return [...seals].map(([noun, id]) => this.#grant(`vault-reads-${noun}`, "Reader", id));
    }

    #snapshots({ noun, layer, accountId, share }: DueShare): DueAlarm {
        const { place, backups } = this.#args;
        const keepDays = Math.min(backups.keep[layer] ?? backups.keepDays, 180);
        const definition = pulumi
            .output(accountId)
            .apply((id) => shareSnapshots(backups.hourUtc, { accountId: id, share, keepDays }));
        const workflow = this.#workflow(`${noun}-snapshots`, definition);
        grant(
            `${this.#name}-${noun}-snapshots`,
            {
                subscriptionId: place.subscriptionId,
                role: "Storage Account Backup Contributor",
                scope: accountId,
                principalId: principalOf(workflow.identity),
                principalType: "ServicePrincipal",
            },
            { parent: this },
        );
        const meaning = `no snapshot was taken of ${noun}, or an old one could not be deleted`;
        return workflowAlarm(`${noun}-snapshots`, "backups", meaning, workflow.id);
    }

    /** One of the disks and one of the databases: what is tried is the way, and that somebody hears of it. */
    #trials(instances: readonly pulumi.Output<string>[]): DueAlarm[] {
        const { place, backups, databases } = this.#args;
        const [instanceId] = instances;
        const [database] = databases;
        if (instanceId === undefined && database === undefined) return [];
        const { location, clusterName } = place;
        const room = new ResourceGroup(
            `${this.#name}-trials`,
            { resourceGroupName: `${clusterName}-restore-trials`, location, tags: this.tags() },
            { parent: this },
        );
        const alarms: DueAlarm[] = [];
        if (instanceId !== undefined) {
            this.#grant("vault-restores", "Disk Restore Operator", room.id);
            const definition = pulumi.all([instanceId, room.id]).apply(([instance, groupId]) =>
                diskTrial(backups.hourUtc, {
                    instanceId: instance,
                    groupId,
                    location,
                    name: `${clusterName}-trial`,
                }),
            );
            const workflow = this.#workflow("disk-trial", definition);
            this.#let(workflow, "disk-trial-vault", "Backup Operator", this.vault.id);
            this.#let(workflow, "disk-trial-room", "Contributor", room.id);
            const meaning = "the newest copy of a disk could not be restored on trial";
            alarms.push(workflowAlarm("disk-trial", "backups", meaning, workflow.id));
        }
        if (database !== undefined) {
            const definition = pulumi
                .all([pulumi.output(database.id), room.id])
                .apply(([serverId, groupId]) =>
                    databaseTrial(backups.hourUtc, {
                        serverId,
                        groupId,
                        location,
                        name: globalName("database", { ...place, what: "trial" }),
                    }),
                );
            const workflow = this.#workflow("database-trial", definition);
            this.#let(workflow, "database-trial-source", "Reader", database.id);
            this.#let(workflow, "database-trial-room", "Contributor", room.id);
            const meaning = "a database could not be restored on trial";
            alarms.push(workflowAlarm("database-trial", "backups", meaning, workflow.id));
        }
        return alarms;
    }

    #workflow(noun: string, definition: pulumi.Output<object>): Workflow {
        const { place, group } = this.#args;
        return new Workflow(
            `${this.#name}-${noun}`,
            {
                resourceGroupName: group.name,
                location: place.location,
                workflowName: `${place.clusterName}-${noun}`,
                identity: { type: "SystemAssigned" },
                state: "Enabled",
                definition,
                tags: this.tags(),
            },
            { parent: this },
        );
    }

    #let(workflow: Workflow, noun: string, role: BuiltInRole, scope: pulumi.Input<string>): void {
        grant(
            `${this.#name}-${noun}`,
            {
                subscriptionId: this.#args.place.subscriptionId,
                role,
                scope,
                principalId: principalOf(workflow.identity),
                principalType: "ServicePrincipal",
            },
            { parent: this },
        );
    }

    #grant(noun: string, role: BuiltInRole, scope: pulumi.Input<string>): pulumi.Resource {
        return grant(
            `${this.#name}-${noun}`,
            {
                subscriptionId: this.#args.place.subscriptionId,
                role,
                scope,
                principalId: principalOf(this.vault.identity),
                principalType: "ServicePrincipal",
            },
            { parent: this },
        );
    }
}
