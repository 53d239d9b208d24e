import type * as pulumi from "@pulumi/pulumi";
import type { DueNotice } from "../notice";

/**
 * Windows of patches that did not come to an end, and machines that lack patches after one.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-eventbridge-events.html
 */
export function patchNotices(clusterName: string): DueNotice[] {
    return [
        {
            noun: "patches-failed",
            layer: "patching",
            description: `Windows of patches of ${clusterName} that failed or ran out of time`,
            when: {
                pattern: {
                    source: ["aws.ssm"],
                    "detail-type": ["Maintenance Window Execution State-change Notification"],
                    detail: { status: ["FAILED", "TIMED_OUT", "SKIPPED_OVERLAPPING"] },
                },
            },
        },
        {
            noun: "patches-missing",
            layer: "patching",
            description: `Machines of the account of ${clusterName} that lack patches`,
            when: {
                pattern: {
                    source: ["aws.ssm"],
                    "detail-type": ["Configuration Compliance State Change"],
                    detail: {
                        "compliance-type": ["Patch"],
                        "compliance-status": ["non_compliant"],
                    },
                },
            },
        },
    ];
}

/**
 * Machines on which the agent that says how full they are could not be installed or started.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html
 */
export function agentNotice(clusterName: string, document: pulumi.Input<string>): DueNotice {
    return {
        noun: "agent-failed",
        layer: "service-monitoring",
        description: `Machines of ${clusterName} that do not say how full they are`,
        when: {
            pattern: {
                source: ["aws.ssm"],
                "detail-type": ["EC2 State Manager Instance Association State Change"],
                detail: { "document-name": [document], status: ["Failed", "TimedOut"] },
            },
        },
    };
}

/** What AWS Config's rule found to name no owner. */
export function unownedNotice(clusterName: string): DueNotice {
    return {
        noun: "unowned",
        layer: "intrusion-detection",
        description: `What in the account of ${clusterName} names no owner`,
        when: {
            pattern: {
                source: ["aws.config"],
                "detail-type": ["Config Rules Compliance Change"],
                detail: {
                    configRuleName: [`${clusterName}-owned`],
                    newEvaluationResult: { complianceType: ["NON_COMPLIANT"] },
                },
            },
        },
    };
}
