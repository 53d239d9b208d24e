import type { Props } from "../../../rehearsal/provider/values";
import { TestAccount } from "./account";
import { acceptedMachines, machineTypes } from "./machine-account";

export const policy = (principal: Props | undefined, action: string, resource?: string): string =>
    JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                ...(principal === undefined ? {} : { Principal: principal }),
                Action: action,
                ...(resource === undefined ? {} : { Resource: resource }),
            },
        ],
    });

const services = [
    "eks",
    "ec2",
    "backup",
    "pods.eks",
    "dlm",
    "ecr",
    "events",
    "vpc-flow-logs",
    "ssm",
    "config",
];
/** One role that every service may assume: what each needs is tested by itself. */
export const trust = policy(
    { Service: services.map((name) => `${name}.amazonaws.com`) },
    "sts:AssumeRole",
);

export const types = {
    vpc: "aws:ec2/vpc:Vpc",
    subnet: "aws:ec2/subnet:Subnet",
    gateway: "aws:ec2/internetGateway:InternetGateway",
    address: "aws:ec2/eip:Eip",
    nat: "aws:ec2/natGateway:NatGateway",
    table: "aws:ec2/routeTable:RouteTable",
    mainTable: "aws:ec2/defaultRouteTable:DefaultRouteTable",
    route: "aws:ec2/route:Route",
    association: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    group: "aws:ec2/securityGroup:SecurityGroup",
    ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    oldRule: "aws:ec2/securityGroupRule:SecurityGroupRule",
    defaultGroup: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    endpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
    key: "aws:kms/key:Key",
    alias: "aws:kms/alias:Alias",
    policy: "aws:iam/policy:Policy",
    role: "aws:iam/role:Role",
    rolePolicy: "aws:iam/rolePolicy:RolePolicy",
    attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    profile: "aws:iam/instanceProfile:InstanceProfile",
    oidc: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    template: "aws:ec2/launchTemplate:LaunchTemplate",
    bucket: "aws:s3/bucket:Bucket",
    topic: "aws:sns/topic:Topic",
    queue: "aws:sqs/queue:Queue",
    logs: "aws:cloudwatch/logGroup:LogGroup",
    flowLog: "aws:ec2/flowLog:FlowLog",
    cluster: "aws:eks/cluster:Cluster",
    nodes: "aws:eks/nodeGroup:NodeGroup",
    groupTag: "aws:autoscaling/tag:Tag",
    addon: "aws:eks/addon:Addon",
    entry: "aws:eks/accessEntry:AccessEntry",
    access: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    podIdentity: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    volume: "aws:ebs/volume:Volume",
    fileSystem: "aws:efs/fileSystem:FileSystem",
    mount: "aws:efs/mountTarget:MountTarget",
    accessPoint: "aws:efs/accessPoint:AccessPoint",
    efsBackup: "aws:efs/backupPolicy:BackupPolicy",
    efsPolicy: "aws:efs/fileSystemPolicy:FileSystemPolicy",
    databaseSubnets: "aws:rds/subnetGroup:SubnetGroup",
    parameters: "aws:rds/parameterGroup:ParameterGroup",
    database: "aws:rds/instance:Instance",
    bucketPolicy: "aws:s3/bucketPolicy:BucketPolicy",
    versioning: "aws:s3/bucketVersioning:BucketVersioning",
    lifecycle: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    publicBlock: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    encryption:
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    ownership: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    logging: "aws:s3/bucketLogging:BucketLogging",
    topicPolicy: "aws:sns/topicPolicy:TopicPolicy",
    subscription: "aws:sns/topicSubscription:TopicSubscription",
    queuePolicy: "aws:sqs/queuePolicy:QueuePolicy",
    alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
    rule: "aws:cloudwatch/eventRule:EventRule",
    target: "aws:cloudwatch/eventTarget:EventTarget",
    vault: "aws:backup/vault:Vault",
    plan: "aws:backup/plan:Plan",
    selection: "aws:backup/selection:Selection",
    restorePlan: "aws:backup/restoreTestingPlan:RestoreTestingPlan",
    restoreSelection: "aws:backup/restoreTestingSelection:RestoreTestingSelection",
    vaultLock: "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
    vaultNotifications: "aws:backup/vaultNotifications:VaultNotifications",
    vaultPolicy: "aws:backup/vaultPolicy:VaultPolicy",
    budget: "aws:budgets/budget:Budget",
    snapshots: "aws:dlm/lifecyclePolicy:LifecyclePolicy",
    balancer: "aws:lb/loadBalancer:LoadBalancer",
    targets: "aws:lb/targetGroup:TargetGroup",
    listener: "aws:lb/listener:Listener",
    targetNodes: "aws:autoscaling/attachment:Attachment",
    zone: "aws:route53/zone:Zone",
    record: "aws:route53/record:Record",
    detector: "aws:guardduty/detector:Detector",
    feature: "aws:guardduty/detectorFeature:DetectorFeature",
    repository: "aws:ecr/repository:Repository",
    repositoryPolicy: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    repositoryAccess: "aws:ecr/repositoryPolicy:RepositoryPolicy",
    repositoryTemplate: "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
    ...machineTypes,
} as const;

