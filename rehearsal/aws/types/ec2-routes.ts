import { accountId, arnOf } from "../account";
import type { Admission, AwsType } from "../aws-type";
import { refuse } from "../aws-type";
import { parseCidr } from "../cidr";
import type { Problem } from "../grammar";
import { ec2Id, hex } from "../identifiers";
import { isGiven, textAt, textsAt } from "../look";
import { checkEndpoint } from "./ec2-endpoint-rules";
import {
    checkGroupsIn,
    securityGroupHeld,
    subnetsAt,
    subnetsHeld,
    subnetType,
    vpcHeld,
    vpcOfSubnets,
    vpcType,
} from "./ec2-references";

const routeTableType = "aws:ec2/routeTable:RouteTable";
const gatewayType = "aws:ec2/internetGateway:InternetGateway";
const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";
const targets = [
    "carrierGatewayId",
    "coreNetworkArn",
    "egressOnlyGatewayId",
    "gatewayId",
    "localGatewayId",
    "natGatewayId",
    "networkInterfaceId",
    "transitGatewayId",
    "vpcEndpointId",
    "vpcPeeringConnectionId",
];
const destinations = [
    "destinationCidrBlock",
    "destinationIpv6CidrBlock",
    "destinationPrefixListId",
];

function* routeProblems(inputs: Admission["inputs"]): Generator<Problem> {
    for (const [kind, keys] of [
        ["target", targets],
        ["destination", destinations],
    ] as const) {
        const given = keys.filter((key) => isGiven(inputs, key));
        if (given.length === 1) continue;
        const reason = `name exactly one ${kind}; there are ${given.length}`;
        yield { property: given[0] ?? keys[0] ?? "", reason };
    }
    const block = textAt(inputs, "destinationCidrBlock");
    const problem = block === undefined ? undefined : parseCidr(block);
    if (typeof problem === "string") yield { property: "destinationCidrBlock", reason: problem };
}

function checkRoute({ type, inputs, cloud, old }: Admission): void {
    const tableId = textAt(inputs, "routeTableId") ?? "";
    const table = cloud.find(routeTableType, tableId);
    const vpcId = textAt(table?.outputs ?? {}, "vpcId");
    const gateway = cloud.find(gatewayType, textAt(inputs, "gatewayId") ?? "");
    if (gateway !== undefined && textAt(gateway.outputs, "vpcId") !== vpcId) {
        const there = textAt(gateway.outputs, "vpcId") ?? "no VPC";
        refuse(
            "InvalidParameterValue",
            `gatewayId: route table ${tableId} is in ${String(vpcId)}, but ${gateway.id} is ` +
                `attached to ${there}`,
        );
    }
    const wanted = destinations.flatMap((key) => textsAt(inputs, key))[0];
    for (const other of cloud.mentioning(tableId)) {
        if (other.type !== type || other.id === old?.id) continue;
        const taken = destinations.flatMap((key) => textsAt(other.outputs, key))[0];
        if (taken !== wanted) continue;
        refuse(
            "RouteAlreadyExists",
            `The route identified by ${String(wanted)} already exists in ${tableId}`,
        );
    }
}

function checkAssociation({ type, inputs, cloud, old }: Admission): void {
    const subnetId = textAt(inputs, "subnetId") ?? "";
    const tableId = textAt(inputs, "routeTableId") ?? "";
    const subnet = cloud.find(subnetType, subnetId);
    const table = cloud.find(routeTableType, tableId);
    if (subnet === undefined || table === undefined) return;
    if (textAt(subnet.outputs, "vpcId") !== textAt(table.outputs, "vpcId")) {
        const what = `route table ${tableId} and subnet ${subnetId} belong to different networks`;
        refuse("InvalidParameterValue", `subnetId: ${what}`);
    }
    for (const other of cloud.mentioning(subnetId)) {
        if (other.type !== type || other.id === old?.id) continue;
        refuse(
            "Resource.AlreadyAssociated",
            `subnetId: ${subnetId} is associated with ${String(textAt(other.outputs, "routeTableId"))} ` +
                `already; a subnet has one route table`,
        );
    }
}

