import * as backup from "@pulumi/aws/backup";
import type * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import { backupTag } from "./backup-tag";

export interface RestoreTestingArgs {
    readonly clusterName: string;
    readonly vault: backup.Vault;
    readonly role: iam.Role;
    /** What the role must have before it restores anything. */
    readonly ready: readonly pulumi.Resource[];
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * Restores the newest copy of every disk each Sunday, and deletes what was restored after an hour: a copy that was
 * never restored is a hope. What fails is told to whoever answers for the backups.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
 */
export function restoreTesting(
    name: string,
    { clusterName, vault, role, ready, tags }: RestoreTestingArgs,
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
    new backup.RestoreTestingSelection(
        `${name}-restores`,
        {
            name: "disks",
            restoreTestingPlanName: plan.name,
            protectedResourceType: "EBS",
            protectedResourceConditions: {
                stringEquals: Object.entries({ ...backupTag, cluster: clusterName }).map(
                    ([key, value]) => ({ key: `aws:ResourceTag/${key}`, value }),
                ),
            },
            iamRoleArn: role.arn,
            validationWindowHours: 1,
        },
        { parent, dependsOn: [...ready] },
    );
}
