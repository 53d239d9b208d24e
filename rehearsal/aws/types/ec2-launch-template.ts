import { arnOf } from "../account";
import type { Admission, AwsType } from "../aws-type";
import { refuse } from "../aws-type";
import type { Problem } from "../grammar";
import { ec2Id } from "../identifiers";
import { blocksAt, isGiven, textAt, textsAt, shown } from "../look";
import { isInstanceType } from "../published";
import { volumeProblem } from "./ebs-volume-rules";
import { key, securityGroup } from "./ec2-references";

export const launchTemplateType = "aws:ec2/launchTemplate:LaunchTemplate";

/** What a launch can tag. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateTagSpecificationRequest.html */
const tagged = new Set([
    "instance",
    "volume",
    "network-interface",
    "elastic-gpu",
    "spot-instances-request",
]);

function* templateProblems(inputs: Admission["inputs"]): Generator<Problem> {
    const instanceType = textAt(inputs, "instanceType");
    if (instanceType !== undefined && !isInstanceType(instanceType))
        yield { property: "instanceType", reason: `${instanceType} is no instance type of EC2` };
    const kinds = textsAt(inputs, "tagSpecifications.resourceType");
    for (const kind of kinds) {
        if (tagged.has(kind)) continue;
        const reason = `${kind} is none of ${[...tagged].join(", ")}`;
        yield { property: "tagSpecifications.resourceType", reason };
    }
    const twice = kinds.find((kind, at) => kinds.indexOf(kind) !== at);
    if (twice !== undefined)
        yield { property: "tagSpecifications", reason: `${twice} is specified twice` };
    for (const volume of blocksAt(inputs, "blockDeviceMappings.ebs")) {
        const problem = volumeProblem({
            size: volume["volumeSize"],
            type: volume["volumeType"],
            iops: volume["iops"],
            throughput: volume["throughput"],
        });
        if (problem !== undefined) yield { property: "blockDeviceMappings.ebs", reason: problem };
    }
    const image = textAt(inputs, "imageId");
    if (image !== undefined && !/^(ami-[0-9a-f]{8}([0-9a-f]{9})?|resolve:ssm:.+)$/.test(image))
        yield { property: "imageId", reason: `${image} is no image id such as ami-0abc…` };
    const userData = textAt(inputs, "userData");
    if (userData !== undefined && !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(userData))
        yield { property: "userData", reason: "is not base64" };
    if (isGiven(inputs, "networkInterfaces") && textsAt(inputs, "vpcSecurityGroupIds").length > 0) {
        const reason = "name them in networkInterfaces: a template takes one of the two";
        yield { property: "vpcSecurityGroupIds", reason };
    }
}

/** Launch templates of EC2. */
export const ec2LaunchTemplateTypes: Readonly<Record<string, AwsType>> = {
    [launchTemplateType]: {
        autoname: { property: "name", maxLength: 125, prefixProperty: "namePrefix" },
        references: [
            securityGroup("vpcSecurityGroupIds"),
            securityGroup("networkInterfaces.securityGroups"),
            key("blockDeviceMappings.ebs.kmsKeyId", "InvalidParameterValue"),
            {
                path: "iamInstanceProfile.arn",
                to: ["aws:iam/instanceProfile:InstanceProfile"],
                by: ["arn"],
                code: "InvalidIamInstanceProfileArn.Malformed",
            },
        ],
        unique: [
            {
                by: ["name"],
                code: "InvalidLaunchTemplateName.AlreadyExistsException",
                within: "region",
            },
        ],
        inputProblems: templateProblems,
        admit({ inputs, old }) {
            const asked = inputs["defaultVersion"];
            const latest = Number(old?.outputs["latestVersion"] ?? 0) + 1;
            if (asked === undefined || Number(asked) <= latest) return;
            refuse("InvalidLaunchTemplateId.VersionNotFound", `defaultVersion: ${shown(asked)}`);
        },
        id: () => ec2Id("lt"),
        made: ({ id, region }) => ({ arn: arnOf("ec2", region, `launch-template/${id}`) }),
        computed({ inputs, old }) {
            const latest = Number(old?.outputs["latestVersion"] ?? 0) + 1;
            const kept = Number(old?.outputs["defaultVersion"] ?? 1);
            const follows = inputs["updateDefaultVersion"] === true;
            const chosen = inputs["defaultVersion"] ?? (follows ? latest : kept);
            return { latestVersion: latest, defaultVersion: chosen };
        },
    },
};
