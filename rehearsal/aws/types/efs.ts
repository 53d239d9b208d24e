import type { Props } from "../../provider/values";
import { isProps } from "../../provider/values";
import { accountId, arnOf, zoneIdOf, zonesOf } from "../account";
import type { Admission, AwsType, Reference } from "../aws-type";
import { refuse } from "../aws-type";
import { ec2Id, hex } from "../identifiers";
import { blocksAt, flagAt, isGiven, numberAt, shown, textAt } from "../look";
import { covers, listOf, statementsOf } from "../policy-document";
import { checkGroupsIn, key, securityGroupHeld, subnetsAt, subnetsHeld } from "./ec2-references";

const fileSystemType = "aws:efs/fileSystem:FileSystem";

const fileSystem = (holds: boolean): Reference => ({
    path: "fileSystemId",
    to: [fileSystemType],
    code: "FileSystemNotFound",
    ...(holds ? { holds: true } : {}),
});
const arnOfSystem = (region: string, inputs: Admission["inputs"]) =>
    arnOf("elasticfilesystem", region, `file-system/${String(textAt(inputs, "fileSystemId"))}`);

/** @see https://docs.aws.amazon.com/efs/latest/APIReference/API_PutFileSystemPolicy.html */
function locksOut({
    Effect: effect,
    Principal: principal,
    Action: action,
    Condition: when,
}: Props) {
    const everybody = principal === "*" || (isProps(principal) && principal["AWS"] === "*");
    const writes = listOf(action).some(
        (each) => typeof each === "string" && covers(each, "elasticfilesystem:PutFileSystemPolicy"),
    );
    return effect === "Deny" && everybody && writes && when === undefined;
}

function checkMount(admission: Admission): void {
    const { type, inputs, cloud, old } = admission;
    const [subnet] = subnetsAt(cloud, inputs, "subnetId");
    const zone = textAt(subnet?.outputs ?? {}, "availabilityZone");
    const vpcId = textAt(subnet?.outputs ?? {}, "vpcId");
    const system = textAt(inputs, "fileSystemId") ?? "";
    checkGroupsIn(vpcId, admission, "securityGroups");
    for (const other of cloud.mentioning(system)) {
        if (other.type !== type || other.id === old?.id) continue;
        if (textAt(other.outputs, "availabilityZoneName") === zone)
            refuse("MountTargetConflict", `subnetId: ${system} has ${other.id} in ${String(zone)}`);
        const [there] = subnetsAt(cloud, other.outputs, "subnetId");
        if (there !== undefined && textAt(there.outputs, "vpcId") !== vpcId)
            refuse("MountTargetConflict", `subnetId: ${system} is mounted in another VPC`);
    }
}

