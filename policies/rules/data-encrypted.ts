import { valuesAt } from "../../components/model/carriers/spawn-points";
import { placeOf } from "../place";
import type { Plain } from "../plain";
import { isPlain } from "../plain";
import type { ResourceRule } from "../rule";

interface Need {
    /** Whether the inputs, as far as they are known, ask for encryption. */
    readonly met: (inputs: Plain) => boolean;
    readonly write: string;
}

/** Every one of the values is true; the API of launch templates and storage classes takes it as a word. */
const isTrue =
    (...path: readonly string[]) =>
    (inputs: Plain) => {
        const values = valuesAt(inputs, path);
        return values.length > 0 && values.every((value) => value === true || value === "true");
    };

/** It is there; a key that is still to be made is unknown, and counts. */
const isSet =
    (...path: readonly string[]) =>
    (inputs: Plain) =>
        valuesAt(inputs, path).some(
            (value) => value !== undefined && value !== null && value !== "",
        );

const encrypted: Need = { met: isTrue("encrypted"), write: "encrypted: true" };
const storageEncrypted: Need = { met: isTrue("storageEncrypted"), write: "storageEncrypted: true" };

/** Every volume of a list says that it is encrypted; an empty list says nothing. */
const allEncrypted =
    (...path: readonly string[]) =>
    (inputs: Plain) =>
        valuesAt(inputs, path)
            .filter((volume) => volume !== undefined && volume !== null)
            .every((volume) => isPlain(volume) && encrypted.met(volume));

/**
 * What the provider's documentation (JSDoc of @pulumi/aws 7.48) calls unencrypted unless told otherwise. Not
 * listed, since it is encrypted in any case: S3 (since January 2023), DynamoDB, SQS, CloudWatch logs and vaults of
 * AWS Backup with AWS's own key; managed disks, storage accounts and databases on Azure, of which only what a machine
 * keeps on its host, caches and temporary disks, is plain where nobody asks.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/disk-encryption-overview
 */
const needs: Readonly<Record<string, Need>> = {
    "aws:ebs/volume:Volume": encrypted,
    "aws:ebs/snapshotCopy:SnapshotCopy": encrypted,
    "aws:efs/fileSystem:FileSystem": encrypted,
    "aws:rds/cluster:Cluster": storageEncrypted,
    "aws:docdb/cluster:Cluster": storageEncrypted,
    "aws:rds/instance:Instance": {
        // An instance of a cluster takes the cluster's; a replica from another region names its key instead.
        met: (inputs) =>
            storageEncrypted.met(inputs) ||
            (isSet("replicateSourceDb")(inputs) && isSet("kmsKeyId")(inputs)),
        write: "storageEncrypted: true",
    },
    "aws:elasticache/replicationGroup:ReplicationGroup": {
        met: isTrue("atRestEncryptionEnabled"),
        write: "atRestEncryptionEnabled: true",
    },
    "aws:opensearch/domain:Domain": {
        met: isTrue("encryptAtRest", "enabled"),
        write: "encryptAtRest: { enabled: true }",
    },
    "aws:eks/cluster:Cluster": {
        met: (inputs) =>
            isSet("encryptionConfig", "provider", "keyArn")(inputs) &&
            valuesAt(inputs, ["encryptionConfig", "resources", "[]"]).includes("secrets"),
        write: 'encryptionConfig: { provider: { keyArn }, resources: ["secrets"] }',
    },
    "aws:sns/topic:Topic": { met: isSet("kmsMasterKeyId"), write: "kmsMasterKeyId" },
    "aws:ec2/instance:Instance": {
        met: (inputs) =>
            isTrue("rootBlockDevice", "encrypted")(inputs) &&
            allEncrypted("ebsBlockDevices", "[]")(inputs),
        write: "rootBlockDevice: { encrypted: true }, and the same on every device",
    },
    "aws:ec2/launchTemplate:LaunchTemplate": {
        met: (inputs) =>
            isSet("blockDeviceMappings", "[]", "ebs")(inputs) &&
            allEncrypted("blockDeviceMappings", "[]", "ebs")(inputs),
        write: 'blockDeviceMappings: [{ ebs: { encrypted: "true" } }]',
    },
    "azure-native:compute:VirtualMachine": {
        met: (inputs) =>
            isTrue("securityProfile", "encryptionAtHost")(inputs) ||
            isSet("storageProfile", "osDisk", "managedDisk", "diskEncryptionSet", "id")(inputs),
        write: "securityProfile: { encryptionAtHost: true }, or the disk encryption set of its osDisk",
    },
    "kubernetes:storage.k8s.io/v1:StorageClass": {
        met: (inputs) =>
            inputs["provisioner"] !== "ebs.csi.aws.com" ||
            isTrue("parameters", "encrypted")(inputs),
        write: 'parameters: { encrypted: "true" }',
    },
};

/** What holds data is encrypted at rest, and says so in its inputs rather than by an account's default. */
export const dataEncrypted: ResourceRule = {
    id: "DAT1",
    name: "data-encrypted",
    why: "Disks, copies and topics outlive the machine they were read on.",
    fix: "Ask for encryption in the inputs; it cannot be added later without a copy.",
    level: "mandatory",
    appliesTo: (type) => Object.hasOwn(needs, type),
    check(resource, { inventory }) {
        const { urn, type, inputs } = resource;
        const need = needs[type];
        if (need === undefined || need.met(inputs)) return [];
        const message = `${type} is not known to be encrypted`;
        return [
            { urn, ...placeOf(inventory.ownerOf(resource)), message, fix: `write ${need.write}` },
        ];
    },
};
