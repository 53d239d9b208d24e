import { shown } from "../../../rehearsal/aws/look";
import type { Props } from "../../../rehearsal/provider/values";
import type { TestAccount } from "./account";

/** Types that clusters of machines need beside those of hubs. */
export const machineTypes = {
    instance: "aws:ec2/instance:Instance",
    diskOfMachine: "aws:ec2/volumeAttachment:VolumeAttachment",
    bastion: "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint",
    cacheSubnets: "aws:elasticache/subnetGroup:SubnetGroup",
    cacheParameters: "aws:elasticache/parameterGroup:ParameterGroup",
    cache: "aws:elasticache/replicationGroup:ReplicationGroup",
    certificate: "aws:acm/certificate:Certificate",
    validation: "aws:acm/certificateValidation:CertificateValidation",
    targetMachine: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    acl: "aws:wafv2/webAcl:WebAcl",
    aclOfBalancer: "aws:wafv2/webAclAssociation:WebAclAssociation",
    aclLogs: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    secret: "aws:secretsmanager/secret:Secret",
    secretVersion: "aws:secretsmanager/secretVersion:SecretVersion",
    baseline: "aws:ssm/patchBaseline:PatchBaseline",
    patchGroup: "aws:ssm/patchGroup:PatchGroup",
    window: "aws:ssm/maintenanceWindow:MaintenanceWindow",
    windowTarget: "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget",
    windowTask: "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
    upkeep: "aws:ssm/association:Association",
    command: "aws:ssm/document:Document",
    trail: "aws:cloudtrail/trail:Trail",
    recorder: "aws:cfg/recorder:Recorder",
    channel: "aws:cfg/deliveryChannel:DeliveryChannel",
    recording: "aws:cfg/recorderStatus:RecorderStatus",
    configRule: "aws:cfg/rule:Rule",
} as const;

const t = {
    ...machineTypes,
    vpc: "aws:ec2/vpc:Vpc",
    subnet: "aws:ec2/subnet:Subnet",
    group: "aws:ec2/securityGroup:SecurityGroup",
    key: "aws:kms/key:Key",
    role: "aws:iam/role:Role",
    profile: "aws:iam/instanceProfile:InstanceProfile",
    volume: "aws:ebs/volume:Volume",
    balancer: "aws:lb/loadBalancer:LoadBalancer",
    targets: "aws:lb/targetGroup:TargetGroup",
    logs: "aws:cloudwatch/logGroup:LogGroup",
    zone: "aws:route53/zone:Zone",
    record: "aws:route53/record:Record",
    bucket: "aws:s3/bucket:Bucket",
    bucketPolicy: "aws:s3/bucketPolicy:BucketPolicy",
} as const;

/** The object of that name, made where it is not there yet. */
function ensure(a: TestAccount, type: string, name: string, inputs: () => Props) {
    const found = a.cloud.all(type).find(({ urn }) => urn.endsWith(`::${name}`));
    return found ?? a.create(type, inputs(), name);
}

const inZone = (a: TestAccount, zone: string): string => {
    const found = a.cloud
        .all(t.subnet)
        .find(({ outputs }) => outputs["availabilityZone"] === `us-east-2${zone}`);
    return found?.id ?? "";
};

/** A load balancer that firewalls and certificates are for. */
export const siteOf = (a: TestAccount) =>
    ensure(a, t.balancer, "site", () => ({
        name: "site",
        loadBalancerType: "application",
        subnets: [inZone(a, "a"), inZone(a, "b")],
        securityGroups: [a.text(t.group)],
    }));

/** A bucket that these services may write to. */
function recordsBucket(a: TestAccount): string {
    const { id } = ensure(a, t.bucket, "records", () => ({ bucket: "geolab-records" }));
    ensure(a, t.bucketPolicy, "records", () => ({
        bucket: id,
        policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: ["cloudtrail", "config"].map((service) => ({
                Effect: "Allow",
                Principal: { Service: `${service}.amazonaws.com` },
                Action: ["s3:GetBucketAcl", "s3:PutObject"],
                Resource: ["arn:aws:s3:::geolab-records", "arn:aws:s3:::geolab-records/*"],
            })),
        }),
    }));
    return id;
}