/** File systems of EFS. @see https://docs.aws.amazon.com/efs/latest/ug/API_Operations.html */
export const efsTypes: Readonly<Record<string, AwsType>> = {
    [fileSystemType]: {
        defaults: {
            encrypted: false,
            performanceMode: "generalPurpose",
            throughputMode: "bursting",
        },
        references: [key("kmsKeyId", "BadRequest")],
        *inputProblems(inputs, region) {
            if (isGiven(inputs, "kmsKeyId") && flagAt(inputs, "encrypted") !== true)
                yield { property: "encrypted", reason: "must be true with kmsKeyId" };
            const speed = numberAt(inputs, "provisionedThroughputInMibps");
            const mode = textAt(inputs, "throughputMode") ?? "bursting";
            if ((mode === "provisioned") !== isGiven(inputs, "provisionedThroughputInMibps"))
                yield { property: "provisionedThroughputInMibps", reason: `with mode ${mode}` };
            if (speed !== undefined && speed < 1)
                yield { property: "provisionedThroughputInMibps", reason: `${speed} is below 1` };
            const zone = textAt(inputs, "availabilityZoneName");
            if (zone !== undefined && !zonesOf(region).includes(zone))
                yield {
                    property: "availabilityZoneName",
                    reason: `${zone} is no zone of ${region}`,
                };
            for (const policy of blocksAt(inputs, "lifecyclePolicies")) {
                if (Object.keys(policy).length > 1)
                    yield { property: "lifecyclePolicies", reason: "one transition each" };
            }
        },
        id: () => ec2Id("fs"),
        made: ({ id, region, inputs }) => ({
            arn: arnOf("elasticfilesystem", region, `file-system/${id}`),
            availabilityZoneId: "",
            creationToken: inputs["creationToken"] ?? hex(26),
            dnsName: `${id}.efs.${region}.amazonaws.com`,
            numberOfMountTargets: 0,
            ownerId: accountId,
            sizeInBytes: [{ value: 6144, valueInIa: 0, valueInStandard: 6144 }],
        }),
        computed: ({ inputs }) => {
            const { tags } = inputs;
            const named = typeof tags === "object" && tags !== null && !Array.isArray(tags);
            return { name: named ? (tags["Name"] ?? "") : "" };
        },
        inUse: "FileSystemInUse",
    },
    "aws:efs/mountTarget:MountTarget": {
        references: [
            fileSystem(true),
            subnetsHeld("subnetId"),
            securityGroupHeld("securityGroups"),
        ],
        admit: checkMount,
        id: () => `fsmt-0${hex(16)}`,
        made({ inputs, region, cloud }) {
            const [subnet] = subnetsAt(cloud, inputs, "subnetId");
            const zone = textAt(subnet?.outputs ?? {}, "availabilityZone") ?? `${region}a`;
            const system = String(textAt(inputs, "fileSystemId"));
            return {
                availabilityZoneId: zoneIdOf(zone),
                availabilityZoneName: zone,
                dnsName: `${system}.efs.${region}.amazonaws.com`,
                fileSystemArn: arnOfSystem(region, inputs),
                ipAddress: inputs["ipAddress"] ?? "10.0.0.5",
                mountTargetDnsName: `${zone}.${system}.efs.${region}.amazonaws.com`,
                networkInterfaceId: ec2Id("eni"),
                ownerId: accountId,
            };
        },
    },
    "aws:efs/accessPoint:AccessPoint": {
        references: [fileSystem(false)],
        id: () => `fsap-0${hex(16)}`,
        made: ({ id, inputs, region }) => ({
            arn: arnOf("elasticfilesystem", region, `access-point/${id}`),
            fileSystemArn: arnOfSystem(region, inputs),
            ownerId: accountId,
        }),
    },
    "aws:efs/backupPolicy:BackupPolicy": {
        references: [fileSystem(false)],
        *inputProblems(inputs) {
            const status = textAt(inputs, "backupPolicy.status");
            if (status !== undefined && !["ENABLED", "DISABLED"].includes(status))
                yield {
                    property: "backupPolicy.status",
                    reason: `${status} is no ENABLED or DISABLED`,
                };
        },
        id: ({ inputs }) => String(textAt(inputs, "fileSystemId")),
    },
    "aws:efs/fileSystemPolicy:FileSystemPolicy": {
        required: ["fileSystemId", "policy"],
        immutable: ["fileSystemId"],
        documents: [{ path: "policy", kind: "resource", maxLength: 20000 }],
        references: [fileSystem(false)],
        *inputProblems(inputs) {
            const careless = flagAt(inputs, "bypassPolicyLockoutSafetyCheck") === true;
            const policy = textAt(inputs, "policy");
            if (careless || policy === undefined || !statementsOf(policy).some(locksOut)) return;
            const reason = "would lock out whoever writes it: it refuses everything to everybody";
            yield { property: "policy", reason };
        },
        admit({ inputs, region }) {
            const own = arnOfSystem(region, inputs);
            for (const { Resource: resource } of statementsOf(textAt(inputs, "policy") ?? "")) {
                const other = listOf(resource).find((each) => each !== own && each !== "*");
                if (other === undefined) continue;
                refuse("InvalidPolicyException", `policy: ${shown(other)} is not ${own}`);
            }
        },
        id: ({ inputs }) => String(textAt(inputs, "fileSystemId")),
    },
};
