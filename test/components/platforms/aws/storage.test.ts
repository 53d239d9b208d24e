import type { Built } from "./geolab";
import { build, geolab } from "./geolab";

type Section = Record<string, unknown>;

let built: Built;
beforeAll(async () => {
    built = await build(geolab());
});

const tagsOf = (layer: string, more: Section = {}) => ({
    "owner-role": "site-reliability-engineer",
    "owner-party": "2i2c",
    "owner-layer": layer,
    "owner-contact": "support@example.org",
    cluster: "geolab",
    environment: "production",
    "managed-by": "steward",
    "earthscope:application:name": "geolab",
    "earthscope:application:owner": "research-onramp-to-the-cloud",
    ...more,
});

describe("what holds data on AWS", () => {
    it("keeps the homes on a sealed disk in the zone of the core nodes, which the backup looks for", () => {
        expect(built.find("aws:ebs/volume:Volume", "home-storage-prod-homes").inputs).toEqual({
            availabilityZone: "us-east-2a",
            type: "gp3",
            size: 4096,
            iops: 5000,
            throughput: 250,
            encrypted: true,
            kmsKeyId: "arn:of:home-storage-prod-key",
            finalSnapshot: true,
            tags: tagsOf("home-storage", {
                hub: "prod",
                Name: "geolab-prod-homes",
                backup: "daily",
                "ebs.csi.aws.com/cluster": "true",
            }),
        });
    });

    it("makes the disk of the hub's database sealed, owned, backed up and kept", () => {
        const { metadata, ...inputs } = built.find(
            "kubernetes:storage.k8s.io/v1:StorageClass",
            "hub-database-prod-class",
        ).inputs;
        expect(metadata).toMatchObject({ name: "steward-prod" });
        const { parameters, ...others } = inputs;
        expect(others).toEqual({
            apiVersion: "storage.k8s.io/v1",
            kind: "StorageClass",
            provisioner: "ebs.csi.aws.com",
            reclaimPolicy: "Retain",
            volumeBindingMode: "WaitForFirstConsumer",
            allowVolumeExpansion: true,
        });
        const { type, encrypted, kmsKeyId, ...specifications } = parameters as Section;
        expect({ type, encrypted, kmsKeyId }).toEqual({
            type: "gp3",
            encrypted: "true",
            kmsKeyId: "arn:of:hub-database-prod-key",
        });
        const expected = tagsOf("hub-database", {
            hub: "prod",
            Name: "geolab-prod-database",
            backup: "daily",
        });
        const numbered = Object.keys(expected).map((_, at) => `tagSpecification_${String(at + 1)}`);
        expect(Object.keys(specifications).sort()).toEqual(numbered.sort());
        expect(Object.values(specifications).sort()).toEqual(
            Object.entries(expected)
                .map(([key, value]) => `${key}=${value}`)
                .sort(),
        );
    });

    it("lets the disk driver use the key of each hub, and no other", () => {
        for (const layer of ["home-storage", "hub-database"]) {
            const { inputs } = built.find("aws:iam/rolePolicy:RolePolicy", `${layer}-prod-driver`);
            const { Statement } = JSON.parse(inputs["policy"] as string) as {
                Statement: Section[];
            };
            expect(inputs["role"]).toBe("control-plane-ebs-csi-role");
            expect(Statement.map(({ Resource }) => Resource)).toEqual([
                `arn:of:${layer}-prod-key`,
                `arn:of:${layer}-prod-key`,
            ]);
        }
        expect(
            built
                .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
                .filter(({ name }) => name.startsWith("control-plane-ebs-csi"))
                .map(({ inputs }) => inputs["policyArn"]),
        ).toEqual(["arn:aws:iam::aws:policy/AmazonEBSCSIDriverPolicyV2"]);
    });

    it("turns the keys once a year, and leaves thirty days to change one's mind", () => {
        const keys = built.ofType("aws:kms/key:Key").map(({ inputs }) => inputs);
        expect(keys).toHaveLength(8);
        for (const key of keys) {
            expect(key).toMatchObject({ enableKeyRotation: true, deletionWindowInDays: 30 });
        }
    });

    it("copies every day what asks for it, in this cluster alone", () => {
        expect(built.find("aws:backup/plan:Plan", "backups-plan").inputs["rules"]).toEqual([
            {
                ruleName: "daily",
                targetVaultName: "backups-vault",
                schedule: "cron(0 3 * * ? *)",
                scheduleExpressionTimezone: "Etc/UTC",
                startWindow: 60,
                completionWindow: 720,
                lifecycle: { deleteAfter: 35 },
                recoveryPointTags: tagsOf("backups"),
            },
        ]);
        expect(
            built.find("aws:backup/selection:Selection", "backups-selection").inputs,
        ).toMatchObject({
            resources: [
                "arn:aws:ec2:*:*:volume/*",
                "arn:aws:elasticfilesystem:*:*:file-system/*",
                "arn:aws:rds:*:*:db:*",
            ],
            conditions: [
                {
                    stringEquals: [
                        { key: "aws:ResourceTag/backup", value: "daily" },
                        { key: "aws:ResourceTag/cluster", value: "geolab" },
                    ],
                },
            ],
        });
    });
});

