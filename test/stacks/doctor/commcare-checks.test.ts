import { CloudTrailClient, CreateTrailCommand } from "@aws-sdk/client-cloudtrail";
import {
    ConfigServiceClient,
    PutConfigurationRecorderCommand,
} from "@aws-sdk/client-config-service";
import { DescribeSubnetsCommand, EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2";
import { CreateFileSystemCommand, EFSClient } from "@aws-sdk/client-efs";
import {
    CreateLoadBalancerCommand,
    ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateCacheClusterCommand, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { CreateDetectorCommand, GuardDutyClient } from "@aws-sdk/client-guardduty";
import {
    ChangeTagsForResourceCommand,
    CreateHostedZoneCommand,
    Route53Client,
} from "@aws-sdk/client-route-53";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { accountRecordsCheck } from "../../../stacks/commands/doctor/checks/account-records";
import { cachesCheck } from "../../../stacks/commands/doctor/checks/caches";
import { databaseOffersCheck } from "../../../stacks/commands/doctor/checks/database-offers";
import { machineBucketsCheck } from "../../../stacks/commands/doctor/checks/existing-buckets";
import { sharedDirectoryCheck } from "../../../stacks/commands/doctor/checks/file-systems";
import { hostedZoneCheck } from "../../../stacks/commands/doctor/checks/hosted-zone";
import { machineTypesCheck } from "../../../stacks/commands/doctor/checks/instance-types";
import { machineBalancersCheck } from "../../../stacks/commands/doctor/checks/load-balancers";
import { machineVcpusCheck } from "../../../stacks/commands/doctor/checks/machine-vcpus";
import { ubuntuImageCheck } from "../../../stacks/commands/doctor/checks/ubuntu-image";
import { machineZonesCheck } from "../../../stacks/commands/doctor/checks/zones";
import type { Finding } from "../../../stacks/commands/doctor/check";
import type { Answer, AwsFront } from "../../support/aws-front";
import { startAwsFront } from "../../support/aws-front";
import type { Moto } from "../../support/moto";
import { describeWithMoto, startMoto } from "../../support/moto";
import { account, keys, pointAwsAt } from "./example-target";
import { machineTarget } from "./machine-target";
import { xml } from "./surgery";

/** Milliseconds: a server starts, and AWS clients load, beside other tests. */
jest.setTimeout(30_000);

const client = { region: "us-east-2", credentials: keys };
const ofStack = { cluster: "commcare", "managed-by": "steward" };
const shown = (findings: readonly Finding[]) =>
    findings.map(({ id, status, message }) => [id, status, message]);
const fixes = (findings: readonly Finding[]) => findings.map(({ fix }) => fix);

describeWithMoto("what machines ask of an account, against moto", (path) => {
    let moto: Moto;
    let front: AwsFront;
    /** What moto does not know, by operation. */
    let answers: Record<string, (body: string) => Answer> = {};
    beforeAll(async () => {
        moto = await startMoto(path);
        front = await startAwsFront(moto.url);
        front.answer = ({ operation, body }) => answers[operation]?.(body);
        pointAwsAt(front.url);
    }, 40_000);
    beforeEach(async () => {
        answers = {};
        await moto.reset();
    });
    afterAll(async () => {
        await front.stop();
        await moto.stop();
    });

    const quotas = (values: Record<string, number>): void => {
        answers["GetServiceQuota"] = (body) => {
            const { QuotaCode } = JSON.parse(body) as { QuotaCode: string };
            return { body: JSON.stringify({ Quota: { QuotaCode, Value: values[QuotaCode] } }) };
        };
    };

    it("takes every zone that there is: only EKS leaves some out", async () => {
        const found = await machineZonesCheck.run(machineTarget());
        expect(found.map(({ status }) => status)).toEqual(["ok", "ok", "ok"]);
    });

    it("asks for each machine's type in the zone that it stands in", async () => {
        const found = await machineTypesCheck.run(machineTarget());
        expect(shown(found)).toContainEqual([
            "instance-types.t3.medium",
            "ok",
            "t3.medium is offered in us-east-2a, us-east-2b, us-east-2c",
        ]);
        expect(found.filter(({ status }) => status !== "ok")).toEqual([]);
    });

    it("needs vCPUs for all machines of the plan at once, beside what others run", async () => {
        const target = machineTarget();
        const needed = target.spec.workload.plan.machines.reduce(
            (sum, { vcpus }) => sum + vcpus,
            0,
        );
        const counted = "vCPUs of on-demand standard instances";
        quotas({ "L-1216C47A": needed });
        expect(shown(await machineVcpusCheck.run(target))).toEqual([
            [
                "vcpus.L-1216C47A",
                "ok",
                `${counted}: needs ${String(needed)}, free are ${String(needed)} of ${String(needed)}`,
            ],
        ]);
        await new EC2Client(client).send(
            new RunInstancesCommand({
                ImageId: "ami-12c6146b",
                InstanceType: "m5.large",
                MinCount: 1,
                MaxCount: 1,
            }),
        );
        const [finding] = await machineVcpusCheck.run(target);
        expect([finding?.status, finding?.fix]).toEqual([
            "lacking",
            "ask for more: aws service-quotas request-service-quota-increase --service-code ec2 " +
                `--quota-code L-1216C47A --desired-value ${String(needed + 2)} --region us-east-2`,
        ]);
    });

    it("counts load balancers of both kinds, each against its own quota", async () => {
        const target = machineTarget();
        const { balancers } = target.spec.workload.plan;
        expect(balancers.map(({ kind }) => kind).sort()).toEqual(["application", "network"]);
        const { Subnets = [] } = await new EC2Client(client).send(new DescribeSubnetsCommand({}));
        const make = (Name: string, Type: "application" | "network", ours = false) =>
            new ElasticLoadBalancingV2Client(client).send(
                new CreateLoadBalancerCommand({
                    Name,
                    Type,
                    Subnets: Subnets.slice(0, 2).map(({ SubnetId = "" }) => SubnetId),
                    ...(ours
                        ? { Tags: Object.entries(ofStack).map(([Key, Value]) => ({ Key, Value })) }
                        : {}),
                }),
            );
        await make("ours", "application", true);
        await make("web", "application");
        await make("pool", "network");
        quotas({ "L-53DA6B97": 2, "L-69A177A2": 2 });
        expect(shown(await machineBalancersCheck.run(target))).toEqual([
            [
                "load-balancers.application",
                "lacking",
                "application load balancers of the region: needs 2, free are 1 of 2",
            ],
            [
                "load-balancers.network",
                "ok",
                "network load balancers of the region: needs 1, free are 1 of 2",
            ],
        ]);
    });

    it("needs a file system where the cloud keeps the shared directory", async () => {
        await new EFSClient(client).send(new CreateFileSystemCommand({ CreationToken: "others" }));
        quotas({ "L-848C634D": 1 });
        expect(
            (await sharedDirectoryCheck.run(machineTarget())).map((each) => each.status),
        ).toEqual(["lacking"]);
        const onMachine = { stands: { "shared-directory": "machine" } };
        expect(
            shown(await sharedDirectoryCheck.run(machineTarget({ commcare: onMachine }))),
        ).toEqual([["file-systems", "ok", "EFS file systems of the region: needs none"]]);
    });

    const offers = (
        version: string | undefined,
        zones: readonly string[],
        multiAz = true,
    ): void => {
        const result = (name: string, body: string): Answer => ({
            headers: xml,
            body: `<${name}Response><${name}Result>${body}</${name}Result></${name}Response>`,
        });
        answers["DescribeDBEngineVersions"] = (asked) => {
            expect(new URLSearchParams(asked).get("EngineVersion")).toBe("14");
            const found =
                version === undefined
                    ? ""
                    : `<DBEngineVersion><Engine>postgres</Engine><EngineVersion>${version}</EngineVersion></DBEngineVersion>`;
            return result(
                "DescribeDBEngineVersions",
                `<DBEngineVersions>${found}</DBEngineVersions>`,
            );
        };
        answers["DescribeOrderableDBInstanceOptions"] = (asked) => {
            expect(new URLSearchParams(asked).get("EngineVersion")).toBe(version);
            const names = zones.map(
                (zone) => `<AvailabilityZone><Name>${zone}</Name></AvailabilityZone>`,
            );
            return result(
                "DescribeOrderableDBInstanceOptions",
                `<OrderableDBInstanceOptions><OrderableDBInstanceOption><AvailabilityZones>${names.join("")}</AvailabilityZones>` +
                    `<MultiAZCapable>${String(multiAz)}</MultiAZCapable></OrderableDBInstanceOption></OrderableDBInstanceOptions>`,
            );
        };
    };

    it("asks RDS for the class of the database in the newest release of its version", async () => {
        const [a, b, c] = ["us-east-2a", "us-east-2b", "us-east-2c"] as const;
        const [database] = machineTarget().spec.workload.plan.postgresql;
        const look = async () => {
            const [finding] = await databaseOffersCheck.run(machineTarget());
            return [finding?.id, finding?.status, finding?.message.replace(/^db\.\S+ /, "")];
        };
        const id = `database-offers.${database?.name ?? ""}`;
        offers("14.19", [a, b, c]);
        expect(await look()).toEqual([
            id,
            "ok",
            `with PostgreSQL 14.19 is offered in ${a}, ${b}, ${c}`,
        ]);
        offers("14.19", [a, b]);
        expect(await look()).toEqual([
            id,
            "warning",
            `with PostgreSQL 14.19 is not offered in ${c}`,
        ]);
        offers("14.19", [a]);
        expect(await look()).toEqual([
            id,
            "lacking",
            `with PostgreSQL 14.19 is not offered in ${b}, ${c}`,
        ]);
        offers("14.19", [a, b, c], false);
        expect((await look())[1]).toBe("lacking"); // the plan has a standby
        offers(undefined, []);
        expect(await look()).toEqual([id, "lacking", "RDS has no PostgreSQL 14 in the region"]);
    });

    it("counts nodes of ElastiCache, and asks for the version and each kind of node", async () => {
        const listed = (operation: string, list: string, item: string, there: boolean) => {
            answers[operation] = () => ({
                headers: xml,
                body:
                    `<${operation}Response><${operation}Result><${list}>` +
                    (there ? `<${item}><CacheNodeType>x</CacheNodeType></${item}>` : "") +
                    `</${list}></${operation}Result></${operation}Response>`,
            });
        };
        await new ElastiCacheClient(client).send(
            new CreateCacheClusterCommand({
                CacheClusterId: "others",
                Engine: "redis",
                CacheNodeType: "cache.t4g.small",
                NumCacheNodes: 1,
            }),
        );
        const engines = "DescribeCacheEngineVersions";
        const reserved = "DescribeReservedCacheNodesOfferings";
        quotas({ "L-DFE45DF3": 5 });
        listed(engines, "CacheEngineVersions", "CacheEngineVersion", true);
        listed(reserved, "ReservedCacheNodesOfferings", "ReservedCacheNodesOffering", true);
        const found = await cachesCheck.run(machineTarget());
        expect(shown(found).slice(0, 2)).toEqual([
            ["caches", "ok", "ElastiCache nodes of the region: needs 4, free are 4 of 5"],
            ["caches.version", "ok", "Redis 7.1 is offered"],
        ]);
        expect(found.slice(2).map(({ status }) => status)).toEqual(["ok"]);
        listed(engines, "CacheEngineVersions", "CacheEngineVersion", false);
        listed(reserved, "ReservedCacheNodesOfferings", "ReservedCacheNodesOffering", false);
        quotas({ "L-DFE45DF3": 4 });
        expect((await cachesCheck.run(machineTarget())).map(({ status }) => status)).toEqual([
            "lacking",
            "lacking",
            "warning",
        ]);
    });

    it("names the image that machines start from, and misses a release that there is not", async () => {
        const name = (release: string) =>
            `/aws/service/canonical/ubuntu/server/22.04/stable/${release}/amd64/hvm/ebs-gp2/ami-id`;
        answers["GetParameter"] = (body) =>
            (JSON.parse(body) as { Name: string }).Name === name("current")
                ? { body: JSON.stringify({ Parameter: { Value: "ami-1" } }) }
                : { status: 400, body: JSON.stringify({ __type: "ParameterNotFound" }) };
        expect(shown(await ubuntuImageCheck.run(machineTarget()))).toEqual([
            ["ubuntu-image", "ok", `ami-1, by ${name("current")}`],
        ]);
        const target = machineTarget({ machines: { imageRelease: "20260110" } });
        expect(shown(await ubuntuImageCheck.run(target))).toEqual([
            ["ubuntu-image", "lacking", `Canonical publishes no ${name("20260110")} in the region`],
        ]);
    });

    it("finds a bucket that somebody else has by the name of the cluster's", async () => {
        const Bucket = `commcare-blobs-${account}`;
        await new S3Client(client).send(
            new CreateBucketCommand({
                Bucket,
                CreateBucketConfiguration: { LocationConstraint: "us-east-2" },
            }),
        );
        const found = await machineBucketsCheck.run(machineTarget());
        expect(found.map(({ id, status }) => [id.replace(`-${account}`, ""), status])).toEqual([
            ["existing-buckets.commcare-blobs", "lacking"],
            ["existing-buckets.commcare-search", "ok"],
            ["existing-buckets.commcare-backups", "ok"],
            ["existing-buckets.commcare-releases", "ok"],
            ["existing-buckets.commcare-records", "ok"],
        ]);
    });

    describe("the hosted zone", () => {
        const dns = (section: object) => machineTarget({ aws: { dns: section } });
        const zone = "health.example.org";
        const make = async (Name: string, privateZone = false) => {
            const { HostedZone } = await new Route53Client(client).send(
                new CreateHostedZoneCommand({
                    Name,
                    CallerReference: `${Name} ${String(Math.random())}`,
                    HostedZoneConfig: { PrivateZone: privateZone },
                    ...(privateZone ? { VPC: { VPCRegion: "us-east-2", VPCId: "vpc-1" } } : {}),
                }),
            );
            return HostedZone?.Id?.replace("/hostedzone/", "") ?? "";
        };

        it("has to be there, public, and once, where the stack file names one", async () => {
            const target = dns({ zone });
            await make("other.example.org");
            await make(zone, true);
            const missing = await hostedZoneCheck.run(target);
            expect(shown(missing)).toEqual([
                ["hosted-zone", "lacking", `the account has no public zone ${zone}`],
            ]);
            const first = await make(zone);
            expect(shown(await hostedZoneCheck.run(target))).toEqual([
                ["hosted-zone", "ok", `${zone} is the zone ${first}`],
            ]);
            await make(zone);
            expect((await hostedZoneCheck.run(target)).map(({ status }) => status)).toEqual([
                "lacking",
            ]);
        });

        it("has to be free where the stack makes it, but for what this stack has made", async () => {
            const target = dns({ create: zone });
            expect(shown(await hostedZoneCheck.run(target))).toEqual([
                ["hosted-zone", "ok", `no public zone is called ${zone}`],
            ]);
            const ResourceId = await make(zone);
            expect(fixes(await hostedZoneCheck.run(target))).toEqual([
                `write steward:aws.dns: { zone: ${zone} } to use it`,
            ]);
            await new Route53Client(client).send(
                new ChangeTagsForResourceCommand({
                    ResourceType: "hostedzone",
                    ResourceId,
                    AddTags: Object.entries(ofStack).map(([Key, Value]) => ({ Key, Value })),
                }),
            );
            expect((await hostedZoneCheck.run(target)).map(({ status }) => status)).toEqual([
                "warning",
            ]);
        });
    });

    describe("what an account has once", () => {
        const look = async (machines: object = {}, detection = "adopt") => {
            const target = machineTarget({ machines: { ...machines }, aws: { detection } });
            const found = await accountRecordsCheck.run(target);
            return Object.fromEntries(
                found.map(({ id, status, fix }) => [
                    id.replace("account-records.", ""),
                    [status, fix],
                ]),
            );
        };
        const record = (name: string) =>
            new ConfigServiceClient(client).send(
                new PutConfigurationRecorderCommand({
                    ConfigurationRecorder: { name, roleARN: `arn:aws:iam::${account}:role/config` },
                }),
            );

        it("is all to be made in an account that is new", async () => {
            expect(await look({ trail: "create", config: "create" }, "create")).toEqual({
                detector: ["ok", undefined],
                recorder: ["ok", undefined],
                trail: ["ok", undefined],
            });
        });

        it("is adopted or refused, as the stack file says, where somebody else has it", async () => {
            await record("default");
            await new GuardDutyClient(client).send(new CreateDetectorCommand({ Enable: true }));
            await new S3Client(client).send(
                new CreateBucketCommand({
                    Bucket: "audit",
                    CreateBucketConfiguration: { LocationConstraint: "us-east-2" },
                }),
            );
            await new CloudTrailClient(client).send(
                new CreateTrailCommand({
                    Name: "audit",
                    S3BucketName: "audit",
                    IsMultiRegionTrail: true,
                }),
            );
            expect(await look({ trail: "adopt" })).toEqual({
                detector: ["ok", undefined],
                recorder: ["ok", undefined],
                trail: ["ok", undefined],
            });
            expect(await look({ config: "create" }, "create")).toEqual({
                detector: ["lacking", "write adopt in steward:aws.detection, or skip"],
                recorder: ["lacking", "write adopt in steward:aws.machines.config, or skip"],
                trail: ["warning", "write adopt in steward:aws.machines.trail"],
            });
            expect(await look({ config: "skip", trail: "skip" }, "skip")).toEqual({
                detector: ["ok", undefined],
                recorder: ["ok", undefined],
                trail: ["ok", undefined],
            });
        });

        it("names a recorder that the program would not find, and a trail that is missing", async () => {
            await record("audit");
            const { recorder, trail } = await look({ trail: "adopt" });
            expect(recorder).toEqual(["lacking", "write steward:aws.machines.recorder: audit"]);
            expect(trail?.[0]).toBe("warning");
            expect((await look({ recorder: "audit" }))["recorder"]).toEqual(["ok", undefined]);
        });
    });
});
