import { EC2Client } from "@aws-sdk/client-ec2";
import * as ec2 from "@aws-sdk/client-ec2";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import { CreateBucketCommand, PutBucketTaggingCommand, S3Client } from "@aws-sdk/client-s3";
import { existingBucketsCheck } from "../../../stacks/commands/doctor/checks/existing-buckets";
import { existingClusterCheck } from "../../../stacks/commands/doctor/checks/existing-cluster";
import { existingLogsCheck } from "../../../stacks/commands/doctor/checks/existing-logs";
import { existingNetworkCheck } from "../../../stacks/commands/doctor/checks/existing-network";
import { instanceTypesCheck } from "../../../stacks/commands/doctor/checks/instance-types";
import { regionCheck } from "../../../stacks/commands/doctor/checks/region";
import { vpcsCheck } from "../../../stacks/commands/doctor/checks/vpcs";
import { zonesCheck } from "../../../stacks/commands/doctor/checks/zones";
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
const state = "check that your backend holds the state of that deploy: without it, `up` fails here";

describeWithMoto("checks of the account, against moto", (path) => {
    let moto: Moto;
    beforeAll(async () => {
        moto = await startMoto(path);
        pointAwsAt(moto.url);
    }, 40_000);
    beforeEach(() => moto.reset());
    afterAll(() => moto.stop());

    const makeVpc = (tags: { Key: string; Value: string }[]) =>
        new EC2Client(client).send(
            new ec2.CreateVpcCommand({
                CidrBlock: "10.8.0.0/16",
                TagSpecifications: [{ ResourceType: "vpc", Tags: tags }],
            }),
        );

    it("takes a region that needs no opt-in, refuses one that is off and one that is none", async () => {
        expect(await regionCheck.run(exampleTarget())).toEqual([
            { id: "region", status: "ok", message: "us-east-2 is enabled" },
        ]);
        const zones = ["ap-east-1a", "ap-east-1b"];
        expect(await regionCheck.run(exampleTarget({ region: "ap-east-1", zones }))).toEqual([
            {
                id: "region",
                status: "lacking",
                message: "ap-east-1 is not-opted-in",
                fix: "enable it, which takes minutes to hours: aws account enable-region --region-name ap-east-1",
            },
        ]);
        const none = { region: "us-east-9", zones: ["us-east-9a", "us-east-9b"] };
        expect(await regionCheck.run(exampleTarget(none))).toEqual([
            {
                id: "region",
                status: "lacking",
                message: "AWS has no region us-east-9",
                fix: "correct steward:cluster.region",
            },
        ]);
    });

    it("names zones that the account does not have", async () => {
        const zones = ["us-east-2a", "us-east-2f"];
        expect(await zonesCheck.run(exampleTarget({ zones }))).toEqual([
            { id: "zones.us-east-2a", status: "ok", message: "us-east-2a is available" },
            {
                id: "zones.us-east-2f",
                status: "lacking",
                message: "this account has no us-east-2f",
                fix: "take zones out of: us-east-2a, us-east-2b, us-east-2c",
            },
        ]);
    });

    it("refuses a zone in which EKS puts no control plane", async () => {
        const zones = ["us-east-1a", "us-east-1e"];
        const target = exampleTarget({ region: "us-east-1", zones });
        const findings = await zonesCheck.run(target);
        expect(findings.filter(({ status }) => status !== "ok")).toEqual([
            {
                id: "zones.us-east-1e",
                status: "lacking",
                message: "us-east-1e (use1-az3) takes no control plane of EKS",
                fix: "take zones out of: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1f",
            },
        ]);
    });

    it("asks for GPUs in every zone of the network, where the stack file names none", async () => {
        const zones = ["us-east-2a", "us-east-2b"];
        const gpu = { instanceTypes: ["g4dn.xlarge"], max: 2 };
        const found = await instanceTypesCheck.run(exampleTarget({ zones, gpu }));
        expect(found.map(({ message }) => message)).toContain(
            "g4dn.xlarge is offered in us-east-2a, us-east-2b",
        );
    });

    it("asks for every instance type in each of its zones", async () => {
        const zones = ["us-east-2a", "us-east-2b"];
        const user = { instanceTypes: ["r5.xlarge", "r5.nonesuch"], zones };
        expect(await instanceTypesCheck.run(exampleTarget({ zones, user }))).toEqual([
            {
                id: "instance-types.r5.xlarge",
                status: "ok",
                message: "r5.xlarge is offered in us-east-2a, us-east-2b",
            },
            {
                id: "instance-types.r5.nonesuch",
                status: "lacking",
                message: "r5.nonesuch is not offered in us-east-2a, us-east-2b",
                fix: "take another type",
            },
        ]);
    });

    it("counts the VPCs of others, not the stack's own, against the quota", async () => {
        const message = (free: number) =>
            `VPCs of the region: needs 1, free are ${String(free)} of 5`;
        // The default VPC is one of them.
        await makeVpc(ofStack);
        expect(await vpcsCheck.run(exampleTarget())).toEqual([
            { id: "vpcs", status: "ok", message: message(4) },
        ]);
        for (let made = 0; made < 4; made += 1) await makeVpc([{ Key: "cluster", Value: "reef" }]);
        expect(await vpcsCheck.run(exampleTarget())).toEqual([
            {
                id: "vpcs",
                status: "lacking",
                message: message(0),
                fix:
                    "ask for more: aws service-quotas request-service-quota-increase --service-code vpc " +
                    "--quota-code L-F678F1CE --desired-value 6 --region us-east-2",
            },
        ]);
    });

    it("finds a network that the stack left behind", async () => {
        await makeVpc([
            { Key: "cluster", Value: "other" },
            { Key: "managed-by", Value: "steward" },
        ]);
        const free = {
            id: "existing-network",
            status: "ok",
            message: "no VPC carries the tags of reef",
        };
        expect(await existingNetworkCheck.run(exampleTarget())).toEqual([free]);
        const { Vpc } = await makeVpc(ofStack);
        expect(await existingNetworkCheck.run(exampleTarget())).toEqual([
            {
                id: "existing-network",
                status: "warning",
                message: `VPC ${String(Vpc?.VpcId)} stands already, with the tags of this stack`,
                fix: state,
            },
        ]);
    });

    it("finds a cluster of the name, and tells the stack's own from somebody else's", async () => {
        const id = "existing-cluster";
        const make = (tags: Record<string, string>) =>
            new EKSClient(client).send(
                new CreateClusterCommand({
                    name: "reef",
                    roleArn: "arn:aws:iam::123456789012:role/eks",
                    resourcesVpcConfig: { subnetIds: ["subnet-1", "subnet-2"] },
                    tags,
                }),
            );
        expect(await existingClusterCheck.run(exampleTarget())).toEqual([
            { id, status: "ok", message: "no EKS cluster is called reef" },
        ]);
        await make({ cluster: "reef" });
        const message = "an EKS cluster reef stands already, without the tags of this stack";
        const fix = "choose another steward:cluster.name, or delete that cluster";
        expect(await existingClusterCheck.run(exampleTarget())).toEqual([
            { id, status: "lacking", message, fix },
        ]);
        await moto.reset();
        await make({ cluster: "reef", "managed-by": "steward" });
        const own = "an EKS cluster reef stands already, with the tags of this stack";
        expect(await existingClusterCheck.run(exampleTarget())).toEqual([
            { id, status: "warning", message: own, fix: state },
        ]);
    });

    it("finds a log group that outlived its cluster", async () => {
        const id = "existing-logs";
        const group = "/aws/eks/reef/cluster";
        const make = (logGroupName: string) =>
            new CloudWatchLogsClient(client).send(new CreateLogGroupCommand({ logGroupName }));
        await make(`${group}-old`);
        expect(await existingLogsCheck.run(exampleTarget())).toEqual([
            { id, status: "ok", message: `no log group is called ${group}` },
        ]);
        await make(group);
        expect(await existingLogsCheck.run(exampleTarget())).toEqual([
            {
                id,
                status: "lacking",
                message: `log group ${group} stands already, without the tags of this stack`,
                fix: `keep what you need of it, then: aws logs delete-log-group --log-group-name ${group}`,
            },
        ]);
        await moto.reset();
        await new CloudWatchLogsClient(client).send(
            new CreateLogGroupCommand({
                logGroupName: group,
                tags: { cluster: "reef", "managed-by": "steward" },
            }),
        );
        expect((await existingLogsCheck.run(exampleTarget())).map(({ status }) => status)).toEqual([
            "warning",
        ]);
    });

    it("finds buckets that the account has: of this stack, of another, in another region", async () => {
        const id = "existing-buckets.reef-scratch";
        const fix = "choose another name in steward:jupyterhub.hubs, scratch.bucket";
        const s3 = new S3Client(client);
        const make = (region: "us-east-2" | "eu-west-1") =>
            new S3Client({ ...client, region }).send(
                new CreateBucketCommand({
                    Bucket: "reef-scratch",
                    CreateBucketConfiguration: { LocationConstraint: region },
                }),
            );
        expect(await existingBucketsCheck.run(exampleTarget())).toEqual([
            { id, status: "ok", message: "no bucket is called reef-scratch" },
        ]);
        await make("us-east-2");
        const message = "bucket reef-scratch stands already";
        expect(await existingBucketsCheck.run(exampleTarget())).toEqual([
            { id, status: "lacking", message: `${message}, without the tags of this stack`, fix },
        ]);
        const Tagging = { TagSet: ofStack };
        await s3.send(new PutBucketTaggingCommand({ Bucket: "reef-scratch", Tagging }));
        expect(await existingBucketsCheck.run(exampleTarget())).toEqual([
            {
                id,
                status: "warning",
                message: `${message}, with the tags of this stack`,
                fix: state,
            },
        ]);
        await moto.reset();
        await make("eu-west-1");
        expect(await existingBucketsCheck.run(exampleTarget())).toEqual([
            { id, status: "lacking", message: `${message}, in eu-west-1`, fix },
        ]);
    });
});
