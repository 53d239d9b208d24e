import type * as pulumi from "@pulumi/pulumi";
import { ownerKeys } from "../../model/tags";

/** Events of AWS that somebody must hear of; whoever answers for the layer does. */
export interface DueEvent {
    readonly noun: string;
    /** The layer that the events are about. */
    readonly layer: string;
    readonly meaning: string;
    /** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
    readonly pattern: pulumi.Input<Readonly<Record<string, unknown>>>;
}

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html */
export function failedBackups(clusterName: string, vaultName: pulumi.Output<string>): DueEvent {
    return {
        noun: "backups",
        layer: "backups",
        meaning: `Backups of ${clusterName} that failed`,
        pattern: vaultName.apply((vault) => ({
            source: ["aws.backup"],
            "detail-type": ["Backup Job State Change"],
            detail: { state: ["FAILED", "EXPIRED", "ABORTED"], backupVaultName: [vault] },
        })),
    };
}

/**
 * Restores by the role of this cluster's backups that did not come to an end: the weekly trial's, and those of
 * somebody who needs their data.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
export function failedRestores(clusterName: string, roleArn: pulumi.Output<string>): DueEvent {
    return {
        noun: "restores",
        layer: "backups",
        meaning: `Restores of ${clusterName} that failed, those on trial included`,
        pattern: roleArn.apply((role) => ({
            source: ["aws.backup"],
            "detail-type": ["Restore Job State Change"],
            detail: { status: ["FAILED", "ABORTED"], iamRoleArn: [role] },
        })),
    };
}

/**
 * Findings of medium severity and above about this cluster, its machines, or what belongs to no cluster, such as
 * credentials of the account. One detector serves all clusters of an account: what is about another's cluster or
 * machines goes to that one's owner.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
 */
export function findings(clusterName: string): DueEvent {
    return {
        noun: "findings",
        layer: "security-abuse",
        meaning: `Signs of misuse in ${clusterName} and its account`,
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
    };
}
