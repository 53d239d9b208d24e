import * as backup from "@pulumi/aws/backup";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { AwsSpec } from "../../model/spec/aws";
import { backupTag } from "./backup-tag";
import { keyPolicy } from "./key-policy";
import type { Place } from "./place";
import { managedPolicy } from "./place";

export interface BackupsArgs extends LayerArgs {
    readonly clusterName: string;
    readonly place: Place;
    readonly backups: AwsSpec["backups"];
}

/** Kinds of resources that hold data; what of them is copied, the conditions say. */
const copied = ["ec2:*:*:volume/*", "elasticfilesystem:*:*:file-system/*", "rds:*:*:db:*"];

/** The backups layer on AWS: every disk, file system and database of the cluster that asks for it is copied once a day. */
export class Backups extends Layer {
    readonly vault: backup.Vault;

    constructor(name: string, args: BackupsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:Backups", name, args, opts);
        const { clusterName, place } = args;
        const { keepDays, hourUtc } = args.backups;

        const key = new kms.Key(
            `${name}-key`,
            {
                description: `Backups of ${clusterName}`,
                enableKeyRotation: true,
                deletionWindowInDays: 30,
                policy: keyPolicy(place),
                tags: this.tags({ Name: `${clusterName}-backups` }),
            },
            { parent: this, protect: true },
        );
        this.vault = new backup.Vault(
            `${name}-vault`,
            { kmsKeyArn: key.arn, tags: this.tags() },
            { parent: this, protect: true },
        );
        const plan = new backup.Plan(
            `${name}-plan`,
            {
                rules: [
                    {
                        ruleName: "daily",
                        targetVaultName: this.vault.name,
                        schedule: `cron(0 ${String(hourUtc)} * * ? *)`,
                        scheduleExpressionTimezone: "Etc/UTC",
                        startWindow: 60, // minutes
                        completionWindow: 720, // minutes: the first copy of a disk of some TiB takes hours
                        lifecycle: { deleteAfter: keepDays }, // days; cold storage does not take EBS
                        recoveryPointTags: this.tags(),
                    },
                ],
                tags: this.tags(),
            },
            { parent: this },
        );
        this.#select(name, args, plan);
        this.registerOutputs({ vault: this.vault.name });
    }

    #select(name: string, { clusterName, place }: BackupsArgs, plan: backup.Plan): void {
        const role = new iam.Role(
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
            { parent: this },
        );
        const policies = ["Backup", "Restores"].map(
            (duty) =>
                new iam.RolePolicyAttachment(
                    `${name}-${duty.toLowerCase()}`,
                    {
                        role: role.name,
                        policyArn: managedPolicy(
                            place,
                            `service-role/AWSBackupServiceRolePolicyFor${duty}`,
                        ),
                    },
                    { parent: this },
                ),
        );
        new backup.Selection(
            `${name}-selection`,
            {
                planId: plan.id,
                iamRoleArn: role.arn,
                resources: copied.map((kind) => `arn:${place.partition}:${kind}`),
                // Conditions must all hold; of selectionTags one would do, and disks of other clusters match it.
                conditions: [
                    {
                        stringEquals: Object.entries({ ...backupTag, cluster: clusterName }).map(
                            ([key, value]) => ({ key: `aws:ResourceTag/${key}`, value }),
                        ),
                    },
                ],
            },
            { parent: this, dependsOn: policies },
        );
    }
}