describe("the scratch bucket", () => {
    const about = (type: string) =>
        built.find(
            `aws:s3/bucket${type}:Bucket${type[0]?.toUpperCase() ?? ""}${type.slice(1)}`,
            "object-storage-prod-scratch",
        ).inputs;

    it("has the name of the stack file, its owner, and goes with what is in it", () => {
        expect(about("")).toEqual({
            bucket: "earthscope-scratch",
            forceDestroy: true,
            tags: tagsOf("object-storage", { hub: "prod" }),
        });
    });

    it("is closed to the public, sealed, and takes no plain HTTP", () => {
        expect(about("PublicAccessBlock")).toMatchObject({
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        });
        expect(about("OwnershipControls")).toMatchObject({
            rule: { objectOwnership: "BucketOwnerEnforced" },
        });
        expect(about("ServerSideEncryptionConfiguration")).toMatchObject({
            rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
        });
        expect(JSON.parse(about("Policy")["policy"] as string)).toEqual({
            Version: "2012-10-17",
            Statement: [
                {
                    Sid: "RefusesPlainHttp",
                    Effect: "Deny",
                    Principal: "*",
                    Action: "s3:*",
                    Resource: [
                        "arn:aws:s3:::earthscope-scratch",
                        "arn:aws:s3:::earthscope-scratch/*",
                    ],
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                },
            ],
        });
    });

    it("forgets after the days of the stack file", () => {
        expect(about("LifecycleConfiguration")["rules"]).toEqual([
            {
                id: "delete-scratch",
                status: "Enabled",
                filter: { prefix: "" },
                expiration: { days: 7 },
                abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
            },
        ]);
    });

    it("is all that the users of the hub may reach", () => {
        const { policy } = built.find(
            "aws:iam/rolePolicy:RolePolicy",
            "object-storage-prod-users",
        ).inputs;
        const { Statement } = JSON.parse(policy as string) as { Statement: Section[] };
        expect(Statement.map(({ Resource }) => Resource)).toEqual([
            "arn:aws:s3:::earthscope-scratch",
            "arn:aws:s3:::earthscope-scratch/*",
        ]);
        expect(
            Statement.flatMap(({ Action }) => Action as string[]).filter((each) =>
                each.includes("*"),
            ),
        ).toEqual([]);
    });

    it("is not there for a hub that asks for none; the identity is", async () => {
        const without = await build(
            geolab((config) => {
                const { hubs } = config["jupyterhub"] as { hubs: Section[] };
                delete hubs[0]?.["scratch"];
            }),
        );
        expect(without.ofType("aws:s3/bucket:Bucket")).toEqual([]);
        expect(without.foundation.hubs["prod"]).not.toHaveProperty("scratchBucket");
        expect(
            without.find(
                "aws:eks/podIdentityAssociation:PodIdentityAssociation",
                "object-storage-prod-users-identity",
            ).inputs,
        ).toEqual({
            clusterName: "geolab",
            namespace: "prod",
            serviceAccount: "user-sa",
            roleArn: "arn:of:object-storage-prod-users-role",
            tags: tagsOf("object-storage", { hub: "prod" }),
        });
        const policies = without.ofType("aws:iam/rolePolicy:RolePolicy").map(({ name }) => name);
        expect(policies).not.toContain("object-storage-prod-users");
    });
});
