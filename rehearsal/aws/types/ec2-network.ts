import type { Cloud, CloudObject } from "../../provider/stand-in";
import { accountId, arnOf, zoneIdOf, zonesOf } from "../account";
import type { Admission, AwsType } from "../aws-type";
import { refuse } from "../aws-type";
import { subnetCidrProblem } from "../cidr";
import { ec2Id, hex, publicAddress } from "../identifiers";
import { isGiven, textAt, valuesAt } from "../look";
import { vpcHeld, vpcType, subnetType } from "./ec2-references";

function checkSubnet({ type, inputs, region, cloud, old }: Admission): void {
    const zone = textAt(inputs, "availabilityZone");
    if (zone !== undefined && !zonesOf(region).includes(zone)) {
        const known = zonesOf(region).join(", ");
        refuse(
            "InvalidParameterValue",
            `availabilityZone: ${zone} is no zone of ${region}; take one of ${known}`,
        );
    }
    const block = textAt(inputs, "cidrBlock");
    const vpcId = textAt(inputs, "vpcId") ?? "";
    const vpc = cloud.find(vpcType, vpcId);
    if (block === undefined || vpc === undefined) return;
    const others = [...cloud.mentioning(vpcId)]
        .filter((other) => other.type === type && other.id !== old?.id)
        .map(({ outputs }) => textAt(outputs, "cidrBlock") ?? "");
    const problem = subnetCidrProblem(block, [textAt(vpc.outputs, "cidrBlock") ?? ""], others);
    if (problem === undefined) return;
    const code = problem.includes("overlaps") ? "InvalidSubnet.Conflict" : "InvalidSubnet.Range";
    refuse(code, `cidrBlock: ${problem}`);
}

/** A gateway cannot leave a VPC while addresses there are mapped through it. */
function checkDetachable(gateway: CloudObject, cloud: Cloud): void {
    const vpcId = textAt(gateway.outputs, "vpcId");
    const mapped = cloud.all("aws:ec2/natGateway:NatGateway").find(({ outputs }) => {
        const subnet = cloud.find(subnetType, textAt(outputs, "subnetId") ?? "");
        return (
            outputs["connectivityType"] !== "private" &&
            subnet !== undefined &&
            textAt(subnet.outputs, "vpcId") === vpcId
        );
    });
    if (mapped === undefined) return;
    refuse(
        "DependencyViolation",
        `Network ${String(vpcId)} has some mapped public addresses, of NAT gateway ${mapped.id}; ` +
            `delete that first: let it depend on the internet gateway`,
    );
}

