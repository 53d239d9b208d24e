import type { Props } from "../../provider/values";
import { arnOf } from "../account";
import type { Admission, AwsType } from "../aws-type";
import { refuse } from "../aws-type";
import type { Problem } from "../grammar";
import { hex } from "../identifiers";
import { flagAt, isGiven, numberAt, textAt, textsAt } from "../look";
import {
    checkGroupsIn,
    securityGroupHeld,
    subnetsAt,
    subnetsHeld,
    vpcHeld,
    vpcOfSubnets,
} from "./ec2-references";
import { certificateType } from "./acm";
import { instanceType } from "./ec2-instance";
import { nodeGroupType } from "./eks-node-group";

export const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const targetGroupType = "aws:lb/targetGroup:TargetGroup";
const listenerType = "aws:lb/listener:Listener";

/** Zones of the names of network load balancers. @see https://docs.aws.amazon.com/general/latest/gr/elb.html */
const hostedZones: Readonly<Record<string, string>> = {
    "us-east-1": "Z26RNL4JYFTOTI",
    "us-east-2": "ZLMOA37VPKANP",
    "us-west-1": "Z24FKFUX50B4VW",
    "us-west-2": "Z18D5FSROUN65G",
    "eu-west-1": "Z2IFOLAFXWLO4F",
    "eu-central-1": "Z3F0SRJ5LGBH90",
};

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
function* nameProblems(inputs: Props): Generator<Problem> {
    const name = textAt(inputs, "name");
    if (name === undefined) return;
    if (!/^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(name))
        yield { property: "name", reason: `${name} is not up to 32 letters, digits and hyphens` };
}

function* within(inputs: Props, path: string, low: number, high: number): Generator<Problem> {
    const value = numberAt(inputs, path);
    if (value !== undefined && (value < low || value > high))
        yield { property: path, reason: `${value} is not ${low} to ${high}` };
}

