import { awsTypes } from "../../../rehearsal/aws/types";
import { shown } from "../../../rehearsal/aws/look";
import type { Props } from "../../../rehearsal/provider/values";
import { refusal, withAt } from "./account";
import { accountBefore, acceptedInputs, policy, types } from "./whole-account";

const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-2:123456789012:${rest}`;
const role = "arn:aws:iam::123456789012:role/nobody";
const key = arn("kms", "key/00000000-0000-0000-0000-000000000000");

/** Type, argument, a value that names nothing, AWS's word for it. */
const references: readonly (readonly [string, string, string, string])[] = [
    [types.subnet, "vpcId", "vpc-0", "InvalidVpcID.NotFound"],
    [types.gateway, "vpcId", "vpc-0", "InvalidVpcID.NotFound"],
    [types.nat, "subnetId", "subnet-0", "InvalidSubnetID.NotFound"],
    [types.nat, "allocationId", "eipalloc-0", "InvalidAllocationID.NotFound"],
    [types.flowLog, "vpcId", "vpc-0", "InvalidVpcID.NotFound"],
    [types.flowLog, "subnetId", "subnet-0", "InvalidSubnetID.NotFound"],
    [types.flowLog, "iamRoleArn", role, "InvalidParameter"],
    [types.flowLog, "logDestination", arn("logs", "log-group:none"), "InvalidParameter"],
    [
        types.restorePlan,
        "recoveryPointSelection.includeVaults",
        arn("backup", "backup-vault:none"),
        "InvalidParameterValueException",
    ],
    [types.restoreSelection, "restoreTestingPlanName", "none", "ResourceNotFoundException"],
    [types.restoreSelection, "iamRoleArn", role, "InvalidParameterValueException"],
    [types.feature, "detectorId", "0123", "BadRequestException"],
    [types.table, "vpcId", "vpc-0", "InvalidVpcID.NotFound"],
    [types.table, "routes.gatewayId", "igw-0", "InvalidInternetGatewayID.NotFound"],
    [types.table, "routes.natGatewayId", "nat-0", "InvalidNatGatewayID.NotFound"],
    [types.mainTable, "defaultRouteTableId", "rtb-0", "InvalidRouteTableID.NotFound"],
    [types.route, "routeTableId", "rtb-0", "InvalidRouteTableID.NotFound"],
    [types.route, "gatewayId", "igw-0", "InvalidInternetGatewayID.NotFound"],
    [types.route, "natGatewayId", "nat-0", "InvalidNatGatewayID.NotFound"],
    [types.route, "vpcEndpointId", "vpce-0", "InvalidVpcEndpointId.NotFound"],
    [types.association, "subnetId", "subnet-0", "InvalidSubnetID.NotFound"],
    [types.association, "routeTableId", "rtb-0", "InvalidRouteTableID.NotFound"],
    [types.endpoint, "vpcId", "vpc-0", "InvalidVpcID.NotFound"],
    [types.endpoint, "subnetIds", "subnet-0", "InvalidSubnetID.NotFound"],
    [types.endpoint, "securityGroupIds", "sg-0", "InvalidGroup.NotFound"],
    [types.endpoint, "routeTableIds", "rtb-0", "InvalidRouteTableId.NotFound"],
    [types.group, "vpcId", "vpc-0", "InvalidVpcID.NotFound"],
    [types.group, "ingress.securityGroups", "sg-0", "InvalidGroup.NotFound"],
    [types.group, "egress.securityGroups", "sg-0", "InvalidGroup.NotFound"],
    [types.ingress, "securityGroupId", "sg-0", "InvalidGroup.NotFound"],
    [types.ingress, "referencedSecurityGroupId", "sg-0", "InvalidGroup.NotFound"],
    [types.egress, "securityGroupId", "sg-0", "InvalidGroup.NotFound"],
    [types.egress, "referencedSecurityGroupId", "sg-0", "InvalidGroup.NotFound"],
    [types.oldRule, "securityGroupId", "sg-0", "InvalidGroup.NotFound"],
    [types.oldRule, "sourceSecurityGroupId", "sg-0", "InvalidGroup.NotFound"],
    [types.defaultGroup, "vpcId", "vpc-0", "InvalidVpcID.NotFound"],
    [types.balancer, "subnets", "subnet-0", "InvalidSubnetID.NotFound"],
    [types.balancer, "securityGroups", "sg-0", "InvalidGroup.NotFound"],
    [types.targets, "vpcId", "vpc-0", "InvalidVpcID.NotFound"],
    [
        types.listener,
        "loadBalancerArn",
        arn("elasticloadbalancing", "none"),
        "LoadBalancerNotFound",
    ],
    [
        types.listener,
        "defaultActions.targetGroupArn",
        arn("elasticloadbalancing", "none"),
        "TargetGroupNotFound",
    ],
    [types.targetNodes, "autoscalingGroupName", "none", "ValidationError"],
    [types.targetNodes, "lbTargetGroupArn", arn("elasticloadbalancing", "none"), "ValidationError"],
    [types.template, "vpcSecurityGroupIds", "sg-0", "InvalidGroup.NotFound"],
    [types.template, "networkInterfaces.securityGroups", "sg-0", "InvalidGroup.NotFound"],
    [types.template, "blockDeviceMappings.ebs.kmsKeyId", key, "InvalidParameterValue"],
    [
        types.template,
        "iamInstanceProfile.arn",
        "arn:aws:iam::123456789012:instance-profile/none",
        "InvalidIamInstanceProfileArn.Malformed",
    ],
    [types.volume, "kmsKeyId", key, "InvalidParameterValue"],
    [types.cluster, "roleArn", role, "InvalidParameterException"],
    [types.cluster, "vpcConfig.subnetIds", "subnet-0", "InvalidSubnetID.NotFound"],
    [types.cluster, "vpcConfig.securityGroupIds", "sg-0", "InvalidGroup.NotFound"],
    [types.cluster, "encryptionConfig.provider.keyArn", key, "InvalidParameterException"],
    [types.nodes, "clusterName", "none", "ResourceNotFoundException"],
    [types.nodes, "nodeRoleArn", role, "InvalidParameterException"],
    [types.nodes, "subnetIds", "subnet-0", "InvalidSubnetID.NotFound"],
    [types.nodes, "launchTemplate.id", "lt-0", "InvalidParameterException"],
    [types.nodes, "launchTemplate.name", "none", "InvalidParameterException"],
    [types.groupTag, "autoscalingGroupName", "none", "ValidationError"],
    [types.addon, "clusterName", "none", "ResourceNotFoundException"],
    [types.addon, "podIdentityAssociations.roleArn", role, "InvalidParameterException"],
    [types.addon, "serviceAccountRoleArn", role, "InvalidParameterException"],
    [types.entry, "clusterName", "none", "ResourceNotFoundException"],
    [types.access, "clusterName", "none", "ResourceNotFoundException"],
    [types.podIdentity, "clusterName", "none", "ResourceNotFoundException"],
    [types.podIdentity, "roleArn", role, "InvalidParameterException"],
    [
        types.role,
        "managedPolicyArns",
        "arn:aws:iam::aws:policy/AmazonEKSClustrPolicy",
        "NoSuchEntity",
    ],
    [types.role, "permissionsBoundary", "arn:aws:iam::123456789012:policy/none", "NoSuchEntity"],
    [types.rolePolicy, "role", "none", "NoSuchEntity"],
    [types.attachment, "role", "none", "NoSuchEntity"],
    [
        types.attachment,
        "policyArn",
        "arn:aws:iam::aws:policy/AmazonEKSClustrPolicy",
        "NoSuchEntity",
    ],
    [types.profile, "role", "none", "NoSuchEntity"],
    [types.alias, "targetKeyId", key, "NotFoundException"],
    [types.bucketPolicy, "bucket", "none-such", "NoSuchBucket"],
    [types.versioning, "bucket", "none-such", "NoSuchBucket"],
    [types.lifecycle, "bucket", "none-such", "NoSuchBucket"],
    [types.publicBlock, "bucket", "none-such", "NoSuchBucket"],
    [types.encryption, "bucket", "none-such", "NoSuchBucket"],
    [
        types.encryption,
        "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId",
        key,
        "KMS.NotFoundException",
    ],
    [types.ownership, "bucket", "none-such", "NoSuchBucket"],
    [types.logging, "bucket", "none-such", "NoSuchBucket"],
    [types.logging, "targetBucket", "none-such", "InvalidTargetBucketForLogging"],
    [types.topic, "kmsMasterKeyId", key, "KMSNotFound"],
    [types.topicPolicy, "arn", arn("sns", "none"), "NotFound"],
    [types.subscription, "topic", arn("sns", "none"), "NotFound"],
    [types.queue, "kmsMasterKeyId", key, "KMS.NotFoundException"],
    [
        types.queuePolicy,
        "queueUrl",
        "https://sqs.us-east-2.amazonaws.com/1/none",
        "QueueDoesNotExist",
    ],
    [types.alarm, "alarmActions", arn("sns", "none"), "ValidationError"],
    [types.alarm, "okActions", arn("sns", "none"), "ValidationError"],
    [types.alarm, "insufficientDataActions", arn("sns", "none"), "ValidationError"],
    [types.logs, "kmsKeyId", key, "InvalidParameterException"],
    [types.rule, "roleArn", role, "ValidationException"],
    [types.target, "rule", "none", "ResourceNotFoundException"],
    [types.target, "arn", arn("sqs", "none"), "ValidationException"],
    [types.target, "roleArn", role, "ValidationException"],
    [types.vault, "kmsKeyArn", key, "InvalidParameterValueException"],
    [types.plan, "rules.targetVaultName", "none", "ResourceNotFoundException"],
    [types.selection, "planId", "none", "InvalidParameterValueException"],
    [types.selection, "iamRoleArn", role, "InvalidParameterValueException"],
    [types.vaultLock, "backupVaultName", "none", "ResourceNotFoundException"],
    [types.vaultNotifications, "backupVaultName", "none", "ResourceNotFoundException"],
    [types.vaultNotifications, "snsTopicArn", arn("sns", "none"), "InvalidParameterValueException"],
    [types.vaultPolicy, "backupVaultName", "none", "ResourceNotFoundException"],
    [
        types.budget,
        "notifications.subscriberSnsTopicArns",
        arn("sns", "none"),
        "InvalidParameterException",
    ],
    [types.fileSystem, "kmsKeyId", key, "BadRequest"],
    [types.mount, "fileSystemId", "fs-00000000000000000", "FileSystemNotFound"],
    [types.mount, "subnetId", "subnet-00000000000000000", "InvalidSubnetID.NotFound"],
    [types.mount, "securityGroups", "sg-00000000000000000", "InvalidGroup.NotFound"],
    [types.accessPoint, "fileSystemId", "fs-00000000000000000", "FileSystemNotFound"],
    [types.efsBackup, "fileSystemId", "fs-00000000000000000", "FileSystemNotFound"],
    [types.snapshots, "executionRoleArn", role, "InvalidRequestException"],
    [types.zone, "vpcs.vpcId", "vpc-0", "InvalidVPCId"],
    [types.record, "zoneId", "Z0", "NoSuchHostedZone"],
    [types.repository, "encryptionConfigurations.kmsKey", key, "KmsException"],
    [types.repositoryPolicy, "repository", "none", "RepositoryNotFoundException"],
    [types.repositoryAccess, "repository", "none", "RepositoryNotFoundException"],
    [types.repositoryTemplate, "encryptionConfigurations.kmsKey", key, "KmsException"],
    [types.repositoryTemplate, "customRoleArn", role, "InvalidParameterException"],
    [types.efsPolicy, "fileSystemId", "fs-00000000000000000", "FileSystemNotFound"],
    [types.databaseSubnets, "subnetIds", "subnet-0", "InvalidSubnet"],
    [types.database, "dbSubnetGroupName", "none", "DBSubnetGroupNotFoundFault"],
    [types.database, "parameterGroupName", "none", "DBParameterGroupNotFound"],
    [types.database, "vpcSecurityGroupIds", "sg-0", "InvalidGroup.NotFound"],
    [types.database, "kmsKeyId", key, "KMSKeyNotAccessibleFault"],
    [types.instance, "subnetId", "subnet-0", "InvalidSubnetID.NotFound"],
    [types.instance, "vpcSecurityGroupIds", "sg-0", "InvalidGroup.NotFound"],
    [types.instance, "rootBlockDevice.kmsKeyId", key, "InvalidParameterValue"],
    [types.instance, "iamInstanceProfile", "none", "InvalidParameterValue"],
    [types.diskOfMachine, "instanceId", "i-0", "InvalidInstanceID.NotFound"],
    [types.diskOfMachine, "volumeId", "vol-0", "InvalidVolume.NotFound"],
    [types.bastion, "subnetId", "subnet-0", "InvalidSubnetID.NotFound"],
    [types.bastion, "securityGroupIds", "sg-0", "InvalidGroup.NotFound"],
    [types.cacheSubnets, "subnetIds", "subnet-0", "InvalidSubnet"],
    [types.cache, "subnetGroupName", "none", "CacheSubnetGroupNotFoundFault"],
    [types.cache, "parameterGroupName", "none", "CacheParameterGroupNotFound"],
    [types.cache, "securityGroupIds", "sg-0", "InvalidGroup.NotFound"],
    [types.cache, "kmsKeyId", key, "InvalidKMSKeyFault"],
    [types.cache, "notificationTopicArn", arn("sns", "none"), "InvalidParameterValue"],
    [types.validation, "certificateArn", arn("acm", "none"), "ResourceNotFoundException"],
    [types.listener, "certificateArn", arn("acm", "none"), "CertificateNotFound"],
    [
        types.targetMachine,
        "targetGroupArn",
        arn("elasticloadbalancing", "none"),
        "TargetGroupNotFound",
    ],
    [
        types.aclOfBalancer,
        "resourceArn",
        arn("elasticloadbalancing", "none"),
        "WAFUnavailableEntityException",
    ],
    [types.aclOfBalancer, "webAclArn", arn("wafv2", "none"), "WAFNonexistentItemException"],
    [types.aclLogs, "resourceArn", arn("wafv2", "none"), "WAFNonexistentItemException"],
    [
        types.aclLogs,
        "logDestinationConfigs",
        arn("logs", "log-group:aws-waf-logs-none"),
        "WAFLogDestinationPermissionIssueException",
    ],
    [types.secret, "kmsKeyId", key, "InvalidParameterException"],
    [types.secretVersion, "secretId", "none", "ResourceNotFoundException"],
    [types.patchGroup, "baselineId", "pb-00000000000000000", "DoesNotExistException"],
    [types.windowTarget, "windowId", "mw-00000000000000000", "DoesNotExistException"],
    [types.windowTask, "windowId", "mw-00000000000000000", "DoesNotExistException"],
    [types.windowTask, "serviceRoleArn", role, "ValidationException"],
    [types.upkeep, "name", "geolab-none", "InvalidDocument"],
    [types.trail, "s3BucketName", "none", "S3BucketDoesNotExistException"],
    [types.trail, "kmsKeyId", key, "KmsKeyNotFoundException"],
    [types.recorder, "roleArn", role, "InvalidRoleException"],
    [types.channel, "s3BucketName", "none", "NoSuchBucketException"],
    [types.recording, "name", "none", "NoSuchConfigurationRecorderException"],
];

it("lists every reference that the types declare", () => {
    const declared = Object.entries(awsTypes).flatMap(([type, { references = [] }]) =>
        references.map(({ path, code }) => `${type} ${path} ${code}`),
    );
    const listed = references.map(([type, path, , code]) => `${type} ${path} ${code}`);
    expect(listed.sort()).toEqual(declared.sort());
});

/** Arguments that exclude one another. */
function alone(inputs: Props, path: string): Props {
    const rivals: Readonly<Record<string, readonly string[]>> = {
        subnetId: ["gatewayId"],
        natGatewayId: ["gatewayId"],
        vpcEndpointId: ["gatewayId"],
        "launchTemplate.name": ["launchTemplate.id"],
        serviceAccountRoleArn: ["podIdentityAssociations"],
        "networkInterfaces.securityGroups": ["vpcSecurityGroupIds"],
    };
    return (rivals[path] ?? []).reduce((kept, each) => withAt(kept, each, undefined), inputs);
}

it.each(references)("%s: %s must be there, %s is not: %s", (type, path, value, code) => {
    const account = accountBefore(type);
    const accepted = alone(acceptedInputs(type, account), path);
    const watched = type === types.flowLog && path === "subnetId" ? ["vpcId"] : [];
    const source = path === "referencedSecurityGroupId" ? ["cidrIpv4"] : [];
    const others = [...watched, ...source].reduce(
        (kept, each) => withAt(kept, each, undefined),
        accepted,
    );
    const list = ["networkInterfaces", "ingress", "egress"].find((each) =>
        path.startsWith(`${each}.`),
    );
    const rule = list === "networkInterfaces" ? {} : { protocol: "tcp", fromPort: 1, toPort: 1 };
    const inputs =
        list === undefined
            ? withAt(others, path, asList(path, value))
            : { ...others, [list]: [{ ...rule, securityGroups: [value] }] };
    expect(refusal(() => account.create(type, inputs, "other"))).toMatch(
        new RegExp(`^${code}: ${path}: .*${value.replaceAll(/[$.]/g, "\\$&")}`),
    );
});

function asList(path: string, value: string) {
    return /(Ids|Groups|Arns|Configs)$/.test(path) && path !== "vpcId" ? [value] : value;
}

it.each([
    [types.cluster, "roleArn", "eks.amazonaws.com"],
    [types.nodes, "nodeRoleArn", "ec2.amazonaws.com"],
    [types.addon, "podIdentityAssociations.roleArn", "pods.eks.amazonaws.com"],
    [types.podIdentity, "roleArn", "pods.eks.amazonaws.com"],
    [types.rule, "roleArn", "events.amazonaws.com"],
    [types.target, "roleArn", "events.amazonaws.com"],
    [types.selection, "iamRoleArn", "backup.amazonaws.com"],
    [types.snapshots, "executionRoleArn", "dlm.amazonaws.com"],
    [types.repositoryTemplate, "customRoleArn", "ecr.amazonaws.com"],
    [types.windowTask, "serviceRoleArn", "ssm.amazonaws.com"],
    [types.recorder, "roleArn", "config.amazonaws.com"],
])("%s: refuses a role in %s that %s cannot assume", (type, path, service) => {
    const account = accountBefore(type);
    const assumeRolePolicy = policy({ Service: "lambda.amazonaws.com" }, "sts:AssumeRole");
    const other = account.create(types.role, { name: "other", assumeRolePolicy }, "other");
    const wrong = withAt(acceptedInputs(type, account), path, shown(other.outputs["arn"]));
    expect(refusal(() => account.create(type, wrong))).toContain(
        `the trust policy of other does not let ${service} assume it`,
    );
});

it("does not find in one region what is in another", () => {
    const account = accountBefore(types.group);
    const vpcId = account.text(types.vpc);
    expect(
        refusal(() => account.create(types.group, { name: "x", vpcId, region: "eu-west-1" })),
    ).toBe(
        `InvalidVpcID.NotFound: vpcId: there is no ec2 Vpc ${vpcId} in eu-west-1; create it first, ` +
            `or correct the value`,
    );
});

it.each([
    [
        "a policy that AWS manages",
        types.attachment,
        "policyArn",
        "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
    ],
    ["the key that AWS manages", types.topic, "kmsMasterKeyId", "alias/aws/sns"],
    ["an alias for a key", types.queue, "kmsMasterKeyId", "alias/geolab"],
    [
        "the parameter group of an engine",
        types.database,
        "parameterGroupName",
        "default.postgres17",
    ],
    ["the local gateway", types.table, "routes.gatewayId", "local"],
    [
        "an action of EC2 itself",
        types.alarm,
        "alarmActions",
        "arn:aws:automate:us-east-2:ec2:recover",
    ],
    ["a function, which is not rehearsed", types.target, "arn", arn("lambda", "function:f")],
    ["a bucket's folder", types.flowLog, "logDestination", "arn:aws:s3:::logs/vpc"],
])("takes %s", (_what, type, path, value) => {
    const account = accountBefore(type);
    const inputs = withAt(acceptedInputs(type, account), path, value);
    expect(refusal(() => account.create(type, inputs))).toBeUndefined();
});
