"""Which published models describe which Pulumi type: read by scan-aws-models.py.

A row is `type: (service, operation, CloudFormation type, renames)`. Names are matched without
regard to case, with and without the resource's own name in front ("name" is CreateCluster's "clusterName");
`renames` says the rest: Pulumi property -> member of the operation, or None where they only look alike.
"""

TYPES = {
    "ec2/vpc:Vpc": ("ec2", "CreateVpc", "AWS::EC2::VPC", {}),
    "ec2/subnet:Subnet": ("ec2", "CreateSubnet", "AWS::EC2::Subnet", {}),
    "ec2/internetGateway:InternetGateway": ("ec2", "CreateInternetGateway", "AWS::EC2::InternetGateway", {}),
    "ec2/natGateway:NatGateway": ("ec2", "CreateNatGateway", "AWS::EC2::NatGateway", {}),
    "ec2/eip:Eip": ("ec2", "AllocateAddress", "AWS::EC2::EIP", {}),
    "ec2/routeTable:RouteTable": ("ec2", "CreateRouteTable", "AWS::EC2::RouteTable", {}),
    "ec2/route:Route": ("ec2", "CreateRoute", "AWS::EC2::Route", {}),
    "ec2/routeTableAssociation:RouteTableAssociation": (
        "ec2", "AssociateRouteTable", "AWS::EC2::SubnetRouteTableAssociation", {}),
    "ec2/securityGroup:SecurityGroup": ("ec2", "CreateSecurityGroup", "AWS::EC2::SecurityGroup", {
        "name": "GroupName", "description": "Description"}),
    "vpc/securityGroupIngressRule:SecurityGroupIngressRule": (
        "ec2", "AuthorizeSecurityGroupIngress", "AWS::EC2::SecurityGroupIngress", {"securityGroupId": "GroupId"}),
    "vpc/securityGroupEgressRule:SecurityGroupEgressRule": (
        "ec2", "AuthorizeSecurityGroupEgress", "AWS::EC2::SecurityGroupEgress", {"securityGroupId": "GroupId"}),
    "ec2/launchTemplate:LaunchTemplate": ("ec2", "CreateLaunchTemplate", "AWS::EC2::LaunchTemplate", {
        "name": "LaunchTemplateName", "description": "VersionDescription",
        "*": "LaunchTemplateData", "vpcSecurityGroupIds": "LaunchTemplateData.SecurityGroupIds",
        "securityGroupNames": "LaunchTemplateData.SecurityGroups"}),
    "ec2/vpcEndpoint:VpcEndpoint": ("ec2", "CreateVpcEndpoint", "AWS::EC2::VPCEndpoint", {}),
    "ec2/flowLog:FlowLog": ("ec2", "CreateFlowLogs", "AWS::EC2::FlowLog", {
        "iamRoleArn": "DeliverLogsPermissionArn"}),
    "ebs/volume:Volume": ("ec2", "CreateVolume", "AWS::EC2::Volume", {"type": "VolumeType"}),
    "eks/cluster:Cluster": ("eks", "CreateCluster", "AWS::EKS::Cluster", {
        "vpcConfig": "resourcesVpcConfig"}),
    "eks/nodeGroup:NodeGroup": ("eks", "CreateNodegroup", "AWS::EKS::Nodegroup", {
        "nodeGroupName": "nodegroupName", "nodeRoleArn": "nodeRole", "subnetIds": "subnets"}),
    "eks/addon:Addon": ("eks", "CreateAddon", "AWS::EKS::Addon", {
        "resolveConflictsOnCreate": "resolveConflicts", "resolveConflictsOnUpdate": "resolveConflicts",
        "podIdentityAssociations": "podIdentityAssociations"}),
    "eks/accessEntry:AccessEntry": ("eks", "CreateAccessEntry", "AWS::EKS::AccessEntry", {
        "userName": "username"}),
    "eks/accessPolicyAssociation:AccessPolicyAssociation": ("eks", "AssociateAccessPolicy", None, {}),
    "eks/podIdentityAssociation:PodIdentityAssociation": (
        "eks", "CreatePodIdentityAssociation", "AWS::EKS::PodIdentityAssociation", {}),
    "iam/role:Role": ("iam", "CreateRole", "AWS::IAM::Role", {
        "assumeRolePolicy": "AssumeRolePolicyDocument"}),
    "iam/policy:Policy": ("iam", "CreatePolicy", "AWS::IAM::ManagedPolicy", {"policy": "PolicyDocument"}),
    "iam/rolePolicy:RolePolicy": ("iam", "PutRolePolicy", "AWS::IAM::RolePolicy", {
        "role": "RoleName", "name": "PolicyName", "policy": "PolicyDocument"}),
    "iam/rolePolicyAttachment:RolePolicyAttachment": ("iam", "AttachRolePolicy", None, {"role": "RoleName"}),
    "iam/instanceProfile:InstanceProfile": ("iam", "CreateInstanceProfile", "AWS::IAM::InstanceProfile", {}),
    "iam/openIdConnectProvider:OpenIdConnectProvider": (
        "iam", "CreateOpenIDConnectProvider", "AWS::IAM::OIDCProvider", {}),
    "kms/key:Key": ("kms", "CreateKey", "AWS::KMS::Key", {
        "deletionWindowInDays": "=ScheduleKeyDeletion.PendingWindowInDays",
        "rotationPeriodInDays": "=EnableKeyRotation.RotationPeriodInDays"}),
    "kms/alias:Alias": ("kms", "CreateAlias", "AWS::KMS::Alias", {"name": "AliasName"}),
    "s3/bucket:Bucket": ("s3", "CreateBucket", "AWS::S3::Bucket", {
        "bucket": "Bucket", "bucketNamespace": "BucketNamespace"}),
    "s3/bucketPolicy:BucketPolicy": ("s3", "PutBucketPolicy", "AWS::S3::BucketPolicy", {}),
    "s3/bucketVersioning:BucketVersioning": ("s3", "PutBucketVersioning", None, {
        "versioningConfiguration.mfaDelete": "MFADelete"}),
    "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": (
        "s3", "PutBucketLifecycleConfiguration", None, {"*": "LifecycleConfiguration"}),
    "s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ("s3", "PutPublicAccessBlock", None, {}),
    "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (
        "s3", "PutBucketEncryption", None, {
            "*": "ServerSideEncryptionConfiguration", "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId": "KMSMasterKeyID"}),
    "s3/bucketOwnershipControls:BucketOwnershipControls": ("s3", "PutBucketOwnershipControls", None, {
        "rule": "OwnershipControls.Rules"}),
    "sns/topic:Topic": ("sns", "CreateTopic", "AWS::SNS::Topic", {}),
    "sns/topicPolicy:TopicPolicy": ("sns", "SetTopicAttributes", None, {"arn": "TopicArn"}),
    "sns/topicSubscription:TopicSubscription": ("sns", "Subscribe", "AWS::SNS::Subscription", {"topic": "TopicArn"}),
    "cloudwatch/metricAlarm:MetricAlarm": ("cloudwatch", "PutMetricAlarm", "AWS::CloudWatch::Alarm", {
        "name": "AlarmName", "metricQueries": "Metrics"}),
    "cloudwatch/logGroup:LogGroup": ("logs", "CreateLogGroup", "AWS::Logs::LogGroup", {
        "retentionInDays": "=PutRetentionPolicy.retentionInDays"}),
    "cloudwatch/eventRule:EventRule": ("events", "PutRule", "AWS::Events::Rule", {"name": "Name"}),
    "cloudwatch/eventTarget:EventTarget": ("events", "PutTargets", None, {
        "*": "Targets", "rule": "Rule", "eventBusName": "EventBusName", "targetId": "Targets.Id"}),
    "backup/vault:Vault": ("backup", "CreateBackupVault", "AWS::Backup::BackupVault", {
        "name": "BackupVaultName", "kmsKeyArn": "EncryptionKeyArn"}),
    "backup/plan:Plan": ("backup", "CreateBackupPlan", "AWS::Backup::BackupPlan", {
        "name": "BackupPlan.BackupPlanName", "rules": "BackupPlan.Rules", "tags": "BackupPlanTags",
        "rules.schedule": "ScheduleExpression", "rules.completionWindow": "CompletionWindowMinutes",
        "rules.startWindow": "StartWindowMinutes", "rules.targetVaultName": "TargetBackupVaultName",
        "rules.scheduleExpressionTimezone": "ScheduleExpressionTimezone",
        "advancedBackupSettings": "BackupPlan.AdvancedBackupSettings"}),
    "backup/selection:Selection": ("backup", "CreateBackupSelection", "AWS::Backup::BackupSelection", {
        "name": "BackupSelection.SelectionName", "iamRoleArn": "BackupSelection.IamRoleArn",
        "resources": "BackupSelection.Resources", "notResources": "BackupSelection.NotResources",
        "conditions": "BackupSelection.Conditions", "planId": "BackupPlanId",
        "selectionTags": "BackupSelection.ListOfTags", "selectionTags.key": "ConditionKey",
        "selectionTags.type": "ConditionType", "selectionTags.value": "ConditionValue"}),
    "backup/vaultLockConfiguration:VaultLockConfiguration": (
        "backup", "PutBackupVaultLockConfiguration", None, {}),
    "budgets/budget:Budget": ("budgets", "CreateBudget", "AWS::Budgets::Budget", {
        "*": "Budget", "accountId": "AccountId", "name": "Budget.BudgetName",
        "notifications": "NotificationsWithSubscribers.Notification",
        "notifications.subscriberEmailAddresses": None, "tags": "ResourceTags"}),
    "autoscaling/tag:Tag": ("autoscaling", "CreateOrUpdateTags", None, {"tag": "Tags"}),
    "autoscaling/group:Group": ("autoscaling", "CreateAutoScalingGroup", "AWS::AutoScaling::AutoScalingGroup", {
        "name": "AutoScalingGroupName", "vpcZoneIdentifiers": None}),
    "efs/fileSystem:FileSystem": ("efs", "CreateFileSystem", "AWS::EFS::FileSystem", {
        "lifecyclePolicies": "=PutLifecycleConfiguration.LifecyclePolicies",
        "lifecyclePolicies.transitionToIa": "TransitionToIA"}),
    "efs/mountTarget:MountTarget": ("efs", "CreateMountTarget", "AWS::EFS::MountTarget", {}),
    "efs/accessPoint:AccessPoint": ("efs", "CreateAccessPoint", "AWS::EFS::AccessPoint", {}),
    "efs/backupPolicy:BackupPolicy": ("efs", "PutBackupPolicy", None, {}),
    "rds/instance:Instance": ("rds", "CreateDBInstance", "AWS::RDS::DBInstance", {
        "identifier": "DBInstanceIdentifier", "instanceClass": "DBInstanceClass", "username": "MasterUsername",
        "password": "MasterUserPassword", "parameterGroupName": "DBParameterGroupName",
        "backupWindow": "PreferredBackupWindow", "maintenanceWindow": "PreferredMaintenanceWindow",
        "enabledCloudwatchLogsExports": "EnableCloudwatchLogsExports"}),
    "rds/subnetGroup:SubnetGroup": ("rds", "CreateDBSubnetGroup", "AWS::RDS::DBSubnetGroup", {
        "name": "DBSubnetGroupName", "description": "DBSubnetGroupDescription"}),
    "rds/parameterGroup:ParameterGroup": ("rds", "CreateDBParameterGroup", "AWS::RDS::DBParameterGroup", {
        "name": "DBParameterGroupName", "family": "DBParameterGroupFamily",
        "parameters": "=ModifyDBParameterGroup.Parameters", "parameters.name": "ParameterName",
        "parameters.value": "ParameterValue"}),
    "ecr/repository:Repository": ("ecr", "CreateRepository", "AWS::ECR::Repository", {
        "encryptionConfigurations": "encryptionConfiguration"}),
    "ecr/lifecyclePolicy:LifecyclePolicy": ("ecr", "PutLifecyclePolicy", None, {
        "policy": "lifecyclePolicyText", "repository": "repositoryName"}),
    "ecr/repositoryCreationTemplate:RepositoryCreationTemplate": (
        "ecr", "CreateRepositoryCreationTemplate", "AWS::ECR::RepositoryCreationTemplate", {
            "encryptionConfigurations": "encryptionConfiguration", "appliedFors": "appliedFor"}),
    "route53/zone:Zone": ("route53", "CreateHostedZone", "AWS::Route53::HostedZone", {
        "comment": "HostedZoneConfig.Comment"}),
    "route53/record:Record": ("route53", "ChangeResourceRecordSets", "AWS::Route53::RecordSet", {
        "zoneId": "HostedZoneId", "*": "ChangeBatch.Changes.ResourceRecordSet"}),
    "acm/certificate:Certificate": ("acm", "RequestCertificate", "AWS::CertificateManager::Certificate", {}),
    "guardduty/detector:Detector": ("guardduty", "CreateDetector", "AWS::GuardDuty::Detector", {}),
    "sqs/queue:Queue": ("sqs", "CreateQueue", "AWS::SQS::Queue", {}),
    "secretsmanager/secret:Secret": ("secretsmanager", "CreateSecret", "AWS::SecretsManager::Secret", {
        "name": "Name", "recoveryWindowInDays": None, "policy": "=PutResourcePolicy.ResourcePolicy",
        "replicas": "AddReplicaRegions"}),
    "ssm/parameter:Parameter": ("ssm", "PutParameter", "AWS::SSM::Parameter", {}),
    "elasticache/replicationGroup:ReplicationGroup": (
        "elasticache", "CreateReplicationGroup", "AWS::ElastiCache::ReplicationGroup", {
            "description": "ReplicationGroupDescription", "nodeType": "CacheNodeType",
            "parameterGroupName": "CacheParameterGroupName", "subnetGroupName": "CacheSubnetGroupName",
            "maintenanceWindow": "PreferredMaintenanceWindow"}),
    "elasticache/subnetGroup:SubnetGroup": (
        "elasticache", "CreateCacheSubnetGroup", "AWS::ElastiCache::SubnetGroup", {
            "name": "CacheSubnetGroupName", "description": "CacheSubnetGroupDescription"}),
    "elasticache/parameterGroup:ParameterGroup": (
        "elasticache", "CreateCacheParameterGroup", "AWS::ElastiCache::ParameterGroup", {
            "name": "CacheParameterGroupName", "family": "CacheParameterGroupFamily"}),
    "lb/loadBalancer:LoadBalancer": (
        "elbv2", "CreateLoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", {
            "name": "Name", "loadBalancerType": "Type"}),
    "lb/targetGroup:TargetGroup": ("elbv2", "CreateTargetGroup", "AWS::ElasticLoadBalancingV2::TargetGroup", {
        "name": "Name", "healthCheck": None}),
    "lb/listener:Listener": ("elbv2", "CreateListener", "AWS::ElasticLoadBalancingV2::Listener", {}),
    "wafv2/webAcl:WebAcl": ("wafv2", "CreateWebACL", "AWS::WAFv2::WebACL", {"name": "Name"}),
    "dlm/lifecyclePolicy:LifecyclePolicy": ("dlm", "CreateLifecyclePolicy", "AWS::DLM::LifecyclePolicy", {}),
    "ec2/instance:Instance": ("ec2", "RunInstances", "AWS::EC2::Instance", {
        "ami": "ImageId", "keyName": "KeyName", "vpcSecurityGroupIds": "SecurityGroupIds",
        "securityGroups": None, "availabilityZone": "Placement.AvailabilityZone", "tenancy": "Placement.Tenancy",
        "rootBlockDevice": "BlockDeviceMappings.Ebs", "ebsBlockDevices": None, "networkInterface": None,
        "networkInterfaces": None, "rootBlockDevice.volumeType": "VolumeType", "rootBlockDevice.volumeSize": "VolumeSize"}),
    "ec2/volumeAttachment:VolumeAttachment": ("ec2", "AttachVolume", "AWS::EC2::VolumeAttachment", {
        "deviceName": "Device"}),
    "ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint": (
        "ec2", "CreateInstanceConnectEndpoint", "AWS::EC2::InstanceConnectEndpoint", {}),
    "lb/targetGroupAttachment:TargetGroupAttachment": ("elbv2", "RegisterTargets", None, {
        "targetId": "Targets.Id", "port": "Targets.Port", "availabilityZone": "Targets.AvailabilityZone"}),
    "wafv2/webAclAssociation:WebAclAssociation": ("wafv2", "AssociateWebACL", "AWS::WAFv2::WebACLAssociation", {}),
    "wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": (
        "wafv2", "PutLoggingConfiguration", "AWS::WAFv2::LoggingConfiguration", {"*": "LoggingConfiguration"}),
    "secretsmanager/secretVersion:SecretVersion": ("secretsmanager", "PutSecretValue", None, {}),
    "ssm/patchBaseline:PatchBaseline": ("ssm", "CreatePatchBaseline", "AWS::SSM::PatchBaseline", {
        "approvalRules": "ApprovalRules.PatchRules", "approvalRules.patchFilters": "PatchFilterGroup.PatchFilters",
        "globalFilters": "GlobalFilters.PatchFilters"}),
    "ssm/patchGroup:PatchGroup": ("ssm", "RegisterPatchBaselineForPatchGroup", None, {}),
    "ssm/maintenanceWindow:MaintenanceWindow": ("ssm", "CreateMaintenanceWindow", "AWS::SSM::MaintenanceWindow", {}),
    "ssm/maintenanceWindowTarget:MaintenanceWindowTarget": (
        "ssm", "RegisterTargetWithMaintenanceWindow", "AWS::SSM::MaintenanceWindowTarget", {}),
    "ssm/maintenanceWindowTask:MaintenanceWindowTask": (
        "ssm", "RegisterTaskWithMaintenanceWindow", "AWS::SSM::MaintenanceWindowTask", {}),
    "ssm/association:Association": ("ssm", "CreateAssociation", "AWS::SSM::Association", {
        "name": "Name", "targets": "Targets"}),
    "ssm/document:Document": ("ssm", "CreateDocument", "AWS::SSM::Document", {
        "attachmentsSources": "Attachments"}),
    "cloudtrail/trail:Trail": ("cloudtrail", "CreateTrail", "AWS::CloudTrail::Trail", {
        "enableLogFileValidation": None, "enableLogging": None}),
    "cfg/recorder:Recorder": ("config", "PutConfigurationRecorder", "AWS::Config::ConfigurationRecorder", {
        "*": "ConfigurationRecorder"}),
    "cfg/deliveryChannel:DeliveryChannel": ("config", "PutDeliveryChannel", "AWS::Config::DeliveryChannel", {
        "*": "DeliveryChannel"}),
    "cfg/recorderStatus:RecorderStatus": ("config", "StartConfigurationRecorder", None, {}),
    "cfg/rule:Rule": ("config", "PutConfigRule", "AWS::Config::ConfigRule", {"*": "ConfigRule"}),
}

