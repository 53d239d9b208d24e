import type { Value } from "../../../rehearsal/provider/values";
import { withAt } from "./account";
import { accountBefore, acceptedInputs, policy, types } from "./whole-account";

const whole = accountBefore();
const b64 = (text: string) => Buffer.from(text).toString("base64");
const rule = (more: Record<string, Value>) => [{ id: "a", status: "Enabled", ...more }];
const notified = (more: Record<string, Value>) => ({
    comparisonOperator: "GREATER_THAN",
    notificationType: "ACTUAL",
    threshold: 100,
    thresholdType: "PERCENTAGE",
    subscriberEmailAddresses: ["a@example.org"],
    ...more,
});

/** A budget that counts what an expression says. */
const filtering = (filterExpression: Record<string, Value>) => ({
    costFilters: undefined,
    filterExpression,
    metrics: "UnblendedCost",
});
const hubOf = (...values: string[]) => ({ tags: { key: "hub", values } });

const lockedOut = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: { AWS: "*" }, Action: "*", Resource: "*" }],
});
const sealed = { name: "rds.force_ssl", value: "1" };
const twice = [sealed, sealed];
const images = (...rules: readonly [number, string, string?][]) =>
    JSON.stringify({
        rules: rules.map(([rulePriority, tagStatus, countType = "imageCountMoreThan"]) => ({
            rulePriority,
            selection: { tagStatus, countType, countNumber: 5 },
            action: { type: "expire" },
        })),
    });

