import {
    AllocateAddressCommand,
    DescribeSubnetsCommand,
    EC2Client,
    RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import { CreateFileSystemCommand, EFSClient } from "@aws-sdk/client-efs";
import { CreateClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import {
    CreateLoadBalancerCommand,
    ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { clustersCheck } from "../../../stacks/commands/doctor/checks/clusters";
import { databasesCheck } from "../../../stacks/commands/doctor/checks/databases";
import { elasticAddressesCheck } from "../../../stacks/commands/doctor/checks/elastic-addresses";
import { fileSystemsCheck } from "../../../stacks/commands/doctor/checks/file-systems";
import { loadBalancersCheck } from "../../../stacks/commands/doctor/checks/load-balancers";
import { nodeGroupsCheck } from "../../../stacks/commands/doctor/checks/node-groups";
import { vcpusCheck } from "../../../stacks/commands/doctor/checks/vcpus";
import type { AwsFront } from "../../support/aws-front";
import { startAwsFront } from "../../support/aws-front";
import type { Moto } from "../../support/moto";
import { describeWithMoto, startMoto } from "../../support/moto";
import { exampleTarget, keys, pointAwsAt } from "./example-target";

/** Milliseconds: a server starts, and AWS clients load, beside other tests. */
jest.setTimeout(30_000);

const client = { region: "us-east-2", credentials: keys };
const ofStack = [
    { Key: "cluster", Value: "reef" },
    { Key: "managed-by", Value: "steward" },
];
const more = (service: string, code: string, value: number) =>
    "ask for more: aws service-quotas request-service-quota-increase " +
    `--service-code ${service} --quota-code ${code} --desired-value ${String(value)} --region us-east-2`;

interface Tag {
    readonly Key: string;
    readonly Value: string;
}

// moto knows the quotas of VPCs only: all others are answered in front of it.
describeWithMoto("quotas, against moto", (path) => {
    let moto: Moto;
    let front: AwsFront;
    beforeAll(async () => {
        moto = await startMoto(path);
        front = await startAwsFront(moto.url);
        pointAwsAt(front.url);
    }, 40_000);
    beforeEach(() => moto.reset());
    afterAll(async () => {
        await front.stop();
        await moto.stop();
    });

    const quotas = (
        applied: Record<string, number>,
        defaults: Record<string, number> = {},
    ): void => {
        front.answer = ({ operation, body }) => {
            if (!operation.endsWith("ServiceQuota")) return undefined;
            const { QuotaCode } = JSON.parse(body) as { QuotaCode: string };
            const known = operation === "GetServiceQuota" ? applied : defaults;
            const Value = known[QuotaCode];
            if (Value !== undefined)
                return { body: JSON.stringify({ Quota: { QuotaCode, Value } }) };
            const body400 = { __type: "NoSuchResourceException", Message: "no such quota" };
            return { status: 400, body: JSON.stringify(body400) };
        };
    };
    const allocate = async (Tags: Tag[]): Promise<void> => {
        const TagSpecifications = [{ ResourceType: "elastic-ip" as const, Tags }];
        const input = {
            Domain: "vpc" as const,
            ...(Tags.length === 0 ? {} : { TagSpecifications }),
        };
        await new EC2Client(client).send(new AllocateAddressCommand(input));
    };
    const start = async (
        type: "m5.large" | "g4dn.xlarge",
        count: number,
        { ours = false, spot = false } = {},
    ) => {
        const TagSpecifications = [{ ResourceType: "instance" as const, Tags: ofStack }];
        await new EC2Client(client).send(
            new RunInstancesCommand({
                ImageId: "ami-12c6146b",
                InstanceType: type,
                MinCount: count,
                MaxCount: count,
                ...(ours ? { TagSpecifications } : {}),
                ...(spot ? { InstanceMarketOptions: { MarketType: "spot" } } : {}),
            }),
        );
    };

    it("needs an address for each NAT gateway beside those that others hold", async () => {
        const id = "elastic-addresses";
        const code = "L-0263D0A3";
        quotas({ [code]: 5 });
        await allocate([]);
        await allocate([]);
        await allocate(ofStack);
        const message = "elastic addresses: needs 3, free are 3 of 5";
        expect(await elasticAddressesCheck.run(exampleTarget())).toEqual([
            { id, status: "ok", message },
        ]);
        await allocate([]);
        expect(await elasticAddressesCheck.run(exampleTarget())).toEqual([
            {
                id,
                status: "lacking",
                message: "elastic addresses: needs 3, free are 2 of 5",
                fix: more("ec2", code, 6),
            },
        ]);
        const single = exampleTarget({ natGateways: "single" });
        expect((await elasticAddressesCheck.run(single)).map(({ message }) => message)).toEqual([
            "elastic addresses: needs 1, free are 2 of 5",
        ]);
    });

    it("takes AWS's default where no quota was applied to the account", async () => {
        quotas({}, { "L-1194D53C": 2 });
        expect(await clustersCheck.run(exampleTarget())).toEqual([
            {
                id: "clusters",
                status: "ok",
                message: "EKS clusters of the region: needs 1, free are 2 of 2",
            },
        ]);
    });

    it("counts the clusters of other names", async () => {
        quotas({ "L-1194D53C": 1 });
        const make = (name: string) =>
            new EKSClient(client).send(
                new CreateClusterCommand({
                    name,
                    roleArn: "arn:aws:iam::123456789012:role/eks",
                    resourcesVpcConfig: { subnetIds: ["subnet-1", "subnet-2"] },
                }),
            );
        await make("reef");
        expect((await clustersCheck.run(exampleTarget())).map(({ status }) => status)).toEqual([
            "ok",
        ]);
        await make("atoll");
        expect(await clustersCheck.run(exampleTarget())).toEqual([
            {
                id: "clusters",
                status: "lacking",
                message: "EKS clusters of the region: needs 1, free are 0 of 1",
                fix: more("eks", "L-1194D53C", 2),
            },
        ]);
    });

    // Core: 2 x r5.xlarge (4 vCPUs). Users: 10 x r5.xlarge and 10 x r5.4xlarge (16). First 12, in full 208.
    it("needs vCPUs for all core nodes and the first user, and tells what full scale needs", async () => {
        const id = "vcpus.L-1216C47A";
        const counted = "vCPUs of on-demand standard instances";
        quotas({ "L-1216C47A": 208 });
        expect(await vcpusCheck.run(exampleTarget())).toEqual([
            { id, status: "ok", message: `${counted}: needs 12, free are 208 of 208` },
        ]);
        // 3 x 2 vCPUs of others count; the stack's own and those of another quota do not.
        await start("m5.large", 3);
        await start("m5.large", 1, { ours: true });
        await start("g4dn.xlarge", 1);
        expect(await vcpusCheck.run(exampleTarget())).toEqual([
            { id, status: "ok", message: `${counted}: needs 12, free are 202 of 208` },
            {
                id: `${id}.full`,
                status: "warning",
                message: `${counted}: with every node group at its max 208, free are 202`,
                fix: `lower the max of steward:aws.nodes, or ${more("ec2", "L-1216C47A", 214)}`,
            },
        ]);
        quotas({ "L-1216C47A": 16 });
        expect(await vcpusCheck.run(exampleTarget())).toEqual([
            {
                id,
                status: "lacking",
                message: `${counted}: needs 12, free are 10 of 16`,
                fix: more("ec2", "L-1216C47A", 18),
            },
        ]);
    });

    // Of two types with 4 vCPUs each, 5 machines at the most in one group: first 4, in full 20.
    it("asks for spot machines what spot machines count against", async () => {
        const id = "vcpus.L-34B43A08";
        const counted = "vCPUs of spot standard instances";
        const dask = { instanceTypes: ["r5.xlarge", "r6i.xlarge"], max: 5 };
        const spot = async () => {
            const found = await vcpusCheck.run(exampleTarget({ dask }));
            return found.filter((each) => each.id.startsWith(id));
        };
        quotas({ "L-1216C47A": 1000, "L-34B43A08": 20 });
        await start("m5.large", 3);
        expect(await spot()).toEqual([
            { id, status: "ok", message: `${counted}: needs 4, free are 20 of 20` },
        ]);
        await start("m5.large", 2, { spot: true });
        expect(await spot()).toEqual([
            { id, status: "ok", message: `${counted}: needs 4, free are 16 of 20` },
            {
                id: `${id}.full`,
                status: "warning",
                message: `${counted}: with every node group at its max 20, free are 16`,
                fix: `lower the max of steward:aws.nodes, or ${more("ec2", "L-34B43A08", 24)}`,
            },
        ]);
        quotas({ "L-1216C47A": 1000, "L-34B43A08": 5 });
        expect(await spot()).toEqual([
            {
                id,
                status: "lacking",
                message: `${counted}: needs 4, free are 1 of 5`,
                fix: more("ec2", "L-34B43A08", 8),
            },
        ]);
    });

    // Each hub: a group for each of two sizes, one of GPUs, one of spot machines; and the core's.
    it("counts the node groups of all hubs against what one cluster may have", async () => {
        const code = "L-6D54EA21";
        const hubs = {
            more: ["staging"],
            gpu: { instanceTypes: ["g4dn.xlarge"], max: 2 },
            dask: { instanceTypes: ["r5.xlarge"], max: 2 },
        };
        const counted = "managed node groups of a cluster";
        quotas({}, { [code]: 9 });
        expect(await nodeGroupsCheck.run(exampleTarget(hubs))).toEqual([
            { id: "node-groups", status: "ok", message: `${counted}: needs 9, free are 9 of 9` },
        ]);
        quotas({ [code]: 8 });
        expect(await nodeGroupsCheck.run(exampleTarget(hubs))).toEqual([
            {
                id: "node-groups",
                status: "lacking",
                message: `${counted}: needs 9, free are 8 of 8`,
                fix: more("eks", code, 9),
            },
        ]);
    });

    it("counts the network load balancers of others, and no other kind", async () => {
        const code = "L-69A177A2";
        const elb = new ElasticLoadBalancingV2Client(client);
        const { Subnets = [] } = await new EC2Client(client).send(new DescribeSubnetsCommand({}));
        const make = (Name: string, Type: "application" | "network", Tags: Tag[] = []) =>
            elb.send(
                new CreateLoadBalancerCommand({
                    Name,
                    Type,
                    Subnets: Subnets.slice(0, 2).map(({ SubnetId = "" }) => SubnetId),
                    ...(Tags.length === 0 ? {} : { Tags }),
                }),
            );
        await make("web", "application");
        await make("ours", "network", ofStack);
        quotas({ [code]: 21 });
        for (let made = 0; made < 20; made += 1) await make(`others-${String(made)}`, "network");
        const counted = "network load balancers of the region";
        expect(await loadBalancersCheck.run(exampleTarget())).toEqual([
            {
                id: "load-balancers",
                status: "ok",
                message: `${counted}: needs 1, free are 1 of 21`,
            },
        ]);
        await make("others-20", "network");
        expect(await loadBalancersCheck.run(exampleTarget())).toEqual([
            {
                id: "load-balancers",
                status: "lacking",
                message: `${counted}: needs 1, free are 0 of 21`,
                fix: more("elasticloadbalancing", code, 22),
            },
        ]);
    });

    it("counts file systems where homes are on EFS, and asks nothing where none are", async () => {
        const code = "L-848C634D";
        const counted = "EFS file systems of the region";
        const id = "file-systems";
        front.asked.length = 0;
        expect(await fileSystemsCheck.run(exampleTarget())).toEqual([
            { id, status: "ok", message: `${counted}: needs none` },
        ]);
        expect(front.asked).toEqual([]);
        const efs = new EFSClient(client);
        await efs.send(new CreateFileSystemCommand({ CreationToken: "others" }));
        await efs.send(new CreateFileSystemCommand({ CreationToken: "ours", Tags: ofStack }));
        const target = exampleTarget({ homes: { storage: "efs" }, more: ["staging"] });
        quotas({ [code]: 3 });
        expect((await fileSystemsCheck.run(target)).map(({ message }) => message)).toEqual([
            `${counted}: needs 2, free are 2 of 3`,
        ]);
        quotas({ [code]: 2 });
        expect(await fileSystemsCheck.run(target)).toEqual([
            {
                id,
                status: "lacking",
                message: `${counted}: needs 2, free are 1 of 2`,
                fix: more("elasticfilesystem", code, 3),
            },
        ]);
    });

    it("counts instances of RDS where a hub's database is there", async () => {
        const code = "L-7B6409FD";
        const counted = "RDS instances of the region";
        const id = "databases";
        front.asked.length = 0;
        expect(await databasesCheck.run(exampleTarget())).toEqual([
            { id, status: "ok", message: `${counted}: needs none` },
        ]);
        expect(front.asked).toEqual([]);
        const make = (DBInstanceIdentifier: string, Tags: Tag[]) =>
            new RDSClient(client).send(
                new CreateDBInstanceCommand({
                    DBInstanceIdentifier,
                    DBInstanceClass: "db.t4g.micro",
                    Engine: "postgres",
                    MasterUsername: "hub",
                    MasterUserPassword: "not-a-password",
                    AllocatedStorage: 20,
                    Tags,
                }),
            );
        await make("others", []);
        await make("ours", ofStack);
        const target = exampleTarget({ database: { kind: "rds" } });
        quotas({ [code]: 2 });
        expect((await databasesCheck.run(target)).map(({ message }) => message)).toEqual([
            `${counted}: needs 1, free are 1 of 2`,
        ]);
        quotas({ [code]: 1 });
        expect(await databasesCheck.run(target)).toEqual([
            {
                id,
                status: "lacking",
                message: `${counted}: needs 1, free are 0 of 1`,
                fix: more("rds", code, 2),
            },
        ]);
    });

    it("asks each quota for its own families, and says of which type it knows none", async () => {
        quotas({ "L-1216C47A": 64, "L-DB2E81BA": 0 });
        const target = exampleTarget({ gpu: { instanceTypes: ["g4dn.xlarge"], max: 2 } });
        const { aws } = target.spec.platform;
        // A stack file with such a type is refused today; it is asked for in case one is not.
        const user = { ...aws.nodes.user, instanceTypes: ["trn1.2xlarge"] };
        const platform = { kind: "aws", aws: { ...aws, nodes: { ...aws.nodes, user } } } as const;
        expect(await vcpusCheck.run({ ...target, spec: { ...target.spec, platform } })).toEqual([
            {
                id: "vcpus.L-1216C47A",
                status: "ok",
                message: "vCPUs of on-demand standard instances: needs 8, free are 64 of 64",
            },
            {
                id: "vcpus.L-DB2E81BA",
                status: "lacking",
                message: "vCPUs of on-demand G and VT instances: needs 4, free are 0 of 0",
                fix: more("ec2", "L-DB2E81BA", 4),
            },
            {
                id: "vcpus.trn1.2xlarge",
                status: "warning",
                message: "the vCPU quota of trn1.2xlarge is not known here",
                fix: "look it up in the Service Quotas console",
            },
        ]);
    });
});