# Where the provider, or the service's own reference, says otherwise than the models: argument -> what it takes.
CORRECTIONS = {
    # The provider keeps "Disabled" for a bucket that never had versions; the API knows only the other two.
    ("s3/bucketVersioning:BucketVersioning", "versioningConfiguration.status"): {
        "enum": ["Enabled", "Suspended", "Disabled"]},
    # 0 means "never expire" to the provider, which then calls DeleteRetentionPolicy.
    ("cloudwatch/logGroup:LogGroup", "retentionInDays"): {
        "enum": [0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]},
    # API_CreateDBInstance: "Must be a value from 0 to 35."
    ("rds/instance:Instance", "backupRetentionPeriod"): {"minimum": 0, "maximum": 35},
    # API_ScheduleKeyDeletion: "If you include a value, it must be between 7 and 30, inclusive."
    ("kms/key:Key", "deletionWindowInDays"): {"minimum": 7, "maximum": 30},
    # The API has one enumeration for creation and update; PRESERVE is for updates only.
    ("eks/addon:Addon", "resolveConflictsOnCreate"): {"enum": ["NONE", "OVERWRITE"]},
    # The members are free strings in both models; these are the values of API_LogSetup's `types`.
    ("eks/cluster:Cluster", "enabledClusterLogTypes"): {
        "items": {"enum": ["api", "audit", "authenticator", "controllerManager", "scheduler"]}},
    ("eks/nodeGroup:NodeGroup", "instanceTypes"): {"items": {"enum": "instanceTypes"}},
    # API_EncryptionConfig: "The only supported value is secrets."
    ("eks/cluster:Cluster", "encryptionConfig.resources"): {"items": {"enum": ["secrets"]}},
}

