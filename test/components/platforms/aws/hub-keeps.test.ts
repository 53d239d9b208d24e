import { addTwoHubs } from "../../../fixtures/three-hubs";
import type { Built } from "./geolab";
import { build, geolab } from "./geolab";

type Section = Record<string, unknown>;

let built: Built;
beforeAll(async () => {
    built = await build(
        geolab((config) => {
            addTwoHubs(config["jupyterhub"]);
        }),
    );
});

const inputsOf = (type: string, name: string) => built.find(type, name).inputs;
const statementsOf = (policy: unknown) =>
    (JSON.parse(policy as string) as { Statement: Section[] }).Statement;

describe("homes on EFS", () => {
    const name = "home-storage-staging-homes";

    it("are sealed by a key of the hub, grow by themselves, and the backup looks for them", () => {
        expect(inputsOf("aws:efs/fileSystem:FileSystem", name)).toMatchObject({
            encrypted: true,
            kmsKeyId: "arn:of:home-storage-staging-key",
            throughputMode: "elastic",
            lifecyclePolicies: [
                { transitionToIa: "AFTER_90_DAYS" },
                { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
            ],
            tags: { backup: "daily", "owner-layer": "home-storage", hub: "staging" },
        });
    });

    it("are mounted by the driver through the access point alone, by TLS, and by nobody as root", () => {
        const { policy } = inputsOf("aws:efs/fileSystemPolicy:FileSystemPolicy", name);
        const [mounts, ...refusals] = statementsOf(policy);

        expect(mounts).toMatchObject({
            Effect: "Allow",
            Principal: { AWS: "arn:of:control-plane-efs-csi-role" },
            Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
            Condition: { StringEquals: { "elasticfilesystem:AccessPointArn": `arn:of:${name}` } },
        });
        expect(
            refusals.map(({ Effect, Action, Condition }) => [Effect, Action, Condition]),
        ).toEqual([
            ["Deny", "*", { Bool: { "aws:SecureTransport": "false" } }],
            ["Deny", "elasticfilesystem:ClientRootAccess", undefined],
        ]);
    });

    it("are reached in every zone, from the nodes alone", () => {
        const targets = built.ofType("aws:efs/mountTarget:MountTarget");

        expect(targets.map((target) => target.name)).toEqual(
            ["a", "b", "c"].map((zone) => `home-storage-staging-us-east-2${zone}`),
        );
        for (const { inputs } of targets) {
            expect(inputs["securityGroups"]).toEqual(["home-storage-staging-mounts-id"]);
        }
        const rule = inputsOf(
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            "home-storage-staging-mounts",
        );
        expect(rule).toMatchObject({ ipProtocol: "tcp", fromPort: 2049, toPort: 2049 });
        expect(rule).not.toHaveProperty("cidrIpv4");
    });

    it("bring the driver along, which a cluster without them does not have", async () => {
        const addOn = "control-plane-aws-efs-csi-driver";

        expect(inputsOf("aws:eks/addon:Addon", addOn)).toMatchObject({
            addonName: "aws-efs-csi-driver",
        });
        const without = await build(geolab());
        expect(without.ofType("aws:eks/addon:Addon").map((each) => each.name)).not.toContain(addOn);
    });
});

describe("a database of RDS", () => {
    it("is closed, sealed, protected, backed up and owned down to its logs and copies", () => {
        expect(
            inputsOf("aws:rds/instance:Instance", "hub-database-staging-instance"),
        ).toMatchObject({
            identifier: "hub-geolab-staging",
            engine: "postgres",
            engineVersion: "17",
            autoMinorVersionUpgrade: true,
            publiclyAccessible: false,
            storageEncrypted: true,
            kmsKeyId: "arn:of:hub-database-staging-key",
            deletionProtection: true,
            skipFinalSnapshot: false,
            finalSnapshotIdentifier:
                "hub-geolab-staging-final-hex-of-hub-database-staging-final-snapshot",
            deleteAutomatedBackups: false,
            backupRetentionPeriod: 14,
            copyTagsToSnapshot: true,
            maxAllocatedStorage: 100,
            caCertIdentifier: "rds-ca-rsa2048-g1",
            vpcSecurityGroupIds: ["hub-database-staging-clients-id"],
            tags: { backup: "daily", "owner-layer": "hub-database", hub: "staging" },
        });
        expect(
            inputsOf("random:index/randomId:RandomId", "hub-database-staging-final-snapshot"),
        ).toEqual({ byteLength: 4, keepers: { identifier: "hub-geolab-staging" } });
        expect(
            inputsOf("aws:rds/parameterGroup:ParameterGroup", "hub-database-staging-parameters"),
        ).toMatchObject({
            family: "postgres17",
            parameters: [{ name: "rds.force_ssl", value: "1", applyMethod: "immediate" }],
        });
        for (const log of ["postgresql", "upgrade"]) {
            expect(
                inputsOf("aws:cloudwatch/logGroup:LogGroup", `hub-database-staging-${log}`),
            ).toMatchObject({
                name: `/aws/rds/instance/hub-geolab-staging/${log}`,
                kmsKeyId: "arn:of:hub-database-staging-key",
            });
        }
        expect(
            inputsOf(
                "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                "hub-database-staging-clients",
            ),
        ).not.toHaveProperty("cidrIpv4");
    });
});

describe("buckets, datasets and images", () => {
    const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    const kept = "object-storage-staging-persistent";
    const data = "datasets-staging-earthscope-staging-gnss";

    it("keep versions under a key of their owner, and do not go with what is in them", () => {
        for (const [name, key] of [
            [kept, "object-storage-staging-key"],
            [data, "datasets-staging-key"],
        ] as const) {
            expect(inputsOf("aws:s3/bucket:Bucket", name)["forceDestroy"]).toBe(false);
            expect(inputsOf("aws:s3/bucketVersioning:BucketVersioning", name)).toMatchObject({
                versioningConfiguration: { status: "Enabled" },
            });
            expect(inputsOf(lifecycle, name)["rules"]).toMatchObject([
                { noncurrentVersionExpiration: { noncurrentDays: 30 } },
            ]);
            const sealing =
                "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
            expect(inputsOf(sealing, name)["rules"]).toMatchObject([
                { applyServerSideEncryptionByDefault: { kmsMasterKeyId: `arn:of:${key}` } },
            ]);
            expect(inputsOf("aws:s3/bucketLogging:BucketLogging", name)).toMatchObject({
                targetBucket: "object-storage-staging-logs-id",
            });
        }
    });

    it("belong to the Community Guide where they are datasets or images", () => {
        for (const [type, name] of [
            ["aws:s3/bucket:Bucket", data],
            ["aws:ecr/repository:Repository", "user-image-staging-repository"],
        ] as const) {
            expect(inputsOf(type, name)["tags"]).toMatchObject({ "owner-role": "community-guide" });
        }
    });

    it("give users what the stack file says: to write what they keep, to read the rest", () => {
        const { policy } = inputsOf(
            "aws:iam/rolePolicy:RolePolicy",
            "object-storage-staging-users",
        );
        const writable = statementsOf(policy)
            .filter(({ Action }) => (Action as string[]).includes("s3:PutObject"))
            .map(({ Resource }) => Resource);

        expect(writable).toEqual([
            "arn:aws:s3:::earthscope-staging-scratch/*",
            "arn:aws:s3:::earthscope-staging-persistent/*",
        ]);
        expect(statementsOf(policy).slice(-3)).toEqual([
            { Effect: "Allow", Action: ["s3:ListAllMyBuckets"], Resource: ["*"] },
            {
                Effect: "Allow",
                Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                Resource: ["arn:of:object-storage-staging-key"],
            },
            { Effect: "Allow", Action: ["kms:Decrypt"], Resource: ["arn:of:datasets-staging-key"] },
        ]);
    });

    it("hold images under tags that stay, looked through as they come", () => {
        expect(
            inputsOf("aws:ecr/repository:Repository", "user-image-staging-repository"),
        ).toMatchObject({
            name: "geolab/staging",
            imageTagMutability: "IMMUTABLE",
            imageScanningConfiguration: { scanOnPush: true },
            encryptionConfigurations: [{ encryptionType: "KMS" }],
            forceDelete: false,
        });
        const { policy } = inputsOf(
            "aws:ecr/repositoryPolicy:RepositoryPolicy",
            "user-image-staging-repository",
        );
        expect(statementsOf(policy).map(({ Sid }) => Sid)).toEqual([
            "PullsByNodes",
            "PushesByBuilders",
            "RefusesOtherAccounts",
        ]);
    });
});

it("keeps no homes for a hub that asks for none", () => {
    const { homes } = built.foundation.hubs["binder"] ?? {};

    expect(homes).toEqual({ driver: "none" });
    expect(built.resources.filter(({ name }) => name.startsWith("home-storage-binder"))).toEqual(
        [],
    );
});
