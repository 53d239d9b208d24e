import type { CloudObject, Cloud } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import { arnOf } from "../account";
import type { Admission, AwsType } from "../aws-type";
import { refuse } from "../aws-type";
import { hex } from "../identifiers";
import { textAt } from "../look";
import { admitsService, parseJson } from "../policy-document";
import { key, roleArn } from "./ec2-references";

const bucketType = "aws:s3/bucket:Bucket";
const bucketPolicyType = "aws:s3/bucketPolicy:BucketPolicy";
const recorderType = "aws:cfg/recorder:Recorder";
const channelType = "aws:cfg/deliveryChannel:DeliveryChannel";

const bucket = { path: "s3BucketName", to: [bucketType] } as const;

/** What a service has to be let do with a bucket before it takes it. */
function checkBucket(admission: Admission, service: string, code: string): void {
    const { inputs, cloud } = admission;
    const name = textAt(inputs, "s3BucketName") ?? "";
    const policies = [...cloud.mentioning(name)].filter(
        ({ type, outputs }) => type === bucketPolicyType && textAt(outputs, "bucket") === name,
    );
    for (const action of ["s3:GetBucketAcl", "s3:PutObject"]) {
        const admitted = policies.some(({ outputs }) =>
            admitsService(textAt(outputs, "policy") ?? "", service, action),
        );
        if (admitted) continue;
        refuse(code, `s3BucketName: the policy of ${name} does not let ${service} ${action}`);
    }
}

const inRegion = (cloud: Cloud, type: string, region: string): readonly CloudObject[] =>
    [...cloud.all(type)].filter(({ outputs }) => outputs["region"] === region);

/** An account has one in each region. */
function checkOnly({ type, region, cloud, old }: Admission, code: string, word: string): void {
    const there = inRegion(cloud, type, region).find(({ id }) => id !== old?.id);
    if (there === undefined) return;
    refuse(code, `there is the ${word} ${there.id} in ${region} already; adopt that one`);
}

/** Rules that AWS keeps, of those that anybody here asks for, with the arguments that each takes. */
const managedRules: Readonly<Record<string, RegExp>> = {
    REQUIRED_TAGS: /^tag[1-6](Key|Value)$/,
    ENCRYPTED_VOLUMES: /^kmsId$/,
};

function* ruleProblems(inputs: Props) {
    if (textAt(inputs, "source.owner") !== "AWS") return;
    const rule = textAt(inputs, "source.sourceIdentifier") ?? "";
    const takes = Object.hasOwn(managedRules, rule) ? managedRules[rule] : undefined;
    if (takes === undefined) {
        yield {
            property: "source.sourceIdentifier",
            reason: `${rule} is no managed rule that the rehearsal knows`,
        };
        return;
    }
    const parameters = parseJson(textAt(inputs, "inputParameters") ?? "{}");
    const wrong = Object.keys((parameters ?? {}) as object).find((each) => !takes.test(each));
    if (wrong !== undefined)
        yield { property: "inputParameters", reason: `${rule} takes no ${wrong}` };
}

/** Records of an account: who did what, and what became of it. */
export const auditTypes: Readonly<Record<string, AwsType>> = {
    "aws:cloudtrail/trail:Trail": {
        autoname: { property: "name", maxLength: 128 },
        defaults: {
            enableLogFileValidation: false,
            enableLogging: true,
            includeGlobalServiceEvents: true,
            isMultiRegionTrail: false,
            isOrganizationTrail: false,
        },
        references: [
            { ...bucket, code: "S3BucketDoesNotExistException" },
            key("kmsKeyId", "KmsKeyNotFoundException"),
        ],
        unique: [{ by: ["name"], code: "TrailAlreadyExistsException", within: "region" }],
        admit(admission) {
            const { type, cloud, region, old } = admission;
            // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
            const others = inRegion(cloud, type, region).filter(({ id }) => id !== old?.id);
            if (others.length >= 5)
                refuse("MaximumNumberOfTrailsExceededException", `${region} has 5 trails already`);
            checkBucket(
                admission,
                "cloudtrail.amazonaws.com",
                "InsufficientS3BucketPolicyException",
            );
        },
        id: ({ inputs, region }) =>
            arnOf("cloudtrail", region, `trail/${String(textAt(inputs, "name"))}`),
        made: ({ id, region }) => ({ arn: id, homeRegion: region, snsTopicArn: "" }),
    },
    [recorderType]: {
        defaults: { name: "default" },
        references: [roleArn("roleArn", "InvalidRoleException", "config.amazonaws.com")],
        admit(admission) {
            checkOnly(admission, "MaxNumberOfConfigurationRecordersExceededException", "recorder");
        },
        id: ({ inputs }) => textAt(inputs, "name") ?? "default",
    },
    [channelType]: {
        defaults: { name: "default" },
        references: [{ ...bucket, code: "NoSuchBucketException" }],
        admit(admission) {
            checkOnly(
                admission,
                "MaxNumberOfDeliveryChannelsExceededException",
                "delivery channel",
            );
            if (inRegion(admission.cloud, recorderType, admission.region).length === 0)
                refuse(
                    "NoAvailableConfigurationRecorderException",
                    "a channel delivers what a recorder records",
                );
            checkBucket(admission, "config.amazonaws.com", "InsufficientDeliveryPolicyException");
        },
        id: ({ inputs }) => textAt(inputs, "name") ?? "default",
        release({ outputs }, cloud) {
            const on = inRegion(
                cloud,
                "aws:cfg/recorderStatus:RecorderStatus",
                textAt(outputs, "region") ?? "",
            );
            if (on.some((each) => each.outputs["isEnabled"] === true))
                refuse(
                    "LastDeliveryChannelDeleteFailedException",
                    "Failed to delete last specified delivery channel, because there is a running configuration recorder",
                );
        },
    },
    "aws:cfg/recorderStatus:RecorderStatus": {
        setting: true,
        references: [
            { path: "name", to: [recorderType], code: "NoSuchConfigurationRecorderException" },
        ],
        admit({ inputs, cloud, region }) {
            if (inputs["isEnabled"] !== true || inRegion(cloud, channelType, region).length > 0)
                return;
            refuse(
                "NoAvailableDeliveryChannelException",
                "Delivery channel is not available to start configuration recorder",
            );
        },
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
    },
    "aws:cfg/rule:Rule": {
        autoname: { property: "name", maxLength: 128 },
        unique: [{ by: ["name"], code: "ResourceInUseException", within: "region" }],
        inputProblems: ruleProblems,
        admit({ cloud, region }) {
            if (inRegion(cloud, recorderType, region).length > 0) return;
            refuse(
                "NoAvailableConfigurationRecorderException",
                "Configuration recorder is not available to put config rule",
            );
        },
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
        made: ({ region }) => {
            const ruleId = `config-rule-${hex(6)}`;
            return { arn: arnOf("config", region, `config-rule/${ruleId}`), ruleId };
        },
    },
};