/** Route tables and endpoints of EC2. */
export const ec2RouteTypes: Readonly<Record<string, AwsType>> = {
    [routeTableType]: {
        references: [
            vpcHeld("vpcId"),
            {
                path: "routes.gatewayId",
                to: [gatewayType],
                foreign: (value) => value === "local",
                code: "InvalidInternetGatewayID.NotFound",
            },
            {
                path: "routes.natGatewayId",
                to: ["aws:ec2/natGateway:NatGateway"],
                code: "InvalidNatGatewayID.NotFound",
            },
        ],
        defaults: { propagatingVgws: [], routes: [] },
        id: () => ec2Id("rtb"),
        made: ({ id, region }) => ({
            arn: arnOf("ec2", region, `route-table/${id}`),
            ownerId: accountId,
        }),
    },
    "aws:ec2/defaultRouteTable:DefaultRouteTable": {
        required: ["defaultRouteTableId"],
        immutable: ["defaultRouteTableId"],
        references: [
            {
                path: "defaultRouteTableId",
                to: [vpcType],
                by: ["defaultRouteTableId"],
                code: "InvalidRouteTableID.NotFound",
            },
        ],
        unique: [
            { by: ["defaultRouteTableId"], code: "RouteTableAlreadyExists", within: "region" },
        ],
        defaults: { propagatingVgws: [], routes: [] },
        // Adopted, never made: it has the id that its VPC came with.
        id: ({ inputs }) => textAt(inputs, "defaultRouteTableId") ?? ec2Id("rtb"),
        made: ({ id, region }) => ({
            arn: arnOf("ec2", region, `route-table/${id}`),
            ownerId: accountId,
        }),
    },
    "aws:ec2/route:Route": {
        references: [
            {
                path: "routeTableId",
                to: [routeTableType, vpcType],
                by: ["id", "mainRouteTableId", "defaultRouteTableId"],
                code: "InvalidRouteTableID.NotFound",
            },
            {
                path: "gatewayId",
                to: [gatewayType],
                foreign: (value) => value === "local",
                code: "InvalidInternetGatewayID.NotFound",
            },
            {
                path: "natGatewayId",
                to: ["aws:ec2/natGateway:NatGateway"],
                code: "InvalidNatGatewayID.NotFound",
            },
            { path: "vpcEndpointId", to: [endpointType], code: "InvalidVpcEndpointId.NotFound" },
        ],
        inputProblems: routeProblems,
        admit: checkRoute,
        id: ({ inputs }) => {
            const table = String(textAt(inputs, "routeTableId"));
            const to = destinations.flatMap((key) => textsAt(inputs, key))[0];
            return `r-${table}${digits(String(to))}`;
        },
        made: () => ({
            instanceId: "",
            instanceOwnerId: "",
            origin: "CreateRoute",
            state: "active",
        }),
    },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {
        references: [
            { path: "subnetId", to: [subnetType], code: "InvalidSubnetID.NotFound" },
            {
                path: "routeTableId",
                to: [routeTableType],
                holds: true,
                code: "InvalidRouteTableID.NotFound",
            },
        ],
        *inputProblems(inputs) {
            const given = ["subnetId", "gatewayId"].filter((name) => isGiven(inputs, name));
            if (given.length !== 1)
                yield { property: "subnetId", reason: "name either subnetId or gatewayId" };
        },
        admit: checkAssociation,
        id: () => ec2Id("rtbassoc"),
    },
    [endpointType]: {
        defaults: { vpcEndpointType: "Gateway" },
        references: [
            vpcHeld("vpcId"),
            subnetsHeld("subnetIds"),
            securityGroupHeld("securityGroupIds"),
            { path: "routeTableIds", to: [routeTableType], code: "InvalidRouteTableId.NotFound" },
        ],
        documents: [{ path: "policy", kind: "resource" }],
        *inputProblems(inputs, region) {
            const service = textAt(inputs, "serviceName");
            if (service !== undefined && !isService(service, region)) {
                const reason = `${service} is no service of ${region} such as com.amazonaws.${region}.s3`;
                yield { property: "serviceName", reason };
            }
        },
        admit(admission) {
            const { inputs, cloud } = admission;
            const vpcId = textAt(inputs, "vpcId");
            const there = vpcOfSubnets(subnetsAt(cloud, inputs, "subnetIds"), "subnetIds");
            if (there !== undefined && there !== vpcId) {
                const what = `subnetIds: the subnets are in ${there}, not in ${String(vpcId)}`;
                refuse("InvalidParameter", what);
            }
            checkGroupsIn(vpcId, admission, "securityGroupIds");
            checkEndpoint(admission);
        },
        id: () => ec2Id("vpce"),
        made: ({ id, region, inputs }) => ({
            arn: arnOf("ec2", region, `vpc-endpoint/${id}`),
            ownerId: accountId,
            state: "available",
            requesterManaged: false,
            cidrBlocks: [],
            dnsEntries: [],
            networkInterfaceIds: textsAt(inputs, "subnetIds").map(() => ec2Id("eni")),
            prefixListId: `pl-${hex(8)}`,
        }),
    },
};

function isService(name: string, region: string): boolean {
    if (/^com\.amazonaws\.(vpce\.|s3-global\.)/.test(name)) return true;
    return name.startsWith(`com.amazonaws.${region}.`) || name.startsWith("aws.");
}

/** The provider's ids of routes end in a number that it makes of the destination. */
function digits(destination: string): string {
    let sum = 0;
    for (const each of destination) sum = (sum * 31 + (each.codePointAt(0) ?? 0)) % 4294967296;
    return String(sum);
}
