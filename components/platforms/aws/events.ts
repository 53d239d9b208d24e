import type * as pulumi from "@pulumi/pulumi";
import { ownerKeys } from "../../model/tags";
import type { DueNotice } from "./notice";

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html */
export function failedBackups(clusterName: string, vaultName: pulumi.Output<string>): DueNotice {
    return {
        noun: "backups",
        layer: "backups",
        description: `Backups of ${clusterName} that failed`,
        when: {
            pattern: vaultName.apply((vault) => ({
                source: ["aws.backup"],
                "detail-type": ["Backup Job State Change"],
                detail: { state: ["FAILED", "EXPIRED", "ABORTED"], backupVaultName: [vault] },
            })),
        },
    };
}

/**
 * Restores by the role of this cluster's backups that did not come to an end: the weekly trial's, and those of
 * somebody who needs their data.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
export function failedRestores(clusterName: string, roleArn: pulumi.Output<string>): DueNotice {
    return {
        noun: "restores",
        layer: "backups",
        description: `Restores of ${clusterName} that failed, those on trial included`,
        when: {
            pattern: roleArn.apply((role) => ({
                source: ["aws.backup"],
                "detail-type": ["Restore Job State Change"],
                detail: { status: ["FAILED", "ABORTED"], iamRoleArn: [role] },
            })),
        },
    };
}

/**
 * Findings of medium severity and above about this cluster, its machines, or what belongs to no cluster, such as
 * credentials of the account. One detector serves all clusters of an account: what is about another's cluster or
 * machines goes to that one's owner.
 *
 * @param layer Whose owner is told.
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
 */
export function findings(clusterName: string, layer = "security-abuse"): DueNotice {
    return {
        noun: "findings",
        layer,
        description: `Signs of misuse in ${clusterName} and its account`,
        when: {
            pattern: {
                source: ["aws.guardduty"],
                "detail-type": ["GuardDuty Finding"],
                detail: {
                    severity: [{ numeric: [">=", 4] }],
                    $or: [
                        { resource: { eksClusterDetails: { name: [clusterName] } } },
                        {
                            resource: {
                                instanceDetails: {
                                    tags: { key: [ownerKeys.cluster], value: [clusterName] },
                                },
                            },
                        },
                        {
                            resource: {
                                eksClusterDetails: { name: [{ exists: false }] },
                                instanceDetails: { instanceId: [{ exists: false }] },
                            },
                        },
                    ],
                },
            },
        },
    };
}
