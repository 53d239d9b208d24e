import { kindOf } from "../../../policies/report/kind";

it.each([
    ["aws:eks/nodeGroup:NodeGroup", "EKS node group"],
    ["aws:ec2/vpc:Vpc", "EC2 VPC"],
    ["aws:ec2/natGateway:NatGateway", "EC2 NAT gateway"],
    ["aws:s3/bucketV2:BucketV2", "S3 bucket"],
    ["aws:budgets/budget:Budget", "Budget"],
    ["aws:backup/plan:Plan", "Backup plan"],
    ["aws:iam/openIdConnectProvider:OpenIdConnectProvider", "IAM open ID connect provider"],
    ["aws:wafv2/webAcl:WebAcl", "WAFV2 web ACL"],
    ["aws:index/region:Region", "Region"],
    ["azure-native:containerservice:ManagedCluster", "Azure managed cluster"],
    ["azure-native:network/v20230501:VirtualNetwork", "Azure virtual network"],
    ["azure-native:keyvault:Vault", "Azure key vault"],
    ["azure-native:keyvault:Key", "Azure key vault key"],
    ["azure-native:recoveryservices:Vault", "Azure Recovery Services vault"],
    ["azure-native:dataprotection:BackupVault", "Azure backup vault"],
    ["azure-native:dbforpostgresql:Server", "Azure PostgreSQL server"],
    ["azure-native:redisenterprise:Database", "Azure redis database"],
    ["azure-native:redisenterprise:RedisEnterprise", "Azure redis enterprise"],
    ["azure-native:dns:Zone", "Azure DNS zone"],
    ["azure-native:alertsmanagement:AlertProcessingRuleByName", "Azure alert processing rule"],
    ["kubernetes:core/v1:ConfigMap", "Kubernetes config map"],
    ["kubernetes:cert-manager.io/v1:ClusterIssuer", "Kubernetes cluster issuer"],
    ["command:remote:Command", "Remote command"],
    ["random:index/randomPassword:RandomPassword", "Random password"],
    ["tls:index/privateKey:PrivateKey", "Private key"],
    ["gcp:storage/bucket:Bucket", "Gcp bucket"],
    ["odd", ""],
])("calls %s a %s", (type, words) => {
    expect(kindOf(type)).toBe(words);
});
