import type { Props } from "../../provider/values";
import { arnOf } from "../account";
import type { Admission, AwsType, Reference } from "../aws-type";
import { refuse } from "../aws-type";
import type { Problem } from "../grammar";
import { hex, now, uuid, zoneId } from "../identifiers";
import { blocksAt, flagAt, isGiven, numberAt, shown, textAt, textsAt } from "../look";
import { resolve } from "../references";
import {
    checkGroupsIn,
    key,
    securityGroupHeld,
    subnetsAt,
    subnetsHeld,
    vpcOfSubnets,
} from "./ec2-references";
import { admitFinalSnapshot, leaveFinalSnapshot } from "./final-snapshots";
import { windowProblems } from "./rds-windows";

const subnetGroupType = "aws:rds/subnetGroup:SubnetGroup";
const parameterGroupType = "aws:rds/parameterGroup:ParameterGroup";

const subnetGroup: Reference = {
    path: "dbSubnetGroupName",
    to: [subnetGroupType],
    holds: true,
    code: "DBSubnetGroupNotFoundFault",
};
const parameterGroup: Reference = {
    path: "parameterGroupName",
    to: [parameterGroupType],
    holds: true,
    foreign: (name) => name.startsWith("default."),
    code: "DBParameterGroupNotFound",
};

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html */
function* storageProblems(inputs: Props): Generator<Problem> {
    const [size, most] = [
        numberAt(inputs, "allocatedStorage"),
        numberAt(inputs, "maxAllocatedStorage"),
    ];
    const type = textAt(inputs, "storageType");
    if (size !== undefined && type === "gp3" && size < 20)
        yield { property: "allocatedStorage", reason: `${size} GiB of gp3 is below 20` };
    if (size !== undefined && most !== undefined && most !== 0 && most * 10 < size * 11) {
        const reason = `${most} is not a tenth above allocatedStorage ${size}`;
        yield { property: "maxAllocatedStorage", reason };
    }
    if (isGiven(inputs, "kmsKeyId") && flagAt(inputs, "storageEncrypted") !== true)
        yield { property: "storageEncrypted", reason: "must be true with kmsKeyId" };
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html */
function* passwordProblems(inputs: Props): Generator<Problem> {
    const ways = ["password", "passwordWo"].filter((each) => isGiven(inputs, each));
    if (flagAt(inputs, "manageMasterUserPassword") === true) ways.push("manageMasterUserPassword");
    const restored = ["replicateSourceDb", "snapshotIdentifier", "restoreToPointInTime"];
    if (ways.length === 1 || (ways.length === 0 && restored.some((each) => isGiven(inputs, each))))
        return;
    const reason = "name exactly one of password, passwordWo and manageMasterUserPassword";
    yield { property: "password", reason };
}

const majorOf = (version: string | undefined): string | undefined => version?.split(".")[0];

function checkFamily({ inputs, cloud, region }: Admission): void {
    const name = textAt(inputs, "parameterGroupName") ?? "";
    const group = resolve(cloud, region, parameterGroup, name);
    const family = group === undefined ? undefined : textAt(group.outputs, "family");
    const major = majorOf(textAt(inputs, "engineVersion"));
    const wanted = `${textAt(inputs, "engine") ?? ""}${major ?? ""}`;
    if (family === undefined || major === undefined || family === wanted) return;
    refuse(
        "InvalidParameterCombination",
        `parameterGroupName: The parameter group ${name} with DBParameterGroupFamily ${family} cannot be ` +
            `used for this instance. Please use a Parameter Group with DBParameterGroupFamily ${wanted}`,
    );
}

function checkNetwork(admission: Admission): void {
    const { inputs, cloud, region } = admission;
    const group = resolve(cloud, region, subnetGroup, textAt(inputs, "dbSubnetGroupName") ?? "");
    if (group === undefined) return;
    checkGroupsIn(textAt(group.outputs, "vpcId"), admission, "vpcSecurityGroupIds");
}

function checkChange({ inputs, old }: Admission): void {
    if (old === undefined) return;
    const [size, before] = [inputs, old.outputs].map((each) => numberAt(each, "allocatedStorage"));
    if (size !== undefined && before !== undefined && size < before)
        refuse(
            "InvalidParameterValue",
            `allocatedStorage: ${size} GiB is less than ${before}; storage only grows`,
        );
    const [wanted, has] = [inputs, old.outputs].map((each) =>
        majorOf(textAt(each, "engineVersion")),
    );
    if (wanted === has || flagAt(inputs, "allowMajorVersionUpgrade") === true) return;
    refuse(
        "InvalidParameterCombination",
        "engineVersion: The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.",
    );
}

/** Databases of RDS. @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
export const rdsTypes: Readonly<Record<string, AwsType>> = {
    [subnetGroupType]: {
        autoname: {
            property: "name",
            maxLength: 255,
            prefixProperty: "namePrefix",
            lowerCase: true,
        },
        defaults: { description: "Managed by Pulumi" },
        references: [{ ...subnetsHeld("subnetIds"), code: "InvalidSubnet" }],
        unique: [{ by: ["name"], code: "DBSubnetGroupAlreadyExists", within: "region" }],
        admit({ inputs, cloud }) {
            const subnets = subnetsAt(cloud, inputs, "subnetIds");
            vpcOfSubnets(subnets, "subnetIds");
            const zones = new Set(
                subnets.map(({ outputs }) => textAt(outputs, "availabilityZone")),
            );
            if (zones.size > 1) return;
            refuse(
                "DBSubnetGroupDoesNotCoverEnoughAZs",
                "subnetIds: a subnet group needs subnets in at least two zones; name one more",
            );
        },
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
        made: ({ id, region }) => ({ arn: arnOf("rds", region, `subgrp:${id}`) }),
        computed({ inputs, cloud }) {
            const [subnet] = subnetsAt(cloud, inputs, "subnetIds");
            return {
                supportedNetworkTypes: ["IPV4"],
                vpcId: textAt(subnet?.outputs ?? {}, "vpcId") ?? "",
            };
        },
        inUse: "InvalidDBSubnetGroupStateFault",
    },
    [parameterGroupType]: {
        autoname: {
            property: "name",
            maxLength: 255,
            prefixProperty: "namePrefix",
            lowerCase: true,
        },
        defaults: { description: "Managed by Pulumi", skipDestroy: false },
        unique: [{ by: ["name"], code: "DBParameterGroupAlreadyExists", within: "region" }],
        *inputProblems(inputs) {
            const names = blocksAt(inputs, "parameters").map((each) => shown(each["name"]));
            const twice = names.find((name, at) => names.indexOf(name) !== at);
            if (twice !== undefined)
                yield { property: "parameters", reason: `${twice} is there twice` };
        },
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
        made: ({ id, region }) => ({ arn: arnOf("rds", region, `pg:${id}`) }),
        inUse: "InvalidDBParameterGroupState",
    },
    "aws:rds/instance:Instance": {
        autoname: {
            property: "identifier",
            maxLength: 63,
            prefixProperty: "identifierPrefix",
            lowerCase: true,
        },
        defaults: {
            autoMinorVersionUpgrade: true,
            backupRetentionPeriod: 0,
            copyTagsToSnapshot: false,
            deleteAutomatedBackups: true,
            deletionProtection: false,
            iamDatabaseAuthenticationEnabled: false,
            monitoringInterval: 0,
            multiAz: false,
            networkType: "IPV4",
            performanceInsightsEnabled: false,
            publiclyAccessible: false,
            skipFinalSnapshot: false,
            storageEncrypted: false,
        },
        references: [
            subnetGroup,
            parameterGroup,
            securityGroupHeld("vpcSecurityGroupIds"),
            key("kmsKeyId", "KMSKeyNotAccessibleFault"),
        ],
        unique: [{ by: ["identifier"], code: "DBInstanceAlreadyExists", within: "region" }],
        secrets: ["password", "passwordWo"],
        *inputProblems(inputs) {
            if (!isGiven(inputs, "engine") && !isGiven(inputs, "replicateSourceDb"))
                yield { property: "engine", reason: "is required" };
            yield* passwordProblems(inputs);
            yield* storageProblems(inputs);
            yield* windowProblems(inputs);
        },
        admit(admission) {
            checkFamily(admission);
            checkNetwork(admission);
            checkChange(admission);
        },
        id: () => `db-${hex(26).toUpperCase()}`,
        made({ id, inputs, region }) {
            const name = textAt(inputs, "identifier") ?? "";
            const address = `${name}.${hex(12)}.${region}.rds.amazonaws.com`;
            const managed = flagAt(inputs, "manageMasterUserPassword") === true;
            const secretArn = arnOf("secretsmanager", region, `secret:rds!${id}-${hex(6)}`);
            return {
                address,
                arn: arnOf("rds", region, `db:${name}`),
                endpoint: `${address}:${String(numberAt(inputs, "port") ?? 5432)}`,
                hostedZoneId: zoneId(),
                latestRestorableTime: now(),
                listenerEndpoints: [],
                masterUserSecrets: managed
                    ? [
                          {
                              kmsKeyId: arnOf("kms", region, `key/${uuid()}`),
                              secretArn,
                              secretStatus: "active",
                          },
                      ]
                    : [],
                replicas: [],
                resourceId: id,
                status: "available",
                upgradeRolloutOrder: "second",
            };
        },
        computed({ inputs, old }) {
            const asked = textAt(inputs, "engineVersion") ?? "17";
            const before = textAt(old?.outputs ?? {}, "engineVersionActual");
            const runs = before !== undefined && before.startsWith(`${asked}.`);
            return {
                engineVersionActual: runs ? before : asked.includes(".") ? asked : `${asked}.6`,
            };
        },
        release(instance, cloud) {
            const { id, outputs } = instance;
            if (outputs["deletionProtection"] === true)
                refuse(
                    "InvalidParameterCombination",
                    `Cannot delete protected DB Instance ${shown(outputs["identifier"])} (${id}), please disable ` +
                        "deletion protection and try again.",
                );
            if (
                outputs["skipFinalSnapshot"] !== true &&
                textsAt(outputs, "finalSnapshotIdentifier").length === 0
            )
                refuse(
                    "InvalidParameterCombination",
                    `finalSnapshotIdentifier is required when skipFinalSnapshot is false; ${id} stays`,
                );
            admitFinalSnapshot("rds", instance, cloud);
        },
        leaves: (instance) => leaveFinalSnapshot("rds", instance),
    },
};