# What forces a replacement, by the provider's schema (terraform-provider-aws, `ForceNew` and `RequiresReplace` in
# internal/service/<service>): (also these, not these of CloudFormation, these when taken away or newly given).
IMMUTABLE = {
    "ec2/natGateway:NatGateway": (("privateIp",), (), ()),
    "ec2/eip:Eip": (("domain", "publicIpv4Pool", "customerOwnedIpv4Pool"), (), ()),
    # Only where addresses are assigned on creation is an IPv6 block fixed; otherwise it is associated anew.
    "ec2/subnet:Subnet": ((), ("ipv6CidrBlock",), ()),
    "ec2/routeTableAssociation:RouteTableAssociation": (("gatewayId",), ("routeTableId",), ()),
    "ec2/securityGroup:SecurityGroup": (("description", "name"), (), ()),
    "vpc/securityGroupIngressRule:SecurityGroupIngressRule": (
        ("securityGroupId",), ("cidrIpv6", "fromPort", "ipProtocol", "toPort", "cidrIpv4", "prefixListId"),
        ("cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId")),
    "vpc/securityGroupEgressRule:SecurityGroupEgressRule": (
        ("securityGroupId",), ("cidrIpv6", "fromPort", "ipProtocol", "toPort", "cidrIpv4", "prefixListId"),
        ("cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId")),
    "ec2/launchTemplate:LaunchTemplate": (("name",), (), ()),
    "ec2/flowLog:FlowLog": (("eniId", "logFormat", "subnetId", "transitGatewayAttachmentId", "transitGatewayId", "vpcId",
                             "regionalNatGatewayId"), (), ()),
    "ebs/volume:Volume": (("availabilityZone", "encrypted", "kmsKeyId", "multiAttachEnabled", "outpostArn", "snapshotId"), (), ()),
    # Envelope encryption can be added to a cluster in place and never taken away.
    "eks/cluster:Cluster": ((), ("encryptionConfig",), ("encryptionConfig",)),
    "eks/nodeGroup:NodeGroup": (("launchTemplate.id", "launchTemplate.name"), (), ()),
    "eks/accessPolicyAssociation:AccessPolicyAssociation": (
        ("accessScope", "clusterName", "policyArn", "principalArn"), (), ()),
    "iam/policy:Policy": (("name",), (), ()),
    "iam/rolePolicyAttachment:RolePolicyAttachment": (("policyArn", "role"), (), ()),
    "kms/key:Key": (("customerMasterKeySpec", "customKeyStoreId", "keyUsage", "multiRegion", "xksKeyId"), (), ()),
    "kms/alias:Alias": (("name",), (), ()),
    "s3/bucket:Bucket": (("bucket", "bucketPrefix", "objectLockEnabled"), (), ()),
    "s3/bucketVersioning:BucketVersioning": (("bucket", "expectedBucketOwner"), (), ()),
    "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": (("bucket", "expectedBucketOwner"), (), ()),
    "s3/bucketPublicAccessBlock:BucketPublicAccessBlock": (("bucket",), (), ()),
    "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (
        ("bucket", "expectedBucketOwner"), (), ()),
    "s3/bucketOwnershipControls:BucketOwnershipControls": (("bucket",), (), ()),
    "sns/topicPolicy:TopicPolicy": (("arn",), (), ()),
    "cloudwatch/logGroup:LogGroup": (("logGroupClass",), (), ()),
    "cloudwatch/eventRule:EventRule": (("eventBusName",), (), ()),
    "cloudwatch/eventTarget:EventTarget": (("eventBusName", "rule", "targetId"), (), ()),
    "backup/plan:Plan": (("name",), (), ()),
    "backup/selection:Selection": (
        ("conditions", "iamRoleArn", "name", "notResources", "resources", "selectionTags"), (), ()),
    "backup/vaultLockConfiguration:VaultLockConfiguration": (
        ("backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays"), (), ()),
    "budgets/budget:Budget": (("accountId",), (), ()),
    "autoscaling/tag:Tag": (("autoscalingGroupName", "tag.key"), (), ()),
    "efs/fileSystem:FileSystem": (("creationToken",), (), ()),
    "efs/backupPolicy:BackupPolicy": (("fileSystemId",), (), ()),
    # The provider renames an instance in place; the subnet group it moves the instance to, likewise.
    "rds/instance:Instance": (
        ("availabilityZone", "engine", "restoreToPointInTime", "s3Import", "snapshotIdentifier"), ("dbSubnetGroupName", "identifier"), ()),
    "ecr/lifecyclePolicy:LifecyclePolicy": (("policy", "repository"), (), ()),
    "route53/record:Record": (("name",), (), ()),
    "acm/certificate:Certificate": (("validationMethod", "validationOptions"), (), ()),
    "elasticache/replicationGroup:ReplicationGroup": (
        ("securityGroupNames",), ("authToken", "preferredCacheClusterAzs"), ()),
    "elasticache/parameterGroup:ParameterGroup": (("description", "name"), (), ()),
    "lb/loadBalancer:LoadBalancer": (("customerOwnedIpv4Pool", "internal", "name"), (), ()),
    # A type or a security group is changed in place, an image or an encrypted root disk never.
    "ec2/instance:Instance": (
        ("associatePublicIpAddress", "ebsBlockDevices", "hibernation", "placementGroup", "privateIp",
         "rootBlockDevice.encrypted", "rootBlockDevice.kmsKeyId"), (), ()),
    "lb/targetGroupAttachment:TargetGroupAttachment": (("availabilityZone", "port", "targetGroupArn", "targetId"), (), ()),
    "wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": (("logDestinationConfigs",), (), ()),
    "secretsmanager/secretVersion:SecretVersion": (("secretBinary", "secretId", "secretString"), (), ()),
    "ssm/patchGroup:PatchGroup": (("baselineId", "patchGroup"), (), ()),
    "ssm/association:Association": (("name",), (), ()),
    "cfg/recorderStatus:RecorderStatus": (("name",), (), ()),
}
