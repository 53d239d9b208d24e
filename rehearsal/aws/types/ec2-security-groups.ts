import { accountId, arnOf } from "../account";
import type { Admission, AwsType } from "../aws-type";
import { refuse } from "../aws-type";
import { parseCidr } from "../cidr";
import type { Problem } from "../grammar";
import { ec2Id } from "../identifiers";
import { isGiven, numberAt, textAt, textsAt, shown } from "../look";
import {
    securityGroup,
    securityGroupHeld,
    securityGroupType,
    vpcHeld,
    vpcType,
} from "./ec2-references";

const sources = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];
const described = /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{0,255}$/;
const numbered = new Set(["tcp", "udp", "6", "17"]);

function* portProblems(
    inputs: Admission["inputs"],
    at: string,
    protocolKey: string,
): Generator<Problem> {
    const protocol = textAt(inputs, protocolKey);
    const from = numberAt(inputs, "fromPort");
    const to = numberAt(inputs, "toPort");
    if (protocol === undefined) return;
    if (numbered.has(protocol)) {
        for (const [name, port] of [
            ["fromPort", from],
            ["toPort", to],
        ] as const) {
            if (port !== undefined && port >= 0 && port <= 65535) continue;
            if (port === undefined && isGiven(inputs, name)) continue;
            const reason = `${protocol} takes a port from 0 to 65535`;
            yield { property: `${at}${name}`, reason };
        }
        if (from !== undefined && to !== undefined && from > to) {
            yield { property: `${at}fromPort`, reason: `${from} is above toPort ${to}` };
        }
    } else if (!/^(-1|icmp|icmpv6|[0-9]{1,3})$/.test(protocol)) {
        const reason = `${protocol} is none of tcp, udp, icmp, icmpv6, -1 and a protocol's number`;
        yield { property: `${at}${protocolKey}`, reason };
    }
}

function* ruleProblems(inputs: Admission["inputs"]): Generator<Problem> {
    const given = sources.filter((name) => isGiven(inputs, name));
    if (given.length !== 1) {
        const reason = `name exactly one of ${sources.join(", ")}; there are ${given.length}`;
        yield { property: given[0] ?? "cidrIpv4", reason };
    }
    yield* blockProblems(inputs, ["cidrIpv4", "cidrIpv6"]);
    yield* portProblems(inputs, "", "ipProtocol");
    yield* descriptionProblems(inputs);
}

function* blockProblems(inputs: Admission["inputs"], keys: readonly string[]): Generator<Problem> {
    for (const property of keys) {
        for (const block of textsAt(inputs, property)) {
            const parsed = parseCidr(block);
            if (typeof parsed === "string") yield { property, reason: parsed };
        }
    }
}

function* descriptionProblems(inputs: Admission["inputs"]): Generator<Problem> {
    const description = textAt(inputs, "description");
    if (description === undefined || described.test(description)) return;
    const reason = "is not up to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*";
    yield { property: "description", reason };
}

const compared = [...sources, "ipProtocol", "fromPort", "toPort"];

function checkDuplicate({ type, inputs, cloud, old }: Admission): void {
    const group = textAt(inputs, "securityGroupId") ?? "";
    const wanted = compared.map((name) => shown(inputs[name] ?? "")).join(" ");
    const source = sources.flatMap((name) => textsAt(inputs, name))[0] ?? "";
    for (const other of cloud.mentioning(source === "0.0.0.0/0" ? group : source)) {
        if (other.type !== type || other.id === old?.id) continue;
        if (textAt(other.outputs, "securityGroupId") !== group) continue;
        if (compared.map((name) => shown(other.outputs[name] ?? "")).join(" ") !== wanted) continue;
        refuse(
            "InvalidPermission.Duplicate",
            `the specified rule already exists in ${group}, as ${other.id}`,
        );
    }
}

function securityGroupRule(): AwsType {
    return {
        references: [
            securityGroup("securityGroupId"),
            securityGroupHeld("referencedSecurityGroupId"),
        ],
        inputProblems: ruleProblems,
        admit: checkDuplicate,
        id: () => ec2Id("sgr"),
        made: ({ id, region }) => ({
            arn: arnOf("ec2", region, `security-group-rule/${id}`),
            securityGroupRuleId: id,
        }),
    };
}

/** Security groups of EC2 and their rules. */
export const ec2SecurityGroupTypes: Readonly<Record<string, AwsType>> = {
    [securityGroupType]: {
        autoname: { property: "name", maxLength: 255, prefixProperty: "namePrefix" },
        defaults: {
            description: "Managed by Pulumi",
            egress: [],
            ingress: [],
            revokeRulesOnDelete: false,
        },
        references: [
            vpcHeld("vpcId"),
            securityGroupHeld("ingress.securityGroups"),
            securityGroupHeld("egress.securityGroups"),
        ],
        unique: [{ by: ["name", "vpcId"], code: "InvalidGroup.Duplicate", within: "region" }],
        *inputProblems(inputs) {
            yield* descriptionProblems(inputs);
            yield* blockProblems(inputs, ["ingress.cidrBlocks", "egress.cidrBlocks"]);
        },
        id: () => ec2Id("sg"),
        made: ({ id, region }) => ({
            arn: arnOf("ec2", region, `security-group/${id}`),
            ownerId: accountId,
        }),
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule(),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule(),
    "aws:ec2/securityGroupRule:SecurityGroupRule": {
        required: ["fromPort", "toPort", "protocol", "securityGroupId", "type"],
        immutable: [
            "cidrBlocks",
            "fromPort",
            "ipv6CidrBlocks",
            "prefixListIds",
            "protocol",
            "securityGroupId",
            "self",
            "sourceSecurityGroupId",
            "toPort",
            "type",
        ],
        references: [securityGroup("securityGroupId"), securityGroupHeld("sourceSecurityGroupId")],
        *inputProblems(inputs) {
            const type = textAt(inputs, "type");
            if (type !== undefined && type !== "ingress" && type !== "egress")
                yield { property: "type", reason: `${type} is neither ingress nor egress` };
            yield* portProblems(inputs, "", "protocol");
            yield* blockProblems(inputs, ["cidrBlocks", "ipv6CidrBlocks"]);
        },
        id: () => ec2Id("sgrule"),
        made: () => ({ securityGroupRuleId: ec2Id("sgr") }),
    },
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
        immutable: ["vpcId"],
        references: [{ path: "vpcId", to: [vpcType], code: "InvalidVpcID.NotFound" }],
        unique: [{ by: ["vpcId"], code: "InvalidGroup.Duplicate", within: "region" }],
        defaults: {
            egress: [],
            ingress: [],
            name: "default",
            description: "default VPC security group",
        },
        id: ({ inputs, cloud }) => {
            const vpc = cloud.find(vpcType, textAt(inputs, "vpcId") ?? "");
            return textAt(vpc?.outputs ?? {}, "defaultSecurityGroupId") ?? ec2Id("sg");
        },
        made: ({ id, region }) => ({
            arn: arnOf("ec2", region, `security-group/${id}`),
            ownerId: accountId,
        }),
    },
};
