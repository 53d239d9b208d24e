import type { Built } from "./geolab";
import { build, geolab } from "./geolab";

type Section = Record<string, unknown>;
interface Statement {
    readonly Action: string | string[];
    readonly Resource: string;
    readonly Principal?: unknown;
    readonly Condition?: Section;
}

const statementsOf = (policy: unknown) =>
    (JSON.parse(policy as string) as { Statement: Statement[] }).Statement;

const withNetwork = (over: Section) =>
    build(
        geolab((config) => {
            const { network } = config["aws"] as { network: Section };
            Object.assign(network, over);
        }),
    );

const flowLogType = "aws:ec2/flowLog:FlowLog";
const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";
const group = "/aws/vpc/geolab/flow-log";

let built: Built;
/** With endpoints, and nothing else changed. */
let asked: Built;
beforeAll(async () => {
    built = await build(geolab());
    asked = await withNetwork({ interfaceEndpoints: ["ecr.api", "sts", "eks-auth"] });
});

describe("the flow log", () => {
    it("writes down all traffic of the network to a group of its own", () => {
        const { tags, ...inputs } = built.find(flowLogType, "network-flow-log").inputs;
        expect(inputs).toEqual({
            vpcId: "network-vpc-id",
            trafficType: "ALL",
            logDestinationType: "cloud-watch-logs",
            logDestination: "arn:of:network-flow-log-logs",
            iamRoleArn: "arn:of:network-flow-log-role",
            maxAggregationInterval: 600,
        });
        expect(tags).toMatchObject({
            "owner-layer": "network",
            "owner-role": "site-reliability-engineer",
        });
    });

    it("is sealed with a key that serves this group only, and ends after 30 days", () => {
        const logs = built.find("aws:cloudwatch/logGroup:LogGroup", "network-flow-log-logs").inputs;
        expect(logs).toMatchObject({
            name: group,
            retentionInDays: 30,
            kmsKeyId: "arn:of:network-flow-log-key",
        });
        const { policy } = built.find("aws:kms/key:Key", "network-flow-log-key").inputs;
        expect(statementsOf(policy)[1]?.Condition).toEqual({
            ArnEquals: {
                "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:us-east-2:123456789012:log-group:${group}`,
            },
        });
    });

    it("writes by a role that reaches this group only, makes none, and serves this account", () => {
        const { policy } = built.find(
            "aws:iam/rolePolicy:RolePolicy",
            "network-flow-log-writes",
        ).inputs;
        const groups = "arn:aws:logs:us-east-2:123456789012:log-group";
        expect(statementsOf(policy).map(({ Action, Resource }) => [Action, Resource])).toEqual([
            [
                ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                `${groups}:${group}:*`,
            ],
            ["logs:DescribeLogGroups", `${groups}:*`],
        ]);
        const { assumeRolePolicy } = built.find(
            "aws:iam/role:Role",
            "network-flow-log-role",
        ).inputs;
        expect(statementsOf(assumeRolePolicy)).toMatchObject([
            {
                Principal: { Service: "vpc-flow-logs.amazonaws.com" },
                Condition: {
                    StringEquals: { "aws:SourceAccount": "123456789012" },
                    ArnLike: {
                        "aws:SourceArn": "arn:aws:ec2:us-east-2:123456789012:vpc-flow-log/*",
                    },
                },
            },
        ]);
    });

    it("is kept as long, and tells as much, as the stack file says", async () => {
        const other = await withNetwork({ flowLogs: { keepDays: 365, traffic: "rejected" } });
        expect(other.find(flowLogType, "network-flow-log").inputs["trafficType"]).toBe("REJECT");
        const logs = other.find("aws:cloudwatch/logGroup:LogGroup", "network-flow-log-logs");
        expect(logs.inputs["retentionInDays"]).toBe(365);
    });
});

describe("the endpoints of AWS services", () => {
    it("are one, free of charge, where nothing is asked for: S3, open to whom users trust", () => {
        const [s3, ...others] = built.ofType(endpointType);
        expect(others).toEqual([]);
        expect(s3?.inputs).toMatchObject({
            serviceName: "com.amazonaws.us-east-2.s3",
            vpcEndpointType: "Gateway",
        });
        expect(s3?.inputs).not.toHaveProperty("policy");
        const groups = built.ofType("aws:ec2/securityGroup:SecurityGroup");
        expect(groups.filter(({ name }) => name.startsWith("network-"))).toEqual([]);
    });

    it("stand in every zone, under the services' usual names, reached from the network only", () => {
        const { tags, policy, ...inputs } = asked.find(endpointType, "network-ecr-api").inputs;
        expect(inputs).toEqual({
            vpcId: "network-vpc-id",
            serviceName: "com.amazonaws.us-east-2.ecr.api",
            vpcEndpointType: "Interface",
            subnetIds: ["a", "b", "c"].map((zone) => `network-intra-us-east-2${zone}-id`),
            securityGroupIds: ["network-endpoints-id"],
            privateDnsEnabled: true,
        });
        expect(tags).toMatchObject({ Name: "geolab-ecr-api", "owner-layer": "network" });
        expect(statementsOf(policy)).toEqual([
            {
                Sid: "OwnPrincipals",
                Effect: "Allow",
                Principal: "*",
                Action: "*",
                Resource: "*",
                Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
            },
        ]);
        const ofNetwork = ({ name }: { readonly name: string }) => name.startsWith("network-");
        const rules = asked
            .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
            .filter(ofNetwork);
        expect(rules.map(({ inputs: rule }) => [rule["cidrIpv4"], rule["fromPort"]])).toEqual([
            ["10.64.0.0/16", 443],
        ]);
        const out = asked.ofType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule");
        expect(out.filter(ofNetwork)).toEqual([]);
    });

    it("let a token be turned into a role of this account, at the one service that does so", () => {
        const { policy } = asked.find(endpointType, "network-sts").inputs;
        expect(statementsOf(policy)[1]).toEqual({
            Sid: "SignInToOwnRoles",
            Effect: "Allow",
            Principal: "*",
            Action: ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"],
            Resource: "arn:aws:iam::123456789012:role/*",
        });
    });

    it("have no policy where AWS documents none", () => {
        const { inputs } = asked.find(endpointType, "network-eks-auth");
        expect(inputs).not.toHaveProperty("policy");
    });

    it("change nothing else: what stood without them is asked for in the same words", () => {
        const before = new Map(built.resources.map((each) => [`${each.type} ${each.name}`, each]));
        const changed = asked.resources.filter(({ type, name, inputs }) => {
            const known = before.get(`${type} ${name}`);
            return known !== undefined && JSON.stringify(known.inputs) !== JSON.stringify(inputs);
        });
        expect(changed.map(({ name }) => name)).toEqual([]);
        expect(asked.resources).toHaveLength(built.resources.length + 5);
    });
});
