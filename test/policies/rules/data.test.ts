import { carrierOf } from "../../../components/model/carriers";
import { dataEncrypted } from "../../../policies/rules/data-encrypted";
import { dataPrivate } from "../../../policies/rules/data-private";
import { dataProtected } from "../../../policies/rules/data-protected";
import { saidOf } from "../../support/stack";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const unknownFlag = "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7";
const storageClass = "kubernetes:storage.k8s.io/v1:StorageClass";
const provider = { keyArn: unknown };

describe("data-encrypted", () => {
    const table = [
        ["aws:ebs/volume:Volume", { encrypted: true, kmsKeyId: unknown }, { kmsKeyId: unknown }],
        ["aws:ebs/volume:Volume", { encrypted: true }, { encrypted: unknownFlag }],
        ["aws:ebs/snapshotCopy:SnapshotCopy", { encrypted: true }, { encrypted: false }],
        ["aws:efs/fileSystem:FileSystem", { encrypted: true }, {}],
        ["aws:rds/cluster:Cluster", { storageEncrypted: true }, { storageEncrypted: false }],
        ["aws:rds/instance:Instance", { storageEncrypted: true }, { kmsKeyId: unknown }],
        [
            "aws:rds/instance:Instance",
            { replicateSourceDb: "a", kmsKeyId: unknown },
            { replicateSourceDb: "a" },
        ],
        ["aws:docdb/cluster:Cluster", { storageEncrypted: true }, {}],
        [
            "aws:elasticache/replicationGroup:ReplicationGroup",
            { atRestEncryptionEnabled: true },
            {},
        ],
        [
            "aws:opensearch/domain:Domain",
            { encryptAtRest: { enabled: true } },
            { encryptAtRest: { enabled: false } },
        ],
        [
            "aws:eks/cluster:Cluster",
            { encryptionConfig: { provider, resources: ["secrets"] } },
            { encryptionConfig: { provider, resources: [] } },
        ],
        [
            "aws:eks/cluster:Cluster",
            { encryptionConfig: { provider, resources: ["secrets"] } },
            { encryptionConfig: { resources: ["secrets"] } },
        ],
        ["aws:sns/topic:Topic", { kmsMasterKeyId: unknown }, { kmsMasterKeyId: "" }],
        [
            "aws:ec2/instance:Instance",
            { rootBlockDevice: { encrypted: true } },
            { rootBlockDevice: { encrypted: true }, ebsBlockDevices: [{ deviceName: "/dev/sdb" }] },
        ],
        [
            "aws:ec2/instance:Instance",
            { rootBlockDevice: { encrypted: true }, ebsBlockDevices: [{ encrypted: true }] },
            { ebsBlockDevices: [{ encrypted: true }] },
        ],
        [
            "aws:ec2/launchTemplate:LaunchTemplate",
            {
                blockDeviceMappings: [
                    { ebs: { encrypted: "true" } },
                    { virtualName: "ephemeral0" },
                ],
            },
            { blockDeviceMappings: [{ ebs: { encrypted: "true" } }, { ebs: { volumeSize: 9 } }] },
        ],
        [
            "aws:ec2/launchTemplate:LaunchTemplate",
            { blockDeviceMappings: [{ ebs: { encrypted: "true" } }] },
            { imageId: "ami-1" },
        ],
        [
            storageClass,
            { provisioner: "ebs.csi.aws.com", parameters: { encrypted: "true" } },
            { provisioner: "ebs.csi.aws.com", parameters: { type: "gp3" } },
        ],
    ] as const;

    it.each(table)("passes an encrypted %s: %#", (type, encrypted) => {
        expect(saidOf(dataEncrypted, ["home-storage", "prod"], type, encrypted)).toEqual([]);
    });

    it.each(table)("refuses %s that is not, or not known to be: %#", (type, _encrypted, plain) => {
        expect(saidOf(dataEncrypted, ["home-storage", "prod"], type, plain)).toEqual([
            `${type} is not known to be encrypted`,
        ]);
    });

    it("asks nothing of a class whose provisioner encrypts in any case", () => {
        const inputs = { provisioner: "disk.csi.azure.com" };

        expect(saidOf(dataEncrypted, ["home-storage", "prod"], storageClass, inputs)).toEqual([]);
    });

    it("knows types that there are", () => {
        expect(table.map(([type]) => carrierOf(type))).not.toContain(undefined);
    });
});

