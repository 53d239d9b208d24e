import type { AwsType } from "./aws-type";
import { acmTypes } from "./types/acm";
import { auditTypes } from "./types/audit";
import { autoscalingTypes } from "./types/autoscaling";
import { backupTypes } from "./types/backup";
import { restoreTestingTypes } from "./types/backup-restore-testing";
import { budgetTypes } from "./types/budgets";
import { cloudwatchTypes } from "./types/cloudwatch";
import { ebsTypes } from "./types/ebs";
import { ec2InstanceTypes } from "./types/ec2-instance";
import { ec2LaunchTemplateTypes } from "./types/ec2-launch-template";
import { ec2NetworkTypes } from "./types/ec2-network";
import { ec2RouteTypes } from "./types/ec2-routes";
import { ec2SecurityGroupTypes } from "./types/ec2-security-groups";
import { ecrTypes } from "./types/ecr";
import { efsTypes } from "./types/efs";
import { eksAccessTypes } from "./types/eks-access";
import { eksAddonTypes } from "./types/eks-addon";
import { eksClusterTypes } from "./types/eks-cluster";
import { eksNodeGroupTypes } from "./types/eks-node-group";
import { elasticacheTypes } from "./types/elasticache";
import { guarddutyTypes } from "./types/guardduty";
import { iamTypes } from "./types/iam";
import { kmsTypes } from "./types/kms";
import { lbTypes } from "./types/lb";
import { rdsTypes } from "./types/rds";
import { route53Types } from "./types/route53";
import { s3Types } from "./types/s3";
import { secretsmanagerTypes } from "./types/secretsmanager";
import { smallServiceTypes } from "./types/small-services";
import { snsTypes } from "./types/sns";
import { ssmTypes } from "./types/ssm";
import { wafv2Types } from "./types/wafv2";

/** Every type of AWS that a rehearsal knows, by its token. */
export const awsTypes: Readonly<Record<string, AwsType>> = {
    ...acmTypes,
    ...auditTypes,
    ...autoscalingTypes,
    ...backupTypes,
    ...budgetTypes,
    ...cloudwatchTypes,
    ...ebsTypes,
    ...ec2InstanceTypes,
    ...ec2LaunchTemplateTypes,
    ...ec2NetworkTypes,
    ...ec2RouteTypes,
    ...ec2SecurityGroupTypes,
    ...ecrTypes,
    ...efsTypes,
    ...eksAccessTypes,
    ...eksAddonTypes,
    ...eksClusterTypes,
    ...eksNodeGroupTypes,
    ...elasticacheTypes,
    ...guarddutyTypes,
    ...iamTypes,
    ...kmsTypes,
    ...lbTypes,
    ...rdsTypes,
    ...restoreTestingTypes,
    ...route53Types,
    ...s3Types,
    ...secretsmanagerTypes,
    ...smallServiceTypes,
    ...snsTypes,
    ...ssmTypes,
    ...wafv2Types,
};