function checkBalancer({ inputs, cloud, region }: Admission): void {
    const subnets = subnetsAt(cloud, inputs, "subnets");
    const zones = subnets.map(({ outputs }) => textAt(outputs, "availabilityZone"));
    if (new Set(zones).size < zones.length)
        refuse(
            "InvalidConfigurationRequest",
            "subnets: A load balancer cannot be attached to multiple subnets in the same Availability Zone",
        );
    const network = textAt(inputs, "loadBalancerType") === "network";
    if (!network && new Set(zones).size < 2)
        refuse(
            "ValidationError",
            "subnets: At least two subnets in two different Availability Zones must be specified",
        );
    const vpc = vpcOfSubnets(subnets, "subnets");
    checkGroupsIn(vpc, { cloud, region, inputs }, "securityGroups");
    if (vpc === undefined || flagAt(inputs, "internal") === true) return;
    const gateways = cloud.all("aws:ec2/internetGateway:InternetGateway");
    if (!gateways.some(({ outputs }) => textAt(outputs, "vpcId") === vpc))
        refuse("InvalidSubnet", `VPC ${vpc} has no internet gateway`);
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
function* targetGroupProblems(inputs: Props): Generator<Problem> {
    yield* nameProblems(inputs);
    if (textAt(inputs, "targetType") !== "lambda") {
        for (const property of ["port", "protocol", "vpcId"])
            if (!isGiven(inputs, property)) yield { property, reason: "is required" };
    }
    yield* within(inputs, "port", 1, 65535);
    yield* within(inputs, "deregistrationDelay", 0, 3600);
    yield* within(inputs, "healthCheck.interval", 5, 300);
    yield* within(inputs, "healthCheck.timeout", 2, 120);
    yield* within(inputs, "healthCheck.healthyThreshold", 2, 10);
    yield* within(inputs, "healthCheck.unhealthyThreshold", 2, 10);
    const path = isGiven(inputs, "healthCheck.path");
    if (path && textAt(inputs, "healthCheck.protocol") === "TCP")
        yield { property: "healthCheck.path", reason: "belongs to checks by HTTP and HTTPS" };
}

const layer4 = ["TCP", "UDP", "TCP_UDP", "TLS", "QUIC", "TCP_QUIC"];

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html */
function* listenerProblems(inputs: Props): Generator<Problem> {
    yield* within(inputs, "port", 1, 65535);
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html
    yield* within(inputs, "tcpIdleTimeoutSeconds", 60, 6000);
    const sealed = ["HTTPS", "TLS"].includes(textAt(inputs, "protocol") ?? "");
    if (sealed && !isGiven(inputs, "certificateArn"))
        yield { property: "certificateArn", reason: "is required for HTTPS and TLS" };
}

/** Targets that are machines stand in the network of their group. */
function checkTarget({ inputs, cloud }: Admission): void {
    const group = cloud.find(targetGroupType, textAt(inputs, "targetGroupArn") ?? "");
    const machine = cloud.find(instanceType, textAt(inputs, "targetId") ?? "");
    if (group === undefined || textAt(group.outputs, "targetType") !== "instance") return;
    const id = textAt(inputs, "targetId") ?? "";
    if (machine === undefined) refuse("InvalidTarget", `targetId: there is no instance ${id}`);
    const [subnet] = subnetsAt(cloud, machine.outputs, "subnetId");
    if (textAt(subnet?.outputs ?? {}, "vpcId") === textAt(group.outputs, "vpcId")) return;
    refuse("InvalidTarget", `targetId: ${id} is not in the VPC of the target group`);
}

function checkListener({ type, inputs, cloud, old }: Admission): void {
    const arn = textAt(inputs, "loadBalancerArn") ?? "";
    const balancer = [...cloud.mentioning(arn)].find((each) => each.type === balancerType);
    const protocol = textAt(inputs, "protocol") ?? "";
    const isNetwork = textAt(balancer?.outputs ?? {}, "loadBalancerType") === "network";
    if (isNetwork !== layer4.includes(protocol))
        refuse("ValidationError", `protocol: ${protocol} is none of this load balancer's`);
    if (isGiven(inputs, "certificateArn") && !["HTTPS", "TLS"].includes(protocol))
        refuse("ValidationError", `certificateArn: a listener of ${protocol} takes no certificate`);
    const port = numberAt(inputs, "port");
    for (const other of cloud.mentioning(arn)) {
        if (other.type !== type || other.id === old?.id) continue;
        if (numberAt(other.outputs, "port") === port)
            refuse("DuplicateListener", `A listener already exists on this port: ${String(port)}`);
    }
}

/** Load balancers, where they listen, and what stands behind them. */
export const lbTypes: Readonly<Record<string, AwsType>> = {
    [balancerType]: {
        autoname: { property: "name", maxLength: 32, prefixProperty: "namePrefix" },
        defaults: {
            enableCrossZoneLoadBalancing: false,
            enableDeletionProtection: false,
            internal: false,
            ipAddressType: "ipv4",
            loadBalancerType: "application",
        },
        references: [subnetsHeld("subnets"), securityGroupHeld("securityGroups")],
        unique: [{ by: ["name"], code: "DuplicateLoadBalancerName", within: "region" }],
        inputProblems: nameProblems,
        admit: checkBalancer,
        id: ({ inputs, region }) => {
            const kind = textAt(inputs, "loadBalancerType") === "network" ? "net" : "app";
            const name = `loadbalancer/${kind}/${String(textAt(inputs, "name"))}/${hex(16)}`;
            return arnOf("elasticloadbalancing", region, name);
        },
        made: ({ id, inputs, region, cloud }) => {
            const [subnet] = subnetsAt(cloud, inputs, "subnets");
            const own = id.slice(id.lastIndexOf("/") + 1);
            return {
                arn: id,
                arnSuffix: id.slice(id.indexOf(":loadbalancer/") + ":loadbalancer/".length),
                dnsName: `${String(textAt(inputs, "name"))}-${own}.elb.${region}.amazonaws.com`,
                vpcId: textAt(subnet?.outputs ?? {}, "vpcId") ?? "",
                zoneId: hostedZones[region] ?? `Z0${hex(12).toUpperCase()}`,
            };
        },
        release({ outputs }) {
            if (outputs["enableDeletionProtection"] !== true) return;
            refuse(
                "OperationNotPermitted",
                "Load balancer cannot be deleted because deletion protection is enabled",
            );
        },
        inUse: "ResourceInUse",
    },
    [targetGroupType]: {
        autoname: { property: "name", maxLength: 32, prefixProperty: "namePrefix" },
        defaults: { targetType: "instance", ipAddressType: "ipv4" },
        references: [vpcHeld("vpcId")],
        unique: [{ by: ["name"], code: "DuplicateTargetGroupName", within: "region" }],
        inputProblems: targetGroupProblems,
        id: ({ inputs, region }) =>
            arnOf(
                "elasticloadbalancing",
                region,
                `targetgroup/${String(textAt(inputs, "name"))}/${hex(16)}`,
            ),
        made: ({ id }) => ({
            arn: id,
            arnSuffix: id.slice(id.indexOf("targetgroup/")),
            loadBalancerArns: [],
        }),
        inUse: "ResourceInUse",
    },
    [listenerType]: {
        references: [
            {
                path: "loadBalancerArn",
                to: [balancerType],
                by: ["arn"],
                code: "LoadBalancerNotFound",
            },
            {
                path: "defaultActions.targetGroupArn",
                to: [targetGroupType],
                by: ["arn"],
                holds: true,
                code: "TargetGroupNotFound",
            },
            {
                path: "certificateArn",
                to: [certificateType],
                by: ["arn"],
                holds: true,
                code: "CertificateNotFound",
            },
        ],
        inputProblems: listenerProblems,
        admit: checkListener,
        id: ({ inputs }) =>
            `${(textAt(inputs, "loadBalancerArn") ?? "").replace(":loadbalancer/", ":listener/")}/${hex(16)}`,
        made: ({ id }) => ({ arn: id }),
    },
    "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
        references: [
            {
                path: "targetGroupArn",
                to: [targetGroupType],
                by: ["arn"],
                code: "TargetGroupNotFound",
            },
        ],
        admit: checkTarget,
        id: ({ inputs }) => `${String(textAt(inputs, "targetGroupArn"))}-${hex(20)}`,
    },
    "aws:autoscaling/attachment:Attachment": {
        required: ["autoscalingGroupName"],
        immutable: ["autoscalingGroupName", "elb", "lbTargetGroupArn", "region"],
        references: [
            {
                path: "autoscalingGroupName",
                to: [nodeGroupType],
                by: ["resources.autoscalingGroups.name"],
                code: "ValidationError",
            },
            {
                path: "lbTargetGroupArn",
                to: [targetGroupType],
                by: ["arn"],
                code: "ValidationError",
            },
        ],
        *inputProblems(inputs) {
            const given = ["elb", "lbTargetGroupArn"].filter((each) => isGiven(inputs, each));
            if (given.length !== 1)
                yield { property: "lbTargetGroupArn", reason: "name either it or elb" };
        },
        id: ({ inputs }) =>
            `${String(textAt(inputs, "autoscalingGroupName"))}-${textsAt(inputs, "lbTargetGroupArn").join("")}`,
    },
};