/** Type, what is changed about inputs that AWS takes (undefined removes), what is said. */
const refused: readonly (readonly [string, Record<string, Value | undefined>, string])[] = [
    [types.vpc, { cidrBlock: undefined }, "is required where no IPAM pool is named"],
    [types.vpc, { cidrBlock: "10.0.0.0/8" }, "/16 to /28"],
    [types.nat, { allocationId: undefined }, "is required for a public gateway"],
    [types.nat, { subnetId: undefined }, "is required for a zonal gateway"],
    [types.balancer, { name: "internal-gateway" }, "is not up to 32 letters"],
    [types.targets, { port: undefined }, "is required"],
    [types.targets, { "healthCheck.interval": 4 }, "4 is not 5 to 300"],
    [types.targets, { "healthCheck.protocol": "TCP" }, "belongs to checks by HTTP and HTTPS"],
    [types.listener, { tcpIdleTimeoutSeconds: 7200 }, "7200 is not 60 to 6000"],
    [types.targetNodes, { lbTargetGroupArn: undefined }, "name either it or elb"],
    [types.flowLog, { subnetId: "subnet-1" }, "name exactly one of vpcId"],
    [types.flowLog, { iamRoleArn: undefined }, "is required for logs to CloudWatch"],
    [types.flowLog, { trafficType: undefined }, "trafficType: is required"],
    [types.feature, { name: "EKS" }, "EKS is none of S3_DATA_EVENTS"],
    [types.feature, { status: "on" }, "on is neither ENABLED nor DISABLED"],
    [
        types.feature,
        { additionalConfigurations: [{ name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" }] },
        "EKS_AUDIT_LOGS takes none",
    ],
    [
        types.feature,
        {
            name: "RUNTIME_MONITORING",
            additionalConfigurations: [{ name: "ADDON", status: "ENABLED" }],
        },
        "ADDON is none of EKS_ADDON_MANAGEMENT",
    ],
    [types.route, { natGatewayId: "nat-1" }, "name exactly one target; there are 2"],
    [types.route, { destinationCidrBlock: undefined }, "name exactly one destination; there are 0"],
    [types.route, { destinationCidrBlock: "10.0.0.1/8" }, "first address of its block"],
    [types.association, { gatewayId: "igw-1" }, "name either subnetId or gatewayId"],
    [types.endpoint, { serviceName: "com.amazonaws.eu-west-1.s3" }, "is no service of us-east-2"],
    [types.ingress, { cidrIpv4: "10.0.0.0/8" }, "name exactly one of cidrIpv4"],
    [types.egress, { cidrIpv4: "10.0.0.0" }, "is not an address block"],
    [types.ingress, { fromPort: 70000 }, "tcp takes a port from 0 to 65535"],
    [types.ingress, { toPort: undefined }, "tcp takes a port from 0 to 65535"],
    [types.ingress, { fromPort: 444 }, "444 is above toPort 443"],
    [types.ingress, { ipProtocol: "web" }, "web is none of tcp, udp"],
    [types.ingress, { description: "a|b" }, "is not up to 255 letters"],
    [types.group, { description: "a|b" }, "is not up to 255 letters"],
    [
        types.group,
        { ingress: [{ protocol: "tcp", fromPort: 1, toPort: 1, cidrBlocks: ["10.0.0.0"] }] },
        "is not an address block",
    ],
    [types.oldRule, { type: "inward" }, "inward is neither ingress nor egress"],
    [types.oldRule, { protocol: "web" }, "web is none of tcp, udp"],
    [types.oldRule, { cidrBlocks: ["10.0.0.0"] }, "is not an address block"],
    [types.oldRule, { securityGroupId: undefined }, "securityGroupId: is required and not given"],
    [types.template, { instanceType: "m7i.lage" }, "m7i.lage is no instance type of EC2"],
    [types.template, { tagSpecifications: [{ resourceType: "disk" }] }, "disk is none of instance"],
    [
        types.template,
        { tagSpecifications: [{ resourceType: "volume" }, { resourceType: "volume" }] },
        "volume is specified twice",
    ],
    [
        types.template,
        { "blockDeviceMappings.ebs.iops": 90000 },
        "iops 90000: gp3 takes 3000 to 80000",
    ],
    [types.template, { imageId: "image-1" }, "image-1 is no image id"],
    [types.template, { userData: "#!/bin/sh" }, "userData: is not base64"],
    [
        types.template,
        { networkInterfaces: [{ deviceIndex: 0 }] },
        "a template takes one of the two",
    ],
    [types.volume, { availabilityZone: "us-east-2x" }, "us-east-2x is no zone of us-east-2"],
    [types.volume, { size: undefined }, "size: is required where there is no snapshotId"],
    [types.volume, { encrypted: false }, "a volume with kmsKeyId is encrypted"],
    [types.volume, { size: 70000 }, "size 70000 GiB: gp3 takes 1 to 65536 GiB"],
    [types.volume, { type: "gp2" }, "gp2 takes no iops"],
    [types.volume, { type: "gp2", iops: undefined }, "gp2 takes no throughput"],
    [types.volume, { iops: 2000 }, "iops 2000: gp3 takes 3000 to 80000"],
    [types.volume, { size: 7, iops: 4000 }, "iops 4000: gp3 takes at most 500 for each GiB"],
    [types.volume, { throughput: 2500 }, "throughput 2500 MiB/s: gp3 takes 125 to 2000"],
    [types.volume, { throughput: 1001 }, "gp3 takes 0.25 for each of the iops"],
    [types.cluster, { version: "1.3" }, "1.3 is no Kubernetes version"],
    [types.cluster, { name: "geo.lab" }, "is not 1 to 100 letters"],
    [
        types.cluster,
        { "vpcConfig.endpointPublicAccess": false },
        "private or public access must be enabled",
    ],
    [types.cluster, { "vpcConfig.publicAccessCidrs": ["10.0.0.1"] }, "is not an address block"],
    [types.cluster, { "kubernetesNetworkConfig.serviceIpv4Cidr": "10.0.0.0/8" }, "from /12 to /24"],
    [
        types.cluster,
        { "kubernetesNetworkConfig.serviceIpv4Cidr": "100.64.0.0/16" },
        "is in none of 10.0.0.0/8",
    ],
    [types.cluster, { "kubernetesNetworkConfig.serviceIpv4Cidr": "172.20.0.0" }, "address block"],
    [types.nodes, { "scalingConfig.maxSize": 0 }, "maxSize 0 is below 1"],
    [types.nodes, { "scalingConfig.minSize": 4 }, "minSize 4 can't be greater than maxSize 3"],
    [types.nodes, { "scalingConfig.minSize": 2 }, "minSize 2 can't be greater than desiredSize 1"],
    [
        types.nodes,
        { "scalingConfig.desiredSize": 4 },
        "desiredSize 4 can't be greater than maxSize 3",
    ],
    [
        types.nodes,
        { instanceTypes: ["m7g.large"] },
        "not a valid instance type for requested amiType",
    ],
    [types.nodes, { amiType: "AL2023_ARM_64_STANDARD" }, "m7i.large is not a valid instance type"],
    [types.nodes, { instanceTypes: ["m7i.lage"] }, "instanceTypes[0]"],
    [types.nodes, { releaseVersion: "1.34" }, "is no release such as"],
    [types.nodes, { releaseVersion: "1.33.1-20260112" }, "is not of version 1.34"],
    [types.nodes, { subnetIds: [] }, "names no subnet"],
    [types.nodes, { diskSize: 20 }, "belongs into the launch template"],
    [types.nodes, { "launchTemplate.name": "core" }, "name either its id or its name"],
    [types.addon, { addonName: "vpc-nci" }, "Addon vpc-nci specified is not supported"],
    [types.addon, { addonVersion: "1.20" }, "is no version such as v1.20.4-eksbuild.1"],
    [types.addon, { configurationValues: "a: b" }, "is not a JSON object"],
    [
        types.addon,
        { configurationValues: '{"enableNetworkPolicy":true}' },
        "Json schema validation failed",
    ],
    [types.addon, { serviceAccountRoleArn: "arn:aws:iam::123456789012:role/r" }, "not both"],
    [
        types.entry,
        { principalArn: "arn:aws:sts::123456789012:assumed-role/Admin/me" },
        "is no ARN of a role or a user",
    ],
    [
        types.entry,
        { kubernetesGroups: ["system:masters"] },
        "group name system:masters is reserved",
    ],
    [
        types.access,
        { policyArn: "arn:aws:eks::aws:cluster-access-policy/Root" },
        "is no access policy of EKS",
    ],
    [types.access, { "accessScope.namespaces": undefined }, "is required for this scope"],
    [types.access, { "accessScope.type": "cluster" }, "takes the scope namespace"],
    [types.access, { "accessScope.type": "pod" }, "is neither cluster nor namespace"],
    [types.oidc, { url: "oidc.example.org" }, "is no https URL without query"],
    [types.oidc, { thumbprintLists: ["z".repeat(40)] }, "not a SHA-1 of 40 hexadecimal digits"],
    [types.key, { deletionWindowInDays: 5 }, "5 is not 7 to 30 days"],
    [types.key, { rotationPeriodInDays: 30 }, "30 is not 90 to 2560 days"],
    [types.key, { customerMasterKeySpec: "RSA_2048" }, "a RSA_2048 key is not rotated"],
    [
        types.key,
        { policy: policy({ Service: "logs.amazonaws.com" }, "kms:*", "*") },
        "will not allow you to update the key policy",
    ],
    [
        types.key,
        { policy: policy({ AWS: "arn:aws:iam::123456789012:root" }, "kms:Decrypt", "*") },
        "will not allow you to update the key policy",
    ],
    [
        types.versioning,
        { "versioningConfiguration.status": "On" },
        "versioningConfiguration.status",
    ],
    [
        types.lifecycle,
        { rules: [...rule({ expiration: { days: 1 } }), ...rule({ expiration: { days: 2 } })] },
        "the id a is there twice",
    ],
    [types.lifecycle, { rules: rule({}) }, "At least one action needs to be specified"],
    [types.lifecycle, { rules: rule({ expiration: { days: 0 } }) }, "expiration.days 0 is below 1"],
    [
        types.lifecycle,
        { "rules.transitions": [{ days: 7, storageClass: "STANDARD_IA" }] },
        "at least 30",
    ],
    [types.lifecycle, { "rules.expiration": { days: 30 } }, "is not after STANDARD_IA"],
    [
        types.encryption,
        { "rules.applyServerSideEncryptionByDefault.sseAlgorithm": "DES" },
        "DES is none of AES256",
    ],
    [
        types.encryption,
        { "rules.applyServerSideEncryptionByDefault.sseAlgorithm": "AES256" },
        "takes aws:kms",
    ],
    [types.logging, { expectedBucketOwner: "000000000000" }, "does not own it"],
    [types.logging, { targetPrefix: undefined }, "targetPrefix: is required and not given"],
    [types.subscription, { endpoint: "nobody" }, "for email it must be an e-mail address"],
    [types.subscription, { protocol: "https" }, "must be a URL that begins with https://"],
    [types.subscription, { protocol: "sqs" }, "must be the ARN of a queue"],
    [types.subscription, { protocol: "pigeon" }, "pigeon is none of email"],
    [types.queuePolicy, { policy: undefined }, "policy: is required and not given"],
    [types.alarm, { metricName: undefined }, "name either metricName or metricQueries"],
    [types.alarm, { comparisonOperator: undefined }, "comparisonOperator: is required"],
    [types.alarm, { evaluationPeriods: undefined }, "evaluationPeriods: is required"],
    [types.alarm, { namespace: undefined }, "namespace: is required"],
    [types.alarm, { period: undefined }, "period: is required"],
    [types.alarm, { statistic: undefined }, "name either statistic or extendedStatistic"],
    [types.alarm, { period: 45 }, "45 is none of 10, 20, 30 and multiples of 60"],
    [types.alarm, { evaluationPeriods: 300 }, "300 × 300 seconds are more than 86400"],
    [types.alarm, { datapointsToAlarm: 4 }, "4 is above evaluationPeriods"],
    [types.alarm, { okActions: Array<string>(6).fill("arn:aws:x") }, "names 6, of at most 5"],
    [types.alarm, { okActions: ["alerts"] }, "alerts is no ARN"],
    [types.logs, { retentionInDays: 31 }, "31 is none of 0, 1, 3"],
    [types.rule, { scheduleExpression: undefined }, "or scheduleExpression is required"],
    [types.rule, { scheduleExpression: "rate(1 days)" }, "is neither rate(5 minutes) nor cron"],
    [types.rule, { eventPattern: "{" }, "eventPattern: is not JSON"],
    [types.vault, { name: "a b" }, "is not 2 to 50 letters"],
    [types.plan, { "rules.lifecycle.deleteAfter": 0 }, "deleteAfter 0 is below 1 day"],
    [
        types.plan,
        { "rules.lifecycle.deleteAfter": 119 },
        "119 is not 90 days after coldStorageAfter",
    ],
    [types.plan, { "rules.startWindow": 30 }, "startWindow 30 is below 60 minutes"],
    [types.plan, { "rules.completionWindow": 100 }, "is not an hour after startWindow"],
    [types.plan, { "rules.schedule": "daily" }, "daily is no cron"],
    [
        types.plan,
        { rules: ["a", "a"].map((ruleName) => ({ ruleName, targetVaultName: "daily" })) },
        "the rule a is there twice",
    ],
    [types.selection, { selectionTags: undefined }, "is required: it selects nothing"],
    [
        types.selection,
        { resources: Array<string>(501).fill("arn:aws:ec2:a") },
        "501, of at most 500",
    ],
    [types.selection, { resources: ["vol-1"] }, "vol-1 is no ARN"],
    [types.selection, { "selectionTags.type": "STRINGLIKE" }, "selectionTags"],
    [types.vaultLock, { minRetentionDays: 400 }, "400 is above maxRetentionDays 365"],
    [types.vaultLock, { changeableForDays: 2 }, "2 is below 3"],
    [types.vaultNotifications, { backupVaultEvents: ["FAILED"] }, "FAILED is no event of a vault"],
    [types.vaultNotifications, { snsTopicArn: undefined }, "snsTopicArn: is required"],
    [types.vaultPolicy, { policy: undefined }, "policy: is required and not given"],
    [types.budget, { name: "a:b" }, "has a colon or a backslash"],
    [types.budget, { limitAmount: undefined }, "name exactly one of limitAmount"],
    [types.budget, { limitAmount: "much" }, "much is no amount above 0"],
    [types.budget, { "costFilters.values": ["cluster=geolab"] }, "is no tag such as user:cluster"],
    [
        types.budget,
        { filterExpression: { tags: { key: "hub", values: ["prod"] } }, metrics: "UnblendedCost" },
        "filterExpression: conflicts with costFilters",
    ],
    [
        types.budget,
        { costFilters: undefined, filterExpression: { tags: { key: "hub", values: ["prod"] } } },
        "filterExpression: needs metrics beside it",
    ],
    [types.budget, { metrics: "UnblendedCost" }, "metrics: needs filterExpression beside it"],
    [types.budget, filtering({ tags: { key: "hub" } }), "filterExpression.tags: has no values"],
    [types.budget, filtering({}), "holds none, of exactly one of"],
    [
        types.budget,
        filtering({ ...hubOf("prod"), not: hubOf("staging") }),
        "holds not and tags, of exactly one of",
    ],
    [
        types.budget,
        filtering({ not: { ands: [hubOf("prod")] } }),
        "filterExpression.not.ands: joins one expression, of at least two",
    ],
    [types.budget, { timePeriodStart: "2026-01-01" }, "is no time such as 2026-01-01_00:00"],
    [types.budget, { timePeriodEnd: "2025-01-01_00:00" }, "is not after 2026-01-01_00:00"],
    [
        types.budget,
        { notifications: Array.from({ length: 11 }, (_, at) => notified({ threshold: at + 1 })) },
        "there are 11, of at most 10",
    ],
    [
        types.budget,
        { notifications: [notified({ subscriberEmailAddresses: [] })] },
        "has no subscriber: an e-mail address or a topic",
    ],
    [
        types.budget,
        {
            notifications: [
                notified({ subscriberEmailAddresses: Array<string>(11).fill("a@b.cd") }),
            ],
        },
        "mails 11, of at most 10",
    ],
    [
        types.budget,
        {
            notifications: [
                notified({ subscriberSnsTopicArns: ["arn:aws:sns:a", "arn:aws:sns:b"] }),
            ],
        },
        "has several topics, of at most one",
    ],
    [
        types.budget,
        { notifications: [notified({ subscriberEmailAddresses: ["https://a"] })] },
        "https://a is no e-mail address",
    ],
    [types.budget, { notifications: [notified({ threshold: 0 })] }, "0 is not above 0"],
    [types.budget, { notifications: [notified({}), notified({})] }, "is there twice"],
    [types.fileSystem, { encrypted: false }, "must be true with kmsKeyId"],
    [types.fileSystem, { throughputMode: "provisioned" }, "with mode provisioned"],
    [
        types.fileSystem,
        { throughputMode: "provisioned", provisionedThroughputInMibps: 0.5 },
        "0.5 is below 1",
    ],
    [types.fileSystem, { availabilityZoneName: "us-east-2x" }, "us-east-2x is no zone"],
    [
        types.fileSystem,
        {
            lifecyclePolicies: [
                { transitionToIa: "AFTER_30_DAYS", transitionToArchive: "AFTER_90_DAYS" },
            ],
        },
        "one transition each",
    ],
    [types.efsBackup, { "backupPolicy.status": "ON" }, "ON is no ENABLED"],
    [types.efsPolicy, { policy: lockedOut }, "would lock out whoever writes it"],
    [types.parameters, { parameters: twice }, "rds.force_ssl is there twice"],
    [types.database, { engine: undefined }, "engine: is required"],
    [types.database, { password: undefined }, "name exactly one of password"],
    [types.database, { manageMasterUserPassword: true }, "name exactly one of password"],
    [types.database, { allocatedStorage: 10 }, "10 GiB of gp3 is below 20"],
    [types.database, { maxAllocatedStorage: 21 }, "21 is not a tenth above allocatedStorage 20"],
    [types.database, { storageEncrypted: false }, "must be true with kmsKeyId"],
    [types.database, { backupWindow: "7-8" }, "7-8 is no 09:00-09:30"],
    [types.database, { backupWindow: "07:00-07:10" }, "is shorter than 30 minutes"],
    [types.database, { backupWindow: "09:30-10:30" }, "must not overlap"],
    [
        types.database,
        { backupWindow: "23:45-00:30", maintenanceWindow: "sun:00:00-sun:01:00" },
        "must not overlap",
    ],
    [types.database, { maintenanceWindow: "9:00" }, "9:00 is no tue:09:00-tue:10:00"],
    [types.database, { maintenanceWindow: "tue:09:00-tue:09:20" }, "is shorter than 30 minutes"],
    [types.repositoryPolicy, { policy: images([1, "any"], [1, "any"]) }, "rulePriority 1"],
    [types.repositoryPolicy, { policy: images([1, "any"], [2, "any"]) }, "must have the highest"],
    [types.repositoryPolicy, { policy: images([1, "tagged"]) }, "names no tagPrefixList"],
    [
        types.repositoryPolicy,
        { policy: images([1, "any", "sinceImagePushed"]) },
        "rule 1: countUnit days goes with sinceImagePushed",
    ],
    [
        types.repositoryTemplate,
        { customRoleArn: undefined, encryptionConfigurations: undefined },
        "customRoleArn: tags and a key need a role for ECR",
    ],
    [
        types.repositoryTemplate,
        { customRoleArn: undefined, resourceTags: undefined },
        "customRoleArn: tags and a key need a role for ECR",
    ],
    [
        types.repositoryTemplate,
        { lifecyclePolicy: images([1, "any"], [2, "any"]) },
        "lifecyclePolicy: the rule for any image, 1, must have the highest",
    ],
    [types.repositoryTemplate, { appliedFors: ["PUSH"] }, "PUSH"],
    [types.snapshots, { "policyDetails.schedules": undefined }, "schedules: is required"],
    [types.snapshots, { "policyDetails.targetTags": undefined }, "it selects nothing"],
    [
        types.snapshots,
        { "policyDetails.schedules.createRule.times": "25:00" },
        "25:00 is no time of day",
    ],
    [types.restorePlan, { name: "geo-lab" }, "geo-lab is not 1 to 50 letters, digits and _"],
    [types.restorePlan, { startWindowHours: 200 }, "200 is not 1 to 168 hours"],
    [types.restorePlan, { scheduleExpression: "weekly" }, "weekly is no cron(…)"],
    [
        types.restorePlan,
        { "recoveryPointSelection.algorithm": "ALL" },
        "recoveryPointSelection: ALL is no algorithm",
    ],
    [
        types.restorePlan,
        { "recoveryPointSelection.recoveryPointTypes": ["DISK"] },
        "DISK is neither CONTINUOUS nor SNAPSHOT",
    ],
    [
        types.restorePlan,
        { "recoveryPointSelection.selectionWindowDays": 400 },
        "selectionWindowDays 400 is not 1 to 365",
    ],
    [types.restoreSelection, { name: "all disks" }, "all disks is not 1 to 50 letters"],
    [types.restoreSelection, { validationWindowHours: 0 }, "0 is not 1 to 168 hours"],
    [types.restoreSelection, { protectedResourceType: "Disk" }, "Disk is none of Aurora"],
    [
        types.restoreSelection,
        { protectedResourceConditions: undefined },
        "protectedResourceArns: or conditions are required",
    ],
    [
        types.restoreSelection,
        { "protectedResourceConditions.stringEquals.key": "backup" },
        "backup does not begin with aws:ResourceTag/",
    ],
    [types.zone, { name: "not a name" }, "not a name is no domain name"],
    [types.record, { name: "not a name" }, "not a name is no domain name"],
    [types.record, { records: undefined }, "name either records or aliases"],
    [types.record, { ttl: undefined }, "ttl: is required with records"],
    [types.record, { ttl: -1 }, "-1 is not 0 to 2147483647 seconds"],
    [types.record, { records: ["example.org"] }, "example.org is no IPv4 address"],
];

it.each(refused)("%s: refuses %j: %s", (type, changes, says) => {
    const inputs = Object.entries(changes).reduce(
        (kept, [path, value]) => withAt(kept, path, value),
        acceptedInputs(type, whole),
    );
    expect(whole.problems(type, acceptedInputs(type, whole))).toEqual([]);
    expect(whole.problems(type, inputs).join("\n")).toContain(says);
});

/** Every document that a type takes, with its kind. */
const documents: readonly (readonly [string, string])[] = [
    [types.endpoint, "policy"],
    [types.role, "assumeRolePolicy"],
    [types.role, "inlinePolicies.policy"],
    [types.policy, "policy"],
    [types.rolePolicy, "policy"],
    [types.key, "policy"],
    [types.bucketPolicy, "policy"],
    [types.topic, "policy"],
    [types.topicPolicy, "policy"],
    [types.subscription, "filterPolicy"],
    [types.subscription, "redrivePolicy"],
    [types.rule, "eventPattern"],
    [types.vaultPolicy, "policy"],
    [types.queue, "policy"],
    [types.queue, "redrivePolicy"],
    [types.queuePolicy, "policy"],
    [types.repositoryPolicy, "policy"],
    [types.repositoryAccess, "policy"],
    [types.repositoryTemplate, "lifecyclePolicy"],
    [types.repositoryTemplate, "repositoryPolicy"],
    [types.efsPolicy, "policy"],
];

it.each(documents)("%s: refuses a %s that is not JSON", (type, path) => {
    const block = path.startsWith("inlinePolicies") ? { inlinePolicies: [{ name: "a" }] } : {};
    const inputs = withAt({ ...acceptedInputs(type, whole), ...block }, path, "{");
    expect(whole.problems(type, inputs)).toContain(`${path}: is not JSON`);
});

it("takes a policy as an object, and hands the text on", () => {
    const assumeRolePolicy = {
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: { Service: "ec2.amazonaws.com" },
                Action: "sts:AssumeRole",
            },
        ],
    };
    expect(whole.checked(types.role, "r", { assumeRolePolicy })["assumeRolePolicy"]).toBe(
        JSON.stringify(assumeRolePolicy),
    );
});

it("refuses tags that AWS refuses", () => {
    const said = (tags: Record<string, string>) =>
        whole.problems(types.vpc, { cidrBlock: "10.0.0.0/16", tags }).join("\n");
    expect(said({ "aws:owner": "a" })).toContain("reserved");
    expect(said({ a: "x".repeat(257) })).toContain("of at most 256");
    expect(said({ ["k".repeat(129)]: "x" })).toContain("not 1 to 128");
    expect(said({ a: "<b>" })).toContain("other characters");
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, "v"]));
    expect(said(many)).toContain("51 tags, of at most 50");
});

it("takes what is not known yet", () => {
    const userData = b64("MIME-Version: 1.0\n");
    expect(whole.problems(types.template, { name: "x", userData })).toEqual([]);
});
