import type { CloudObject } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import { arnOf } from "../account";
import type { Admission, AwsType } from "../aws-type";
import { refuse } from "../aws-type";
import type { Problem } from "../grammar";
import { isGiven, numberAt, textAt, textsAt, shown } from "../look";
import { uuid } from "../identifiers";
import { processorOf } from "../lookups/images";
import { scalingProblems } from "./eks-cluster";
import { isArm, minorOf } from "./eks-versions";
import { clusterType, roleArn, subnetsAt, subnetsHeld, vpcOfSubnets } from "./ec2-references";
import { launchTemplateType } from "./ec2-launch-template";

export const nodeGroupType = "aws:eks/nodeGroup:NodeGroup";
const releasePattern = /^\d+\.\d+\.\d+-\d{8}$/;
const mime = /^\s*(MIME-Version:|Content-Type:\s*multipart\/)/i;

function* nodeGroupProblems(inputs: Props): Generator<Problem> {
    yield* scalingProblems(inputs);
    const image = textAt(inputs, "amiType");
    for (const instance of textsAt(inputs, "instanceTypes")) {
        const arm = image?.includes("ARM_64");
        if (image === undefined || image === "CUSTOM" || isArm(instance) === arm) continue;
        const reason = `${instance} is not a valid instance type for requested amiType ${image}`;
        yield { property: "instanceTypes", reason };
    }
    const release = textAt(inputs, "releaseVersion");
    const bottlerocket = image?.startsWith("BOTTLEROCKET") === true;
    if (
        release !== undefined &&
        !bottlerocket &&
        image !== undefined &&
        !releasePattern.test(release)
    )
        yield { property: "releaseVersion", reason: "is no release such as 1.34.1-20260102" };
    const version = textAt(inputs, "version");
    if (release !== undefined && version !== undefined && releasePattern.test(release)) {
        if (!release.startsWith(`${version}.`))
            yield { property: "releaseVersion", reason: `${release} is not of version ${version}` };
    }
    if (textsAt(inputs, "subnetIds").length === 0 && !isGiven(inputs, "subnetIds"))
        yield { property: "subnetIds", reason: "names no subnet" };
    if (!isGiven(inputs, "launchTemplate")) return;
    for (const property of ["diskSize", "remoteAccess"]) {
        if (isGiven(inputs, property))
            yield { property, reason: "belongs into the launch template where there is one" };
    }
    const named = ["id", "name"].filter((each) => isGiven(inputs, `launchTemplate.${each}`));
    if (named.length !== 1)
        yield { property: "launchTemplate", reason: "name either its id or its name" };
}