/** Networks of EC2. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export const ec2NetworkTypes: Readonly<Record<string, AwsType>> = {
    [vpcType]: {
        defaults: {
            enableDnsHostnames: false,
            enableDnsSupport: true,
            enableNetworkAddressUsageMetrics: false,
            instanceTenancy: "default",
        },
        *inputProblems(inputs) {
            if (!["cidrBlock", "ipv4IpamPoolId"].some((key) => isGiven(inputs, key))) {
                yield { property: "cidrBlock", reason: "is required where no IPAM pool is named" };
            }
        },
        id: () => ec2Id("vpc"),
        made({ id, region }) {
            const routeTable = ec2Id("rtb");
            return {
                arn: arnOf("ec2", region, `vpc/${id}`),
                ownerId: accountId,
                defaultNetworkAclId: ec2Id("acl"),
                defaultRouteTableId: routeTable,
                defaultSecurityGroupId: ec2Id("sg"),
                dhcpOptionsId: ec2Id("dopt"),
                mainRouteTableId: routeTable,
                ipv6AssociationId: "",
            };
        },
    },
    [subnetType]: {
        defaults: {
            assignIpv6AddressOnCreation: false,
            mapPublicIpOnLaunch: false,
            enableDns64: false,
            privateDnsHostnameTypeOnLaunch: "ip-name",
        },
        references: [vpcHeld("vpcId")],
        admit: checkSubnet,
        id: () => ec2Id("subnet"),
        made({ id, inputs, region }) {
            const zone = textAt(inputs, "availabilityZone") ?? zonesOf(region)[0] ?? region;
            return {
                arn: arnOf("ec2", region, `subnet/${id}`),
                ownerId: accountId,
                availabilityZone: zone,
                availabilityZoneId: zoneIdOf(zone),
                ipv6CidrBlockAssociationId: "",
            };
        },
    },
    "aws:ec2/internetGateway:InternetGateway": {
        references: [vpcHeld("vpcId")],
        admit({ type, inputs, cloud, old }) {
            const vpcId = textAt(inputs, "vpcId") ?? "";
            for (const other of cloud.mentioning(vpcId)) {
                if (other.type !== type || other.id === old?.id) continue;
                refuse(
                    "Resource.AlreadyAssociated",
                    `vpcId: ${vpcId} has the internet gateway ${other.id} attached already`,
                );
            }
        },
        id: () => ec2Id("igw"),
        made: ({ id, region }) => ({
            arn: arnOf("ec2", region, `internet-gateway/${id}`),
            ownerId: accountId,
        }),
        release: checkDetachable,
    },
    "aws:ec2/eip:Eip": {
        defaults: { domain: "vpc" },
        id: () => ec2Id("eipalloc"),
        made({ id, region }) {
            const publicIp = publicAddress();
            const host = publicIp.replaceAll(".", "-");
            const zone = region === "us-east-1" ? "compute-1" : `${region}.compute`;
            return {
                allocationId: id,
                arn: arnOf("ec2", region, `elastic-ip/${id}`),
                publicIp,
                publicDns: `ec2-${host}.${zone}.amazonaws.com`,
                networkBorderGroup: region,
                publicIpv4Pool: "amazon",
                associationId: "",
                carrierIp: "",
                customerOwnedIp: "",
                privateDns: "",
                privateIp: "",
                ptrRecord: "",
            };
        },
        inUse: "InvalidIPAddress.InUse",
    },
    "aws:ec2/natGateway:NatGateway": {
        defaults: { connectivityType: "public" },
        references: [
            { path: "subnetId", to: [subnetType], holds: true, code: "InvalidSubnetID.NotFound" },
            {
                path: "allocationId",
                to: ["aws:ec2/eip:Eip"],
                holds: true,
                code: "InvalidAllocationID.NotFound",
            },
        ],
        *inputProblems(inputs) {
            const isPublic = (textAt(inputs, "connectivityType") ?? "public") === "public";
            if (isPublic && !isGiven(inputs, "allocationId") && isGiven(inputs, "subnetId")) {
                const reason = "is required for a public gateway: the id of an elastic address";
                yield { property: "allocationId", reason };
            }
            if (!isGiven(inputs, "subnetId") && !isGiven(inputs, "vpcId")) {
                yield { property: "subnetId", reason: "is required for a zonal gateway" };
            }
        },
        admit({ type, inputs, cloud, old }) {
            const address = textAt(inputs, "allocationId") ?? "";
            for (const other of cloud.mentioning(address)) {
                if (other.type !== type || other.id === old?.id) continue;
                const what = `allocationId: ${address} is associated with ${other.id} already`;
                refuse("Resource.AlreadyAssociated", `${what}; allocate one address for each`);
            }
            checkInternet(inputs["connectivityType"] !== "private", inputs, cloud);
        },
        id: () => ec2Id("nat"),
        made({ inputs, cloud }) {
            const address = cloud.find("aws:ec2/eip:Eip", textAt(inputs, "allocationId") ?? "");
            return {
                associationId: ec2Id("eipassoc"),
                networkInterfaceId: ec2Id("eni"),
                publicIp: textAt(address?.outputs ?? {}, "publicIp") ?? "",
                privateIp: textAt(inputs, "privateIp") ?? "10.0.0.4",
                autoProvisionZones: "",
                autoScalingIps: "",
                regionalNatGatewayAddresses: [],
                regionalNatGatewayAutoMode: "",
                routeTableId: "",
            };
        },
    },
    "aws:ec2/flowLog:FlowLog": {
        defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
        references: [
            { path: "vpcId", to: [vpcType], code: "InvalidVpcID.NotFound" },
            { path: "subnetId", to: [subnetType], code: "InvalidSubnetID.NotFound" },
            {
                path: "iamRoleArn",
                to: ["aws:iam/role:Role"],
                by: ["arn"],
                code: "InvalidParameter",
            },
            {
                path: "logDestination",
                to: ["aws:cloudwatch/logGroup:LogGroup", "aws:s3/bucket:Bucket"],
                by: ["arn"],
                foreign: (value) => /^arn:[^:]*:(s3:::[^/]+\/.+|firehose:.*)$/.test(value),
                code: "InvalidParameter",
            },
        ],
        unique: [
            {
                by: ["vpcId", "trafficType", "logDestination"],
                code: "FlowLogAlreadyExists",
                within: "region",
            },
        ],
        *inputProblems(inputs) {
            if (!isGiven(inputs, "trafficType") && !isGiven(inputs, "transitGatewayId"))
                yield { property: "trafficType", reason: "is required and not given" };
            const watched = ["vpcId", "subnetId", "eniId", "transitGatewayId"].filter((key) =>
                isGiven(inputs, key),
            );
            if (watched.length !== 1)
                yield { property: "vpcId", reason: "name exactly one of vpcId, subnetId, eniId" };
            const kind = textAt(inputs, "logDestinationType") ?? "cloud-watch-logs";
            if (kind === "cloud-watch-logs" && valuesAt(inputs, "iamRoleArn").length === 0)
                yield { property: "iamRoleArn", reason: "is required for logs to CloudWatch" };
        },
        id: () => `fl-0${hex(16)}`,
        made: ({ id, region }) => ({
            arn: arnOf("ec2", region, `vpc-flow-log/${id}`),
        }),
    },
};

function checkInternet(
    isPublic: boolean,
    inputs: Admission["inputs"],
    cloud: Admission["cloud"],
): void {
    const subnet = cloud.find(subnetType, textAt(inputs, "subnetId") ?? "");
    const vpcId = textAt(subnet?.outputs ?? {}, "vpcId");
    if (!isPublic || vpcId === undefined) return;
    for (const { type } of cloud.mentioning(vpcId)) {
        if (type === "aws:ec2/internetGateway:InternetGateway") return;
    }
    refuse(
        "Gateway.NotAttached",
        `subnetId: network ${vpcId} has no Internet gateway attached; create it before a public ` +
            `NAT gateway`,
    );
}