const everything = { AWS: "arn:aws:iam::123456789012:root" };

/** Inputs that AWS takes, one set for each type, in an order in which each finds what it refers to. */
export const accepted: readonly (readonly [string, (a: TestAccount) => Props])[] = [
    [types.vpc, () => ({ cidrBlock: "10.0.0.0/16", tags: { "owner-role": "sre" } })],
    [
        types.subnet,
        (a) => ({
            vpcId: a.text(types.vpc),
            cidrBlock: "10.0.0.0/24",
            availabilityZone: "us-east-2a",
        }),
    ],
    [types.gateway, (a) => ({ vpcId: a.text(types.vpc) })],
    [types.address, () => ({ domain: "vpc" })],
    [types.nat, (a) => ({ subnetId: a.text(types.subnet), allocationId: a.text(types.address) })],
    [
        types.table,
        (a) => ({
            vpcId: a.text(types.vpc),
            routes: [
                { cidrBlock: "192.0.2.0/24", gatewayId: a.text(types.gateway) },
                { cidrBlock: "198.51.100.0/24", natGatewayId: a.text(types.nat) },
            ],
        }),
    ],
    [types.mainTable, (a) => ({ defaultRouteTableId: a.text(types.vpc, "mainRouteTableId") })],
    [
        types.route,
        (a) => ({
            routeTableId: a.text(types.table),
            destinationCidrBlock: "0.0.0.0/0",
            gatewayId: a.text(types.gateway),
        }),
    ],
    [
        types.association,
        (a) => ({ subnetId: a.text(types.subnet), routeTableId: a.text(types.table) }),
    ],
    [types.group, (a) => ({ name: "nodes", vpcId: a.text(types.vpc) })],
    [
        types.ingress,
        (a) => ({
            securityGroupId: a.text(types.group),
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            referencedSecurityGroupId: a.text(types.vpc, "defaultSecurityGroupId"),
        }),
    ],
    [
        types.egress,
        (a) => ({
            securityGroupId: a.text(types.group),
            ipProtocol: "-1",
            cidrIpv4: "0.0.0.0/0",
        }),
    ],
    [
        types.oldRule,
        (a) => ({
            securityGroupId: a.text(types.group),
            type: "ingress",
            protocol: "tcp",
            fromPort: 22,
            toPort: 22,
            cidrBlocks: ["10.0.0.0/16"],
        }),
    ],
    [types.defaultGroup, (a) => ({ vpcId: a.text(types.vpc) })],
    [
        types.endpoint,
        (a) => ({
            vpcId: a.text(types.vpc),
            serviceName: "com.amazonaws.us-east-2.ecr.api",
            vpcEndpointType: "Interface",
            subnetIds: [a.text(types.subnet)],
            securityGroupIds: [a.text(types.group)],
        }),
    ],
    [types.key, () => ({ enableKeyRotation: true, policy: policy(everything, "kms:*", "*") })],
    [types.alias, (a) => ({ name: "alias/geolab", targetKeyId: a.text(types.key) })],
    [
        types.policy,
        () => ({
            name: "reader",
            policy: policy(undefined, "s3:GetObject", "arn:aws:s3:::data/*"),
        }),
    ],
    [types.role, () => ({ name: "everyone", assumeRolePolicy: trust })],
    [
        types.rolePolicy,
        (a) => ({
            name: "inline",
            role: a.text(types.role),
            policy: policy(undefined, "s3:ListBucket", "arn:aws:s3:::data"),
        }),
    ],
    [
        types.attachment,
        (a) => ({ role: a.text(types.role), policyArn: a.text(types.policy, "arn") }),
    ],
    [types.profile, (a) => ({ name: "profile", role: a.text(types.role) })],
    [
        types.oidc,
        () => ({
            url: "https://oidc.eks.us-east-2.amazonaws.com/id/A",
            clientIdLists: ["sts.amazonaws.com"],
        }),
    ],
    [
        types.template,
        (a) => ({
            name: "core",
            vpcSecurityGroupIds: [a.text(types.group)],
            blockDeviceMappings: [
                {
                    deviceName: "/dev/xvda",
                    ebs: {
                        volumeSize: 80,
                        volumeType: "gp3",
                        encrypted: "true",
                        kmsKeyId: a.text(types.key, "arn"),
                    },
                },
            ],
            tagSpecifications: [{ resourceType: "instance", tags: { "owner-role": "sre" } }],
        }),
    ],
    [types.bucket, () => ({ bucket: "geolab-scratch" })],
    [types.topic, (a) => ({ name: "alerts", kmsMasterKeyId: a.text(types.key) })],
    [types.queue, (a) => ({ name: "jobs", kmsMasterKeyId: a.text(types.key) })],
    [types.logs, () => ({ name: "/hub/logs", retentionInDays: 30 })],
    [
        types.flowLog,
        (a) => ({
            vpcId: a.text(types.vpc),
            trafficType: "REJECT",
            iamRoleArn: a.text(types.role, "arn"),
            logDestination: a.text(types.logs, "arn"),
        }),
    ],
    [
        types.cluster,
        (a) => ({
            name: "geolab",
            version: "1.34",
            roleArn: a.text(types.role, "arn"),
            vpcConfig: {
                subnetIds: [a.text(types.subnet), otherSubnet(a)],
                securityGroupIds: [a.text(types.group)],
            },
            encryptionConfig: {
                provider: { keyArn: a.text(types.key, "arn") },
                resources: ["secrets"],
            },
            accessConfig: {
                authenticationMode: "API",
                bootstrapClusterCreatorAdminPermissions: false,
            },
            kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16" },
        }),
    ],
    [
        types.nodes,
        (a) => ({
            nodeGroupName: "core",
            clusterName: a.text(types.cluster),
            nodeRoleArn: a.text(types.role, "arn"),
            subnetIds: [a.text(types.subnet)],
            instanceTypes: ["m7i.large"],
            amiType: "AL2023_x86_64_STANDARD",
            version: "1.34",
            releaseVersion: "1.34.1-20260112",
            scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 3 },
            launchTemplate: { id: a.text(types.template), version: "1" },
        }),
    ],
    [
        types.groupTag,
        (a) => ({
            autoscalingGroupName: a.text(types.nodes, "resources.autoscalingGroups.name"),
            tag: { key: "owner-role", value: "sre", propagateAtLaunch: true },
        }),
    ],
    [
        types.addon,
        (a) => ({
            clusterName: a.text(types.cluster),
            addonName: "vpc-cni",
            addonVersion: "v1.20.4-eksbuild.1",
            configurationValues: '{"enableNetworkPolicy":"true"}',
            podIdentityAssociations: [
                { roleArn: a.text(types.role, "arn"), serviceAccount: "aws-node" },
            ],
        }),
    ],
    [
        types.entry,
        (a) => ({
            clusterName: a.text(types.cluster),
            principalArn: "arn:aws:iam::123456789012:role/Admin",
            kubernetesGroups: ["admins"],
        }),
    ],
    [
        types.access,
        (a) => ({
            clusterName: a.text(types.cluster),
            principalArn: "arn:aws:iam::123456789012:role/Admin",
            policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
            accessScope: { type: "namespace", namespaces: ["prod"] },
        }),
    ],
    [
        types.podIdentity,
        (a) => ({
            clusterName: a.text(types.cluster),
            namespace: "prod",
            serviceAccount: "user-sa",
            roleArn: a.text(types.role, "arn"),
        }),
    ],
    [
        types.volume,
        (a) => ({
            availabilityZone: "us-east-2a",
            size: 100,
            type: "gp3",
            iops: 4000,
            throughput: 500,
            encrypted: true,
            kmsKeyId: a.text(types.key, "arn"),
        }),
    ],
    [types.fileSystem, (a) => ({ encrypted: true, kmsKeyId: a.text(types.key, "arn") })],
    [
        types.mount,
        (a) => ({
            fileSystemId: a.text(types.fileSystem),
            subnetId: a.text(types.subnet),
            securityGroups: [a.text(types.group)],
        }),
    ],
    [types.accessPoint, (a) => ({ fileSystemId: a.text(types.fileSystem) })],
    [
        types.efsBackup,
        (a) => ({ fileSystemId: a.text(types.fileSystem), backupPolicy: { status: "ENABLED" } }),
    ],
    [types.publicBlock, (a) => ({ bucket: a.text(types.bucket), blockPublicPolicy: true })],
    [
        types.bucketPolicy,
        (a) => ({
            bucket: a.text(types.bucket),
            policy: policy(everything, "s3:GetObject", "arn:aws:s3:::geolab-scratch/*"),
        }),
    ],
    [
        types.versioning,
        (a) => ({
            bucket: a.text(types.bucket),
            versioningConfiguration: { status: "Enabled" },
        }),
    ],
    [
        types.lifecycle,
        (a) => ({
            bucket: a.text(types.bucket),
            rules: [
                {
                    id: "old",
                    status: "Enabled",
                    transitions: [{ days: 30, storageClass: "STANDARD_IA" }],
                    expiration: { days: 90 },
                },
            ],
        }),
    ],
    [
        types.encryption,
        (a) => ({
            bucket: a.text(types.bucket),
            rules: [
                {
                    applyServerSideEncryptionByDefault: {
                        sseAlgorithm: "aws:kms",
                        kmsMasterKeyId: a.text(types.alias, "arn"),
                    },
                },
            ],
        }),
    ],
    [
        types.ownership,
        (a) => ({
            bucket: a.text(types.bucket),
            rule: { objectOwnership: "BucketOwnerEnforced" },
        }),
    ],
    [
        types.logging,
        (a) => ({
            bucket: a.text(types.bucket),
            targetBucket: a.text(types.bucket),
            targetPrefix: "log/",
        }),
    ],
    [
        types.topicPolicy,
        (a) => ({
            arn: a.text(types.topic, "arn"),
            policy: policy({ Service: "events.amazonaws.com" }, "sns:Publish", "*"),
        }),
    ],
    [
        types.subscription,
        (a) => ({ topic: a.text(types.topic), protocol: "email", endpoint: "a@example.org" }),
    ],
    [
        types.queuePolicy,
        (a) => ({
            queueUrl: a.text(types.queue),
            policy: policy(everything, "sqs:SendMessage", "*"),
        }),
    ],
    [
        types.alarm,
        (a) => ({
            name: "full",
            metricName: "VolumeIdleTime",
            namespace: "AWS/EBS",
            statistic: "Average",
            period: 300,
            evaluationPeriods: 3,
            datapointsToAlarm: 2,
            threshold: 1,
            comparisonOperator: "LessThanThreshold",
            alarmActions: [a.text(types.topic, "arn")],
            okActions: [a.text(types.topic, "arn")],
            insufficientDataActions: [a.text(types.topic, "arn")],
        }),
    ],
    [
        types.rule,
        (a) => ({
            name: "nightly",
            scheduleExpression: "rate(1 day)",
            roleArn: a.text(types.role, "arn"),
        }),
    ],
    [
        types.target,
        (a) => ({
            rule: a.text(types.rule),
            arn: a.text(types.topic, "arn"),
            roleArn: a.text(types.role, "arn"),
        }),
    ],
    [types.vault, (a) => ({ name: "daily", kmsKeyArn: a.text(types.key, "arn") })],
    [
        types.plan,
        (a) => ({
            name: "daily",
            rules: [
                {
                    ruleName: "daily",
                    targetVaultName: a.text(types.vault),
                    schedule: "cron(0 5 ? * * *)",
                    startWindow: 60,
                    completionWindow: 180,
                    lifecycle: { coldStorageAfter: 30, deleteAfter: 120 },
                },
            ],
        }),
    ],
    [
        types.selection,
        (a) => ({
            name: "tagged",
            planId: a.text(types.plan),
            iamRoleArn: a.text(types.role, "arn"),
            selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "daily" }],
        }),
    ],
    [
        types.restorePlan,
        (a) => ({
            name: "geolab_restores",
            scheduleExpression: "cron(0 12 ? * SUN *)",
            recoveryPointSelection: {
                algorithm: "LATEST_WITHIN_WINDOW",
                includeVaults: [a.text(types.vault, "arn")],
                recoveryPointTypes: ["SNAPSHOT"],
                selectionWindowDays: 7,
            },
        }),
    ],
    [
        types.restoreSelection,
        (a) => ({
            name: "disks",
            restoreTestingPlanName: a.text(types.restorePlan),
            protectedResourceType: "EBS",
            protectedResourceConditions: {
                stringEquals: [{ key: "aws:ResourceTag/backup", value: "daily" }],
            },
            iamRoleArn: a.text(types.role, "arn"),
        }),
    ],
    [
        types.vaultLock,
        (a) => ({
            backupVaultName: a.text(types.vault),
            minRetentionDays: 7,
            maxRetentionDays: 365,
            changeableForDays: 3,
        }),
    ],
    [
        types.vaultNotifications,
        (a) => ({
            backupVaultName: a.text(types.vault),
            snsTopicArn: a.text(types.topic, "arn"),
            backupVaultEvents: ["BACKUP_JOB_FAILED"],
        }),
    ],
    [
        types.vaultPolicy,
        (a) => ({
            backupVaultName: a.text(types.vault),
            policy: policy(everything, "backup:StartCopyJob", "*"),
        }),
    ],
    [
        types.budget,
        (a) => ({
            name: "monthly",
            budgetType: "COST",
            timeUnit: "MONTHLY",
            limitAmount: "800",
            limitUnit: "USD",
            costFilters: [{ name: "TagKeyValue", values: ["user:cluster$geolab"] }],
            timePeriodStart: "2026-01-01_00:00",
            timePeriodEnd: "2027-01-01_00:00",
            notifications: [
                {
                    comparisonOperator: "GREATER_THAN",
                    notificationType: "FORECASTED",
                    threshold: 120,
                    thresholdType: "PERCENTAGE",
                    subscriberEmailAddresses: ["a@example.org"],
                    subscriberSnsTopicArns: [a.text(types.topic, "arn")],
                },
            ],
        }),
    ],
    [
        types.snapshots,
        (a) => ({
            description: "nightly",
            executionRoleArn: a.text(types.role, "arn"),
            policyDetails: {
                resourceTypes: ["VOLUME"],
                targetTags: { backup: "daily" },
                schedules: [
                    {
                        name: "nightly",
                        createRule: { interval: 24, intervalUnit: "HOURS", times: "23:45" },
                        retainRule: { count: 5 },
                    },
                ],
            },
        }),
    ],
    [
        types.balancer,
        (a) => ({
            name: "gateway",
            loadBalancerType: "network",
            subnets: [a.text(types.subnet)],
            securityGroups: [a.text(types.group)],
        }),
    ],
    [
        types.targets,
        (a) => ({
            name: "gateway-https",
            vpcId: a.text(types.vpc),
            protocol: "TCP",
            port: 30443,
            healthCheck: { protocol: "HTTP", path: "/ping", port: "30081", interval: 10 },
        }),
    ],
    [
        types.listener,
        (a) => ({
            loadBalancerArn: a.text(types.balancer, "arn"),
            protocol: "TCP",
            port: 443,
            tcpIdleTimeoutSeconds: 3600,
            defaultActions: [{ type: "forward", targetGroupArn: a.text(types.targets, "arn") }],
        }),
    ],
    [
        types.targetNodes,
        (a) => ({
            autoscalingGroupName: a.text(types.nodes, "resources.autoscalingGroups.name"),
            lbTargetGroupArn: a.text(types.targets, "arn"),
        }),
    ],
    [types.zone, (a) => ({ name: "hub.example.org", vpcs: [{ vpcId: a.text(types.vpc) }] })],
    [
        types.record,
        (a) => ({
            zoneId: a.text(types.zone),
            name: "www",
            type: "A",
            ttl: 300,
            records: ["192.0.2.1"],
        }),
    ],
    [types.detector, () => ({ enable: true })],
    [
        types.feature,
        (a) => ({
            detectorId: a.text(types.detector),
            name: "EKS_AUDIT_LOGS",
            status: "ENABLED",
        }),
    ],
    [
        types.repository,
        (a) => ({
            name: "user-image",
            encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: a.text(types.key, "arn") }],
        }),
    ],
    [
        types.repositoryPolicy,
        (a) => ({ repository: a.text(types.repository), policy: '{"rules":[]}' }),
    ],
    [
        types.repositoryAccess,
        (a) => ({
            repository: a.text(types.repository),
            policy: policy(everything, "ecr:BatchGetImage"),
        }),
    ],
    [
        types.repositoryTemplate,
        (a) => ({
            prefix: "geolab/builds",
            appliedFors: ["CREATE_ON_PUSH"],
            customRoleArn: a.text(types.role, "arn"),
            encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: a.text(types.key, "arn") }],
            resourceTags: { "owner-role": "sre" },
            repositoryPolicy: policy(everything, "ecr:BatchGetImage"),
        }),
    ],
    [
        types.efsPolicy,
        (a) => ({
            fileSystemId: a.text(types.fileSystem),
            policy: policy(everything, "elasticfilesystem:ClientMount", "*"),
        }),
    ],
    [
        types.databaseSubnets,
        (a) => ({ name: "private", subnetIds: [a.text(types.subnet), otherSubnet(a)] }),
    ],
    [types.parameters, () => ({ name: "sealed", family: "postgres17" })],
    [
        types.database,
        (a) => ({
            identifier: "hub",
            engine: "postgres",
            engineVersion: "17",
            instanceClass: "db.t4g.micro",
            storageType: "gp3",
            allocatedStorage: 20,
            maxAllocatedStorage: 100,
            storageEncrypted: true,
            kmsKeyId: a.text(types.key, "arn"),
            username: "jupyterhub",
            password: "0123456789abcdef",
            dbSubnetGroupName: a.text(types.databaseSubnets),
            parameterGroupName: a.text(types.parameters),
            vpcSecurityGroupIds: [a.text(types.group)],
            backupWindow: "07:00-07:30",
            maintenanceWindow: "tue:09:00-tue:10:00",
            finalSnapshotIdentifier: "hub-final",
        }),
    ],
    ...acceptedMachines,
];

function otherSubnet(a: TestAccount): string {
    const there = a.cloud
        .all(types.subnet)
        .find(({ outputs }) => outputs["availabilityZone"] === "us-east-2b");
    return there?.id ?? "";
}

/** An account with everything that comes before a type, or with everything. */
export function accountBefore(type?: string): TestAccount {
    const account = new TestAccount();
    for (const [each, inputs] of accepted) {
        if (each === type) return account;
        account.create(each, inputs(account));
        if (each !== types.subnet) continue;
        const vpcId = account.text(types.vpc);
        const availabilityZone = "us-east-2b";
        account.create(each, { vpcId, cidrBlock: "10.0.1.0/24", availabilityZone }, "b");
    }
    return account;
}

/** The accepted inputs of a type, in an account that has all that they refer to. */
export function acceptedInputs(type: string, account: TestAccount): Props {
    const found = accepted.find(([each]) => each === type);
    if (found === undefined) throw new Error(`no accepted inputs for ${type}`);
    return found[1](account);
}
