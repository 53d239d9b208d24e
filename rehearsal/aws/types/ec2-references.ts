import type { Cloud, CloudObject } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import type { Reference } from "../aws-type";
import { refuse } from "../aws-type";
import { textAt, textsAt } from "../look";
import { resolve } from "../references";

/** References that several types share. */

export const vpcType = "aws:ec2/vpc:Vpc";
export const subnetType = "aws:ec2/subnet:Subnet";
export const securityGroupType = "aws:ec2/securityGroup:SecurityGroup";
export const clusterType = "aws:eks/cluster:Cluster";
export const roleType = "aws:iam/role:Role";
export const keyType = "aws:kms/key:Key";
export const topicType = "aws:sns/topic:Topic";

export function vpcHeld(path: string): Reference {
    return { path, to: [vpcType], holds: true, code: "InvalidVpcID.NotFound" };
}

export function subnetsHeld(path: string): Reference {
    return { path, to: [subnetType], holds: true, code: "InvalidSubnetID.NotFound" };
}

/** A security group, also one that a VPC or a cluster brought along. */
export function securityGroup(path: string): Reference {
    const by = ["id", "defaultSecurityGroupId", "vpcConfig.clusterSecurityGroupId"];
    return {
        path,
        to: [securityGroupType, vpcType, clusterType],
        by,
        code: "InvalidGroup.NotFound",
    };
}

export function securityGroupHeld(path: string): Reference {
    return { ...securityGroup(path), holds: true };
}

/** A role of this account, by its ARN; roles of other accounts are theirs to keep. */
export function roleArn(path: string, code: string, assumedBy?: string): Reference {
    const trust = assumedBy === undefined ? {} : { assumedBy };
    return { path, to: [roleType], by: ["arn"], code, foreign: isServiceRole, ...trust };
}

/** AWS keeps these itself: arn:aws:iam::123456789012:role/aws-service-role/… */
function isServiceRole(arn: string): boolean {
    return arn.includes(":role/aws-service-role/");
}

/** A key by id, ARN or alias; those that AWS manages are there always. */
export function key(path: string, code = "NotFoundException"): Reference {
    return {
        path,
        to: [keyType, "aws:kms/alias:Alias"],
        by: ["id", "arn", "name"],
        foreign: (value) => /(^|:)alias\/aws\//.test(value),
        code,
    };
}

/** The key behind an id, an ARN or an alias. */
export function keyNamed(cloud: Cloud, region: string, value: string): CloudObject | undefined {
    const found = resolve(cloud, region, key(""), value);
    if (found === undefined || found.type === keyType) return found;
    return resolve(cloud, region, key(""), textAt(found.outputs, "targetKeyArn") ?? "");
}

/** The VPC that a security group stands in. */
export function vpcOfGroup(cloud: Cloud, region: string, group: string): string | undefined {
    const found = resolve(cloud, region, securityGroup(""), group);
    if (found === undefined) return undefined;
    if (found.type === vpcType) return found.id;
    return textAt(found.outputs, "vpcConfig.vpcId") ?? textAt(found.outputs, "vpcId");
}

/** The subnets that an argument names. */
export function subnetsAt(cloud: Cloud, inputs: Props, path: string): readonly CloudObject[] {
    return textsAt(inputs, path).flatMap((id) => cloud.find(subnetType, id) ?? []);
}

/** The one VPC of some subnets; refuses where there are several. */
export function vpcOfSubnets(subnets: readonly CloudObject[], path: string): string | undefined {
    const vpcs = new Set(subnets.map(({ outputs }) => textAt(outputs, "vpcId")));
    if (vpcs.size > 1)
        refuse("InvalidParameterException", `${path}: the subnets are not all in one VPC`);
    return [...vpcs][0];
}

/** Refuses security groups that stand in another VPC. */
export function checkGroupsIn(
    vpcId: string | undefined,
    { cloud, region, inputs }: { cloud: Cloud; region: string; inputs: Props },
    path: string,
): void {
    for (const group of textsAt(inputs, path)) {
        const vpcOfIt = vpcOfGroup(cloud, region, group);
        if (vpcId === undefined || vpcOfIt === vpcId) continue;
        refuse(
            "InvalidGroup.NotFound",
            `${path}: security group ${group} is in ${String(vpcOfIt)}, not in ${vpcId}`,
        );
    }
}