function templateOf({ inputs, cloud }: Admission): CloudObject | undefined {
    const id = textAt(inputs, "launchTemplate.id");
    if (id !== undefined) return cloud.find(launchTemplateType, id);
    for (const object of cloud.mentioning(textAt(inputs, "launchTemplate.name") ?? ""))
        if (object.type === launchTemplateType) return object;
    return undefined;
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html */
function checkTemplate(admission: Admission): void {
    const { inputs } = admission;
    const template = templateOf(admission);
    if (template === undefined) return;
    const code = "InvalidParameterException";
    const wanted = textAt(inputs, "launchTemplate.version") ?? "$Default";
    const latest = numberAt(template.outputs, "latestVersion") ?? 1;
    const numbered = /^[1-9]\d*$/.test(wanted) && Number(wanted) <= latest;
    if (!numbered && wanted !== "$Latest" && wanted !== "$Default")
        refuse(
            code,
            `launchTemplate.version: ${template.id} has no version ${wanted}, only 1 to ${latest}`,
        );
    const both = isGiven(template.outputs, "instanceType") && isGiven(inputs, "instanceTypes");
    if (both) refuse(code, "instanceTypes: the launch template names an instance type already");
    for (const left of ["iamInstanceProfile", "instanceMarketOptions", "hibernationOptions"]) {
        if (isGiven(template.outputs, left))
            refuse(code, `launchTemplate: a node group takes no template with ${left}`);
    }
    if (isGiven(template.outputs, "networkInterfaces.subnetId"))
        refuse(code, "launchTemplate: a node group takes no template with a subnet");
    checkImage(template.outputs, inputs);
}

function checkImage(template: Props, inputs: Props): void {
    const code = "InvalidParameterException";
    const kind = textAt(inputs, "amiType");
    if (isGiven(template, "imageId")) {
        if (kind !== undefined && kind !== "CUSTOM")
            refuse(
                code,
                `amiType: ${kind} with an image in the launch template; CUSTOM or nothing`,
            );
        const pinned = ["version", "releaseVersion"].find((each) => isGiven(inputs, each));
        if (pinned !== undefined)
            refuse(code, `${pinned}: the launch template names an image, which has its version`);
        checkProcessor(template, inputs);
        return;
    }
    const userData = textAt(template, "userData");
    if (userData === undefined || kind?.startsWith("BOTTLEROCKET") === true) return;
    if (mime.test(Buffer.from(userData, "base64").toString("utf8"))) return;
    refuse(
        "Ec2LaunchTemplateInvalidConfiguration",
        "launchTemplate: User data was not in the MIME multipart format, as EKS needs it to add its own",
    );
}

/** The scaling group tries the template out. @see https://github.com/eksctl-io/eksctl/issues/8235 */
function checkProcessor(template: Props, inputs: Props): void {
    const processor = processorOf(textAt(template, "imageId") ?? "");
    const type = textsAt(inputs, "instanceTypes").find(
        (each) => processor !== undefined && isArm(each) !== (processor === "arm64"),
    );
    if (type === undefined) return;
    const own = isArm(type) ? "arm64" : "x86_64";
    const what = `The architecture '${own}' of the specified instance type does not match the architecture '${processor ?? ""}' of the specified AMI`;
    refuse("InvalidRequestException", `instanceTypes: ${type}: ${what}`);
}

function checkPlace({ inputs, cloud }: Admission): void {
    const cluster = cloud.find(clusterType, textAt(inputs, "clusterName") ?? "");
    const vpcId = textAt(cluster?.outputs ?? {}, "vpcConfig.vpcId");
    const there = vpcOfSubnets(subnetsAt(cloud, inputs, "subnetIds"), "subnetIds");
    if (there !== vpcId) {
        const what = `the subnets are in ${String(there)}, the cluster in ${String(vpcId)}`;
        refuse("InvalidParameterException", `subnetIds: ${what}`);
    }
    const ofCluster = minorOf(textAt(cluster?.outputs ?? {}, "version") ?? "");
    const own = minorOf(textAt(inputs, "version") ?? "");
    if (ofCluster === undefined || own === undefined) return;
    if (own > ofCluster || own < ofCluster - 3)
        refuse(
            "InvalidParameterException",
            `version: nodes of 1.${own} do not fit a cluster of 1.${ofCluster}: up to three older, none newer`,
        );
}

/** Managed node groups of EKS. @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
export const eksNodeGroupTypes: Readonly<Record<string, AwsType>> = {
    [nodeGroupType]: {
        autoname: {
            property: "nodeGroupName",
            maxLength: 63,
            prefixProperty: "nodeGroupNamePrefix",
        },
        references: [
            {
                path: "clusterName",
                to: [clusterType],
                holds: true,
                code: "ResourceNotFoundException",
            },
            roleArn("nodeRoleArn", "InvalidParameterException", "ec2.amazonaws.com"),
            subnetsHeld("subnetIds"),
            {
                path: "launchTemplate.id",
                to: [launchTemplateType],
                code: "InvalidParameterException",
            },
            {
                path: "launchTemplate.name",
                to: [launchTemplateType],
                by: ["name"],
                code: "InvalidParameterException",
            },
        ],
        unique: [
            {
                by: ["nodeGroupName", "clusterName"],
                code: "ResourceInUseException",
                within: "region",
            },
        ],
        inputProblems: nodeGroupProblems,
        admit(admission) {
            checkTemplate(admission);
            checkPlace(admission);
        },
        id: ({ inputs }) =>
            `${String(textAt(inputs, "clusterName"))}:${String(textAt(inputs, "nodeGroupName"))}`,
        made({ inputs, region }) {
            const number = uuid();
            const name = String(textAt(inputs, "nodeGroupName"));
            const cluster = String(textAt(inputs, "clusterName"));
            return {
                arn: arnOf("eks", region, `nodegroup/${cluster}/${name}/${number}`),
                resources: [
                    {
                        autoscalingGroups: [{ name: `eks-${name}-${number}` }],
                        remoteAccessSecurityGroupId: "",
                    },
                ],
                status: "ACTIVE",
            };
        },
        computed({ inputs, cloud, old }) {
            const cluster = cloud.find(clusterType, textAt(inputs, "clusterName") ?? "");
            const version =
                inputs["version"] ?? old?.outputs["version"] ?? cluster?.outputs["version"] ?? "";
            const templated = isGiven(inputs, "launchTemplate");
            return {
                amiType: inputs["amiType"] ?? "AL2023_x86_64_STANDARD",
                capacityType: inputs["capacityType"] ?? "ON_DEMAND",
                ...(templated ? {} : { diskSize: inputs["diskSize"] ?? 20 }),
                instanceTypes: inputs["instanceTypes"] ?? (templated ? [] : ["t3.medium"]),
                version,
                releaseVersion: inputs["releaseVersion"] ?? `${shown(version)}.0-20260101`,
                updateConfig: inputs["updateConfig"] ?? { maxUnavailable: 1 },
            };
        },
    },
};