/** Inputs that AWS takes, in an order in which each finds what it refers to. */
export const acceptedMachines: readonly (readonly [string, (a: TestAccount) => Props])[] = [
    [
        t.instance,
        (a) => ({
            ami: "ami-00000000000000001",
            instanceType: "m6i.large",
            subnetId: inZone(a, "a"),
            vpcSecurityGroupIds: [a.text(t.group)],
            iamInstanceProfile: a.text(t.profile),
            rootBlockDevice: { encrypted: true, kmsKeyId: a.text(t.key, "arn"), volumeSize: 80 },
        }),
    ],
    [
        t.diskOfMachine,
        (a) => ({
            deviceName: "/dev/sdf",
            instanceId: a.text(t.instance),
            volumeId: a.text(t.volume),
        }),
    ],
    [t.bastion, (a) => ({ subnetId: inZone(a, "a"), securityGroupIds: [a.text(t.group)] })],
    [t.cacheSubnets, (a) => ({ name: "caches", subnetIds: [inZone(a, "a"), inZone(a, "b")] })],
    [t.cacheParameters, () => ({ name: "cache", family: "redis7" })],
    [
        t.cache,
        (a) => ({
            replicationGroupId: "cache",
            description: "cache",
            engine: "redis",
            engineVersion: "7.1",
            nodeType: "cache.t4g.small",
            numCacheClusters: 2,
            automaticFailoverEnabled: true,
            multiAzEnabled: true,
            parameterGroupName: a.text(t.cacheParameters),
            subnetGroupName: a.text(t.cacheSubnets),
            securityGroupIds: [a.text(t.group)],
            atRestEncryptionEnabled: true,
            kmsKeyId: a.text(t.key, "arn"),
        }),
    ],
    [t.certificate, () => ({ domainName: "site.hub.example.org", validationMethod: "DNS" })],
    [
        t.validation,
        (a) => {
            const proof = "domainValidationOptions";
            ensure(a, t.record, "proof", () => ({
                zoneId: a.text(t.zone),
                name: a.text(t.certificate, `${proof}.resourceRecordName`),
                type: "CNAME",
                ttl: 300,
                records: [a.text(t.certificate, `${proof}.resourceRecordValue`)],
            }));
            return { certificateArn: a.text(t.certificate, "arn") };
        },
    ],
    [
        t.targetMachine,
        (a) => ({
            targetGroupArn: a.text(t.targets, "arn"),
            targetId: a.text(t.instance),
            port: 30443,
        }),
    ],
    [
        t.acl,
        () => ({
            name: "site",
            scope: "REGIONAL",
            defaultAction: { allow: {} },
            visibilityConfig: {
                cloudwatchMetricsEnabled: true,
                metricName: "site",
                sampledRequestsEnabled: true,
            },
            rules: [
                {
                    name: "common",
                    priority: 0,
                    overrideAction: { none: {} },
                    statement: {
                        managedRuleGroupStatement: {
                            name: "AWSManagedRulesCommonRuleSet",
                            vendorName: "AWS",
                        },
                    },
                },
            ],
        }),
    ],
    [
        t.aclOfBalancer,
        (a) => ({
            resourceArn: shown(siteOf(a).outputs["arn"]),
            webAclArn: a.text(t.acl, "arn"),
        }),
    ],
    [
        t.aclLogs,
        (a) => {
            const logs = ensure(a, t.logs, "acl", () => ({ name: "aws-waf-logs-site" }));
            return {
                resourceArn: a.text(t.acl, "arn"),
                logDestinationConfigs: [shown(logs.outputs["arn"])],
            };
        },
    ],
    [t.secret, (a) => ({ name: "commcare-site/SECRET_KEY", kmsKeyId: a.text(t.key, "arn") })],
    [t.secretVersion, (a) => ({ secretId: a.text(t.secret), secretString: '"secret"' })],
    [
        t.baseline,
        () => ({
            name: "ubuntu",
            operatingSystem: "UBUNTU",
            approvalRules: [
                {
                    complianceLevel: "CRITICAL",
                    patchFilters: [
                        { key: "PRODUCT", values: ["Ubuntu22.04"] },
                        { key: "PRIORITY", values: ["Required"] },
                    ],
                },
            ],
        }),
    ],
    [t.patchGroup, (a) => ({ baselineId: a.text(t.baseline), patchGroup: "data" })],
    [t.window, () => ({ name: "sunday", schedule: "cron(0 2 ? * SUN *)", duration: 3, cutoff: 1 })],
    [
        t.windowTarget,
        (a) => ({
            windowId: a.text(t.window),
            resourceType: "INSTANCE",
            targets: [{ key: "tag:PatchGroup", values: ["data"] }],
        }),
    ],
    [
        t.windowTask,
        (a) => ({
            windowId: a.text(t.window),
            taskType: "RUN_COMMAND",
            taskArn: "AWS-RunPatchBaseline",
            maxConcurrency: "1",
            maxErrors: "1",
            targets: [{ key: "WindowTargetIds", values: [a.text(t.windowTarget)] }],
        }),
    ],
    [
        t.upkeep,
        () => ({
            name: "AWS-UpdateSSMAgent",
            scheduleExpression: "rate(14 days)",
            targets: [{ key: "tag:cluster", values: ["geolab"] }],
        }),
    ],
    [
        t.command,
        () => ({
            name: "geolab-agent",
            documentType: "Command",
            content: JSON.stringify({
                schemaVersion: "2.2",
                mainSteps: [{ action: "aws:runShellScript", name: "start", inputs: {} }],
            }),
        }),
    ],
    [t.trail, (a) => ({ name: "geolab", s3BucketName: recordsBucket(a) })],
    [t.recorder, (a) => ({ name: "default", roleArn: a.text(t.role, "arn") })],
    [t.channel, (a) => ({ name: "default", s3BucketName: recordsBucket(a) })],
    [t.recording, (a) => ({ name: a.text(t.recorder), isEnabled: true })],
    [
        t.configRule,
        () => ({
            name: "owned",
            source: { owner: "AWS", sourceIdentifier: "REQUIRED_TAGS" },
            inputParameters: '{"tag1Key":"owner-role"}',
        }),
    ],
];
