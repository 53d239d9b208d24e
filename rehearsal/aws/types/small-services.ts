import { accountId, arnOf } from "../account";
import type { AwsType } from "../aws-type";
import { hex } from "../identifiers";
import { flagAt, isGiven, textAt, textsAt } from "../look";
import { key, roleArn } from "./ec2-references";

const queueType = "aws:sqs/queue:Queue";

/** Services with one or two types each: queues, snapshots. */
export const smallServiceTypes: Readonly<Record<string, AwsType>> = {
    [queueType]: {
        autoname: {
            property: "name",
            maxLength: 80,
            prefixProperty: "namePrefix",
            after: (inputs) => (flagAt(inputs, "fifoQueue") === true ? ".fifo" : ""),
        },
        defaults: {
            delaySeconds: 0,
            fifoQueue: false,
            maxMessageSize: 262144,
            messageRetentionSeconds: 345600,
            receiveWaitTimeSeconds: 0,
            sqsManagedSseEnabled: true,
            visibilityTimeoutSeconds: 30,
        },
        documents: [
            { path: "policy", kind: "resource" },
            { path: "redrivePolicy", kind: "json" },
        ],
        references: [key("kmsMasterKeyId", "KMS.NotFoundException")],
        unique: [{ by: ["name"], code: "QueueAlreadyExists", within: "region" }],
        id: ({ inputs, region }) =>
            `https://sqs.${region}.amazonaws.com/${accountId}/${String(textAt(inputs, "name"))}`,
        made: ({ id, inputs, region }) => ({
            arn: arnOf("sqs", region, String(textAt(inputs, "name"))),
            url: id,
        }),
    },
    "aws:sqs/queuePolicy:QueuePolicy": {
        required: ["policy", "queueUrl"],
        immutable: ["queueUrl"],
        documents: [{ path: "policy", kind: "resource" }],
        references: [{ path: "queueUrl", to: [queueType], code: "QueueDoesNotExist" }],
        id: ({ inputs }) => String(textAt(inputs, "queueUrl")),
    },
    "aws:dlm/lifecyclePolicy:LifecyclePolicy": {
        defaults: { state: "ENABLED" },
        references: [roleArn("executionRoleArn", "InvalidRequestException", "dlm.amazonaws.com")],
        *inputProblems(inputs) {
            const standard = !isGiven(inputs, "defaultPolicy");
            if (standard && !isGiven(inputs, "policyDetails.schedules"))
                yield { property: "policyDetails.schedules", reason: "is required" };
            if (standard && !isGiven(inputs, "policyDetails.targetTags"))
                yield {
                    property: "policyDetails.targetTags",
                    reason: "is required: it selects nothing",
                };
            for (const time of textsAt(inputs, "policyDetails.schedules.createRule.times")) {
                if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
                    yield {
                        property: "policyDetails.schedules",
                        reason: `${time} is no time of day`,
                    };
            }
        },
        id: () => `policy-0${hex(16)}`,
        made: ({ id, region }) => ({ arn: arnOf("dlm", region, `policy/${id}`) }),
    },
};
