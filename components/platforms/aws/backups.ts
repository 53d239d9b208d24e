import * as backup from "@pulumi/aws/backup";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { BackupsSpec } from "../../model/spec/aws-backups";
import { ownerKeys } from "../../model/tags";
import { backupTag } from "./backup-tag";
import { keyPolicy } from "./key-policy";
import type { Place } from "./place";
import { managedPolicy } from "./place";
import type { TestedKind } from "./restore-testing";
import { restoreTesting } from "./restore-testing";

export interface BackupsArgs extends LayerArgs {
    readonly clusterName: string;
    readonly place: Place;
    readonly backups: BackupsSpec;
    /** Kinds of resources whose newest copies are restored on trial. */
    readonly tested?: readonly TestedKind[];
}

/** Kinds of resources that hold data; what of them is copied, the conditions say. */
const copied = ["ec2:*:*:volume/*", "elasticfilesystem:*:*:file-system/*", "rds:*:*:db:*"];

/**
 * The copies outlive the cluster: given up, their vault stays in the account with its key, and with the role by which
 * AWS Backup deletes each when its days are over. A vault with copies cannot be deleted, and of a file system they are
 * the last that there is.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-iam.html
 */
const outlives = { retainOnDelete: true } as const;

/** The backups layer on AWS: every disk, file system and database of the cluster that asks for it is copied once a day. */
export class Backups extends Layer {
    readonly vault: backup.Vault;
    /** What copies and restores. */
    readonly role: iam.Role;
    /** In another region, where the stack file asks for one. */
    readonly #away: backup.Vault | undefined;