describe("data-protected", () => {
    const data = ["home-storage", "prod"] as const;
    const types = [
        "aws:ebs/volume:Volume",
        "aws:efs/fileSystem:FileSystem",
        "aws:fsx/lustreFileSystem:LustreFileSystem",
        "aws:fsx/openZfsFileSystem:OpenZfsFileSystem",
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
        "aws:rds/instance:Instance",
        "aws:rds/cluster:Cluster",
        "aws:docdb/cluster:Cluster",
        "aws:dynamodb/table:Table",
        "aws:opensearch/domain:Domain",
        "aws:backup/vault:Vault",
        "aws:kms/key:Key",
        "azure-native:compute:Disk",
        "azure-native:compute/v20230402:Disk",
        "azure-native:storage:StorageAccount",
        "azure-native:storage:FileShare",
        "azure-native:netapp:CapacityPoolVolume",
        "azure-native:dbforpostgresql:Server",
        "azure-native:dataprotection:BackupVault",
        "azure-native:recoveryservices:Vault",
        "kubernetes:core/v1:PersistentVolume",
        "kubernetes:core/v1:PersistentVolumeClaim",
    ];

    it.each(types)("refuses an unprotected %s in a data layer", (type) => {
        expect(saidOf(dataProtected, data, type, {})).toEqual([
            `${type} holds data and may be deleted`,
        ]);
        expect(saidOf(dataProtected, data, type, {}, { protect: true })).toEqual([]);
        const carrier = type.startsWith("kubernetes:") ? "labels" : "map";
        expect(carrierOf(type)).toBe(type.endsWith(":FileShare") ? "metadata" : carrier);
    });

    it("passes what its provider protects", () => {
        const db = "aws:rds/instance:Instance";

        expect(saidOf(dataProtected, data, db, { deletionProtection: true })).toEqual([]);
        expect(saidOf(dataProtected, data, db, { deletionProtection: unknownFlag })).toHaveLength(
            1,
        );
    });

    it.each([true, unknownFlag])("refuses a database that skips its last snapshot: %s", (skips) => {
        const db = "aws:rds/instance:Instance";
        const inputs = { deletionProtection: true, skipFinalSnapshot: skips };

        expect(saidOf(dataProtected, data, db, inputs)).toEqual([
            `${db} holds data and would go without a last copy`,
        ]);
        expect(saidOf(dataProtected, data, db, { ...inputs, skipFinalSnapshot: false })).toEqual(
            [],
        );
    });

    it("asks nothing of a layer whose data can be had again", () => {
        expect(
            saidOf(dataProtected, ["object-storage", "prod"], "aws:s3/bucket:Bucket", {}),
        ).toEqual([]);
    });
});

describe("data-private", () => {
    const database = "aws:rds/instance:Instance";
    const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    const group = "aws:ec2/securityGroup:SecurityGroup";
    const rule = "aws:ec2/securityGroupRule:SecurityGroupRule";
    const block = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
    const shut = {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
    };
    const all = "0.0.0.0/0";
    const table = [
        [database, { publiclyAccessible: false }, { publiclyAccessible: true }],
        [database, {}, { publiclyAccessible: unknownFlag }],
        ["aws:rds/clusterInstance:ClusterInstance", {}, { publiclyAccessible: true }],
        ["aws:redshift/cluster:Cluster", {}, { publiclyAccessible: true }],
        ["aws:dms/replicationInstance:ReplicationInstance", {}, { publiclyAccessible: true }],
        [block, shut, { ...shut, blockPublicPolicy: false }],
        [block, shut, {}],
        [ingress, { referencedSecurityGroupId: unknown }, { cidrIpv4: all }],
        [ingress, { cidrIpv4: "10.0.0.0/16" }, { cidrIpv6: "::/0" }],
        [
            group,
            { egress: [{ cidrBlocks: [all] }] },
            { ingress: [{ securityGroups: ["sg-1"] }, { cidrBlocks: ["10.0.0.0/8", all] }] },
        ],
        [rule, { type: "egress", cidrBlocks: [all] }, { type: "ingress", cidrBlocks: [all] }],
    ] as const;

    it.each(table)("passes a closed %s, refuses an open one: %#", (type, closed, open) => {
        const place = ["hub-database", "prod"] as const;

        expect(saidOf(dataPrivate, place, type, closed)).toEqual([]);
        expect(saidOf(dataPrivate, place, type, open)).toEqual([
            expect.stringContaining(`${type} is open, or not known to be closed: `),
        ]);
        expect(carrierOf(type)).toBeDefined();
    });

    it("lets a layer without data be reached from everywhere, and no bucket", () => {
        expect(saidOf(dataPrivate, ["network"], ingress, { cidrIpv4: all })).toEqual([]);
        expect(saidOf(dataPrivate, ["network"], block, {})).toHaveLength(1);
    });
});
