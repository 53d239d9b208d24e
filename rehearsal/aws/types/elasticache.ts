import type { Props } from "../../provider/values";
import { arnOf } from "../account";
import type { Admission, AwsType, Reference } from "../aws-type";
import { refuse } from "../aws-type";
import type { Problem } from "../grammar";
import { hex } from "../identifiers";
import { flagAt, isGiven, numberAt, textAt } from "../look";
import { resolve } from "../references";
import {
    checkGroupsIn,
    key,
    securityGroupHeld,
    subnetsAt,
    subnetsHeld,
    topicType,
    vpcOfSubnets,
} from "./ec2-references";
import { admitFinalSnapshot, leaveFinalSnapshot } from "./final-snapshots";

const subnetGroupType = "aws:elasticache/subnetGroup:SubnetGroup";
const parameterGroupType = "aws:elasticache/parameterGroup:ParameterGroup";

const named = { property: "name", maxLength: 255, lowerCase: true } as const;

const subnetGroup: Reference = {
    path: "subnetGroupName",
    to: [subnetGroupType],
    holds: true,
    code: "CacheSubnetGroupNotFoundFault",
};
const parameterGroup: Reference = {
    path: "parameterGroupName",
    to: [parameterGroupType],
    holds: true,
    foreign: (name) => name.startsWith("default."),
    code: "CacheParameterGroupNotFound",
};

/** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
function* groupProblems(inputs: Props): Generator<Problem> {
    const nodes = numberAt(inputs, "numCacheClusters") ?? 1;
    const failover = flagAt(inputs, "automaticFailoverEnabled") === true;
    if (failover && nodes < 2 && !isGiven(inputs, "replicasPerNodeGroup"))
        yield {
            property: "automaticFailoverEnabled",
            reason: "needs numCacheClusters of 2 or more",
        };
    if (flagAt(inputs, "multiAzEnabled") === true && !failover)
        yield { property: "multiAzEnabled", reason: "needs automaticFailoverEnabled" };
    if (isGiven(inputs, "authToken") && flagAt(inputs, "transitEncryptionEnabled") !== true)
        yield { property: "authToken", reason: "needs transitEncryptionEnabled" };
    const token = textAt(inputs, "authToken");
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
    if (token !== undefined && !/^[!-~]{16,128}$/.test(token.replace(/[@"/]/g, "\n")))
        yield {
            property: "authToken",
            reason: 'is not 16 to 128 printable characters without @, " and /',
        };
    if (isGiven(inputs, "kmsKeyId") && flagAt(inputs, "atRestEncryptionEnabled") !== true)
        yield { property: "atRestEncryptionEnabled", reason: "must be true with kmsKeyId" };
    const nodeType = textAt(inputs, "nodeType");
    if (nodeType !== undefined && !/^cache\.[a-z]\d[a-z]*\.[a-z0-9]+$/.test(nodeType))
        yield {
            property: "nodeType",
            reason: `${nodeType} is no node type such as cache.t4g.small`,
        };
    const kept = numberAt(inputs, "snapshotRetentionLimit") ?? 0;
    if (kept > 35)
        yield { property: "snapshotRetentionLimit", reason: `${kept} days are above 35` };
    yield* windowProblems(inputs);
}

function* windowProblems(inputs: Props): Generator<Problem> {
    const upkeep = textAt(inputs, "maintenanceWindow");
    if (upkeep !== undefined && !/^[a-z]{3}:\d\d:\d\d-[a-z]{3}:\d\d:\d\d$/.test(upkeep))
        yield { property: "maintenanceWindow", reason: `${upkeep} is no sun:23:00-mon:01:30` };
    const copying = textAt(inputs, "snapshotWindow");
    if (copying !== undefined && !/^\d\d:\d\d-\d\d:\d\d$/.test(copying))
        yield { property: "snapshotWindow", reason: `${copying} is no 05:00-09:00` };
}

/** The family that a version of an engine takes its parameters from. */
function familyOf(inputs: Props): string | undefined {
    const engine = textAt(inputs, "engine") ?? "redis";
    const major = textAt(inputs, "engineVersion")?.split(".")[0];
    return major === undefined ? undefined : `${engine}${major}`;
}