    constructor(name: string, args: BackupsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:Backups", name, args, opts);
        const { clusterName, place } = args;

        const key = new kms.Key(
            `${name}-key`,
            {
                description: `Backups of ${clusterName}`,
                enableKeyRotation: true,
                deletionWindowInDays: 30,
                policy: keyPolicy(place),
                tags: this.tags({ Name: `${clusterName}-backups` }),
            },
            { parent: this, protect: true, ...outlives },
        );
        this.vault = new backup.Vault(
            `${name}-vault`,
            { kmsKeyArn: key.arn, tags: this.tags() },
            { parent: this, protect: true, ...outlives },
        );
        this.#lock(`${name}-lock`, this.vault, args);
        this.#away = this.#vaultAway(name, args);
        this.role = this.#role(name, args);
        const policies = this.#policies(name, args);
        const apart = Object.entries(args.backups.keep);
        const rest = this.#plan(`${name}-plan`, args.backups.keepDays, args);
        this.#select(`${name}-selection`, rest, policies, args, {
            stringNotEquals: apart.map(([layer]) => ofLayer(layer)),
        });
        for (const [layer, days] of apart) {
            const plan = this.#plan(`${name}-${layer}-plan`, days, args);
            const only = { stringEquals: [ofLayer(layer)] };
            this.#select(`${name}-${layer}-selection`, plan, policies, args, only);
        }
        if (args.backups.restoreTest === "weekly") {
            const tags = this.tags();
            const { vault, role } = this;
            const { tested = ["EBS"] } = args;
            restoreTesting(name, { clusterName, vault, role, tested, ready: policies, tags }, this);
        }
        this.registerOutputs({ vault: this.vault.name });
    }

    /**
     * The lock of the vault. AWS has one for each vault and no way to change it but to write it anew: the other
     * order, the new one first, would end with the old one's deletion and no lock at all.
     */
    #lock(name: string, vault: backup.Vault, { backups: { lock, copyTo } }: BackupsArgs): void {
        if (lock === undefined) return;
        const isAway = vault !== this.vault;
        new backup.VaultLockConfiguration(
            name,
            {
                ...(isAway && copyTo !== undefined ? { region: copyTo.region } : {}),
                backupVaultName: vault.name,
                minRetentionDays: lock.minDays,
                maxRetentionDays: lock.maxDays,
                ...(lock.mode === "compliance"
                    ? { changeableForDays: lock.changeableForDays }
                    : {}),
            },
            {
                parent: this,
                deleteBeforeReplace: true,
                // Once its days are over nobody takes it away: asking would stop the deletion of everything else.
                retainOnDelete: lock.mode === "compliance",
            },
        );
    }

    /** The vault of a second region: under a key of that region, and as locked as the first. */
    #vaultAway(name: string, args: BackupsArgs): backup.Vault | undefined {
        const { clusterName, place, backups } = args;
        if (backups.copyTo === undefined) return undefined;
        const { region } = backups.copyTo;
        const key = new kms.Key(
            `${name}-away-key`,
            {
                region,
                description: `Backups of ${clusterName}, away from ${place.region}`,
                enableKeyRotation: true,
                deletionWindowInDays: 30,
                policy: keyPolicy(place),
                tags: this.tags({ Name: `${clusterName}-backups` }),
            },
            { parent: this, protect: true, ...outlives },
        );
        const vault = new backup.Vault(
            `${name}-away-vault`,
            { region, kmsKeyArn: key.arn, tags: this.tags() },
            { parent: this, protect: true, ...outlives },
        );
        this.#lock(`${name}-away-lock`, vault, args);
        return vault;
    }

    #plan(name: string, days: number, { backups: { hourUtc, copyTo } }: BackupsArgs): backup.Plan {
        const away =
            this.#away === undefined || copyTo === undefined
                ? {}
                : {
                      copyActions: [
                          {
                              destinationVaultArn: this.#away.arn,
                              lifecycle: { deleteAfter: copyTo.keepDays },
                          },
                      ],
                  };
        return new backup.Plan(
            name,
            {
                rules: [
                    {
                        ruleName: "daily",
                        targetVaultName: this.vault.name,
                        schedule: `cron(0 ${String(hourUtc)} * * ? *)`,
                        scheduleExpressionTimezone: "Etc/UTC",
                        startWindow: 60, // minutes
                        completionWindow: 720, // minutes: the first copy of a disk of some TiB takes hours
                        // Days. Never to cold storage: there a snapshot is kept whole, and one of every day would
                        // cost more than the differences of a year.
                        lifecycle: { deleteAfter: days },
                        ...away,
                        // Beside those of the disk, which AWS Backup copies by itself.
                        recoveryPointTags: this.tags(),
                    },
                ],
                tags: this.tags(),
            },
            { parent: this },
        );
    }

    #role(name: string, { clusterName }: BackupsArgs): iam.Role {
        return new iam.Role(
            `${name}-role`,
            {
                description: `Copies and restores disks of ${clusterName}`,
                assumeRolePolicy: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: "backup.amazonaws.com" },
                            Action: "sts:AssumeRole",
                        },
                    ],
                }),
                tags: this.tags(),
            },
            { parent: this, ...outlives },
        );
    }

    #policies(name: string, { place }: BackupsArgs): pulumi.Resource[] {
        return ["Backup", "Restores"].map(
            (duty) =>
                new iam.RolePolicyAttachment(
                    `${name}-${duty.toLowerCase()}`,
                    {
                        role: this.role.name,
                        policyArn: managedPolicy(
                            place,
                            `service-role/AWSBackupServiceRolePolicyFor${duty}`,
                        ),
                    },
                    { parent: this, ...outlives },
                ),
        );
    }

    #select(
        name: string,
        plan: backup.Plan,
        policies: readonly pulumi.Resource[],
        { clusterName, place }: BackupsArgs,
        further: { stringEquals?: Tagged[]; stringNotEquals?: Tagged[] },
    ): void {
        const { stringEquals = [], stringNotEquals = [] } = further;
        const ours = Object.entries({ ...backupTag, cluster: clusterName }).map(tagged);
        new backup.Selection(
            name,
            {
                planId: plan.id,
                iamRoleArn: this.role.arn,
                resources: copied.map((kind) => `arn:${place.partition}:${kind}`),
                // Conditions must all hold; of selectionTags one would do, and disks of other clusters match it.
                conditions: [
                    {
                        stringEquals: [...ours, ...stringEquals],
                        ...(stringNotEquals.length === 0 ? {} : { stringNotEquals }),
                    },
                ],
            },
            { parent: this, dependsOn: [...policies] },
        );
    }
}

interface Tagged {
    readonly key: string;
    readonly value: string;
}

const tagged = ([key, value]: readonly [string, string]): Tagged => ({
    key: `aws:ResourceTag/${key}`,
    value,
});

const ofLayer = (layer: string): Tagged => tagged([ownerKeys.layer, layer]);
