import * as backup from "@pulumi/aws/backup";
import type * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import { backupTag } from "./backup-tag";

/** What AWS Backup calls disks, databases and file systems. */
export type TestedKind = keyof typeof nouns;

const nouns = { EBS: "disks", RDS: "databases", EFS: "files" } as const;

export interface RestoreTestingArgs {
    readonly clusterName: string;
    readonly vault: backup.Vault;
    readonly role: iam.Role;
    readonly tested: readonly TestedKind[];
    /** What the role must have before it restores anything. */
    readonly ready: readonly pulumi.Resource[];
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * Restores the newest copy of everything of some kinds each Sunday, and deletes what was restored after an hour: a copy that was
 * never restored is a hope. What fails is told to whoever answers for the backups.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
 */
export function restoreTesting(
    name: string,
    { clusterName, vault, role, tested, ready, tags }: RestoreTestingArgs,
    parent: pulumi.Resource,
): void {
    const plan = new backup.RestoreTestingPlan(
        `${name}-restores`,
        {
            name: `${clusterName.replaceAll("-", "_")}_restores`, // letters, digits and _ are all that AWS takes
            scheduleExpression: "cron(0 12 ? * SUN *)",
            scheduleExpressionTimezone: "Etc/UTC",
            startWindowHours: 8,
            recoveryPointSelection: {
                algorithm: "LATEST_WITHIN_WINDOW",
                includeVaults: [vault.arn],
                recoveryPointTypes: ["SNAPSHOT"],
                selectionWindowDays: 7,
            },
            tags,
        },
        { parent },
    );
    const ours = Object.entries({ ...backupTag, cluster: clusterName });
    for (const kind of tested) {
        new backup.RestoreTestingSelection(
            kind === "EBS" ? `${name}-restores` : `${name}-restores-${nouns[kind]}`,
            {
                name: nouns[kind],
                restoreTestingPlanName: plan.name,
                protectedResourceType: kind,
                protectedResourceConditions: {
                    stringEquals: ours.map(([key, value]) => {
                        return { key: `aws:ResourceTag/${key}`, value };
                    }),
                },
                iamRoleArn: role.arn,
                validationWindowHours: 1,
            },
            { parent, dependsOn: [...ready] },
        );
    }
}