function checkGroup(admission: Admission): void {
    const { inputs, cloud, region, old } = admission;
    const parameters = resolve(
        cloud,
        region,
        parameterGroup,
        textAt(inputs, "parameterGroupName") ?? "",
    );
    const family = textAt(parameters?.outputs ?? {}, "family");
    const wanted = familyOf(inputs);
    if (family !== undefined && wanted !== undefined && family !== wanted)
        refuse(
            "InvalidParameterCombination",
            `parameterGroupName: Expected a parameter group of family ${wanted} but found one of family ${family}`,
        );
    const subnets = resolve(cloud, region, subnetGroup, textAt(inputs, "subnetGroupName") ?? "");
    const vpc = textAt(subnets?.outputs ?? {}, "vpcId");
    checkGroupsIn(vpc, admission, "securityGroupIds");
    const zones = new Set(
        subnetsAt(cloud, subnets?.outputs ?? {}, "subnetIds").map(({ outputs }) =>
            textAt(outputs, "availabilityZone"),
        ),
    );
    if (flagAt(inputs, "multiAzEnabled") === true && zones.size < 2)
        refuse(
            "InvalidParameterCombination",
            "subnetGroupName: Multi-AZ needs subnets in at least two zones",
        );
    const [now, before] = [inputs, old?.outputs ?? {}].map((each) =>
        Number(textAt(each, "engineVersion")?.split(".")[0] ?? 0),
    );
    if (now !== undefined && before !== undefined && now < before)
        refuse("InvalidParameterValue", "engineVersion: Downgrading is not possible");
}

/** Caches of ElastiCache. @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/ */
export const elasticacheTypes: Readonly<Record<string, AwsType>> = {
    [subnetGroupType]: {
        autoname: named,
        defaults: { description: "Managed by Pulumi" },
        references: [{ ...subnetsHeld("subnetIds"), code: "InvalidSubnet" }],
        unique: [{ by: ["name"], code: "CacheSubnetGroupAlreadyExists", within: "region" }],
        admit({ inputs, cloud }) {
            vpcOfSubnets(subnetsAt(cloud, inputs, "subnetIds"), "subnetIds");
        },
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
        made: ({ id, region }) => ({ arn: arnOf("elasticache", region, `subnetgroup:${id}`) }),
        computed({ inputs, cloud }) {
            const [subnet] = subnetsAt(cloud, inputs, "subnetIds");
            return { vpcId: textAt(subnet?.outputs ?? {}, "vpcId") ?? "" };
        },
        inUse: "CacheSubnetGroupInUse",
    },
    [parameterGroupType]: {
        autoname: named,
        defaults: { description: "Managed by Pulumi" },
        unique: [{ by: ["name"], code: "CacheParameterGroupAlreadyExists", within: "region" }],
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
        made: ({ id, region }) => ({ arn: arnOf("elasticache", region, `parametergroup:${id}`) }),
        inUse: "InvalidCacheParameterGroupState",
    },
    "aws:elasticache/replicationGroup:ReplicationGroup": {
        autoname: { property: "replicationGroupId", maxLength: 40, lowerCase: true },
        defaults: {
            atRestEncryptionEnabled: false,
            autoMinorVersionUpgrade: true,
            automaticFailoverEnabled: false,
            engine: "redis",
            multiAzEnabled: false,
            snapshotRetentionLimit: 0,
            transitEncryptionEnabled: false,
        },
        references: [
            subnetGroup,
            parameterGroup,
            securityGroupHeld("securityGroupIds"),
            key("kmsKeyId", "InvalidKMSKeyFault"),
            {
                path: "notificationTopicArn",
                to: [topicType],
                by: ["arn"],
                code: "InvalidParameterValue",
            },
        ],
        unique: [
            { by: ["replicationGroupId"], code: "ReplicationGroupAlreadyExists", within: "region" },
        ],
        secrets: ["authToken", "authTokenWo"],
        inputProblems: groupProblems,
        admit: checkGroup,
        id: ({ inputs }) => textAt(inputs, "replicationGroupId") ?? "",
        made({ id, region, inputs }) {
            const end = `${hex(6)}.ng.0001.${region}.cache.amazonaws.com`;
            const nodes = numberAt(inputs, "numCacheClusters") ?? 1;
            return {
                arn: arnOf("elasticache", region, `replicationgroup:${id}`),
                clusterEnabled: false,
                configurationEndpointAddress: "",
                memberClusters: Array.from(
                    { length: nodes },
                    (_, at) => `${id}-${String(at + 1).padStart(3, "0")}`,
                ),
                primaryEndpointAddress: `${id}.${end}`,
                readerEndpointAddress: `${id}-ro.${end}`,
            };
        },
        computed({ inputs, old }) {
            const asked = textAt(inputs, "engineVersion") ?? "7.1";
            const before = textAt(old?.outputs ?? {}, "engineVersionActual");
            const runs = before?.startsWith(`${asked}.`) === true;
            return { engineVersionActual: runs ? before : `${asked}.0` };
        },
        release(group, cloud) {
            admitFinalSnapshot("elasticache", group, cloud);
        },
        leaves: (group) => leaveFinalSnapshot("elasticache", group),
    },
};
