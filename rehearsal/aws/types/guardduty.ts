import { accountId, arnOf } from "../account";
import type { Admission, AwsType } from "../aws-type";
import { refuse } from "../aws-type";
import { hex } from "../identifiers";
import { textAt, textsAt } from "../look";

export const detectorType = "aws:guardduty/detector:Detector";
export const featureType = "aws:guardduty/detectorFeature:DetectorFeature";

/** @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DetectorFeatureConfiguration.html */
const features = [
    "S3_DATA_EVENTS",
    "EKS_AUDIT_LOGS",
    "EBS_MALWARE_PROTECTION",
    "RDS_LOGIN_EVENTS",
    "EKS_RUNTIME_MONITORING",
    "LAMBDA_NETWORK_LOGS",
    "RUNTIME_MONITORING",
    "AI_PROTECTION",
    "AI_ANALYST",
];

/** @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DetectorAdditionalConfiguration.html */
const additional = ["EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"];

const runtime = ["RUNTIME_MONITORING", "EKS_RUNTIME_MONITORING"];

/** An account has one detector in each region. */
function checkSingle({ type, region, cloud, old }: Admission): void {
    const there = cloud
        .all(type)
        .find(({ id, outputs }) => id !== old?.id && outputs["region"] === region);
    if (there === undefined) return;
    refuse(
        "BadRequestException",
        `The request is rejected because a detector already exists for the current account ` +
            `(in ${region}: ${there.id}); adopt that one`,
    );
}

/** The runtime is watched by one feature or by the other. */
function checkRuntime({ type, inputs, cloud, old }: Admission): void {
    const detectorId = textAt(inputs, "detectorId") ?? "";
    if (!runtime.includes(textAt(inputs, "name") ?? "")) return;
    for (const other of cloud.mentioning(detectorId)) {
        if (other.type !== type || other.id === old?.id) continue;
        const name = textAt(other.outputs, "name") ?? "";
        if (!runtime.includes(name) || textAt(other.outputs, "status") !== "ENABLED") continue;
        refuse(
            "BadRequestException",
            `name: both RUNTIME_MONITORING and EKS_RUNTIME_MONITORING features cannot be specified ` +
                `for ${detectorId}; it has ${name}`,
        );
    }
}

/** Threat detection. @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html */
export const guarddutyTypes: Readonly<Record<string, AwsType>> = {
    [detectorType]: {
        defaults: { enable: true, findingPublishingFrequency: "SIX_HOURS" },
        admit: checkSingle,
        id: () => hex(32),
        made: ({ id, region }) => ({
            accountId,
            arn: arnOf("guardduty", region, `detector/${id}`),
        }),
    },
    [featureType]: {
        setting: true,
        required: ["detectorId", "name", "status"],
        immutable: ["detectorId", "name", "region"],
        references: [{ path: "detectorId", to: [detectorType], code: "BadRequestException" }],
        *inputProblems(inputs) {
            const name = textAt(inputs, "name");
            if (name !== undefined && !features.includes(name))
                yield { property: "name", reason: `${name} is none of ${features.join(", ")}` };
            const status = textAt(inputs, "status");
            if (status !== undefined && status !== "ENABLED" && status !== "DISABLED")
                yield { property: "status", reason: `${status} is neither ENABLED nor DISABLED` };
            const property = "additionalConfigurations";
            const more = textsAt(inputs, `${property}.name`);
            if (more.length > 0 && !runtime.includes(name ?? ""))
                yield { property, reason: `${String(name)} takes none` };
            const wrong = more.find((each) => !additional.includes(each));
            if (wrong !== undefined)
                yield { property, reason: `${wrong} is none of ${additional.join(", ")}` };
        },
        admit: checkRuntime,
        id: ({ inputs }) =>
            `${String(textAt(inputs, "detectorId"))}/${String(textAt(inputs, "name"))}`,
    },
};
