import type { AwsType } from "./aws-type";
import { autoscalingTypes } from "./types/autoscaling";
import { restoreTestingTypes } from "./types/backup-restore-testing";
import { backupTypes } from "./types/backup";
import { budgetTypes } from "./types/budgets";
import { cloudwatchTypes } from "./types/cloudwatch";
import { ebsTypes } from "./types/ebs";
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
import { guarddutyTypes } from "./types/guardduty";
import { iamTypes } from "./types/iam";
import { kmsTypes } from "./types/kms";
import { rdsTypes } from "./types/rds";
import { lbTypes } from "./types/lb";
import { route53Types } from "./types/route53";
import { s3Types } from "./types/s3";
import { smallServiceTypes } from "./types/small-services";
import { snsTypes } from "./types/sns";

/** Every type of AWS that a rehearsal knows, by its token. */
export const awsTypes: Readonly<Record<string, AwsType>> = {
    ...autoscalingTypes,
    ...backupTypes,
    ...budgetTypes,
    ...cloudwatchTypes,
    ...ebsTypes,
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
    ...guarddutyTypes,
    ...iamTypes,
    ...kmsTypes,
    ...rdsTypes,
    ...lbTypes,
    ...restoreTestingTypes,
    ...route53Types,
    ...s3Types,
    ...smallServiceTypes,
    ...snsTypes,
};
