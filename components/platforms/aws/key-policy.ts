import type { Place } from "./place";

/** One statement of a policy of IAM, of a key, a topic or a bucket. */
export type Statement = Readonly<Record<string, unknown>>;

const useKey = [
    "kms:Encrypt",
    "kms:Decrypt",
    "kms:ReEncrypt*",
    "kms:GenerateDataKey*",
    "kms:DescribeKey",
] as const;

/**
 * The policy of a customer key. The account itself may do everything: without that no IAM policy of the
 * account counts for the key, and a mistake here could never be corrected. Nobody else may, but for `further`.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyPolicy(
    { partition, accountId }: Place,
    ...further: readonly Statement[]
): string {
    const account: Statement = {
        Sid: "AccountAndItsPolicies",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
    };
    return JSON.stringify({ Version: "2012-10-17", Statement: [account, ...further] });
}

/**
 * Lets CloudWatch Logs seal one log group with the key.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function sealsLogs({ partition, region, accountId }: Place, logGroup: string): Statement {
    const arn = `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroup}`;
    return {
        Sid: "SealsLogs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: useKey,
        Resource: "*",
        Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": arn } },
    };
}

/**
 * Lets EC2 Auto Scaling start machines whose disks the key encrypts. Its service-linked role is named in a
 * condition: as a principal it would have to exist already, and an account that never scaled has none.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
export function startsMachines({ partition, accountId }: Place): readonly Statement[] {
    const role = `arn:${partition}:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
    const scaling = {
        ArnEquals: { "aws:PrincipalArn": role },
        StringEquals: { "kms:CallerAccount": accountId },
    };
    const everybody = { Effect: "Allow", Principal: { AWS: "*" }, Resource: "*" } as const;
    return [
        { Sid: "StartsMachines", ...everybody, Action: useKey, Condition: scaling },
        {
            Sid: "AttachesDisks",
            ...everybody,
            Action: "kms:CreateGrant",
            Condition: { ...scaling, Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
    ];
}

/**
 * Lets services of AWS write to topics that the key encrypts; without it an alarm is lost without a trace.
 * EventBridge names no account when it asks for the key, so it is held to the topics instead.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function publishes(
    { partition, region, accountId }: Place,
    services: readonly string[],
): readonly Statement[] {
    const statement = {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
    } as const;
    const topics = `arn:${partition}:sns:${region}:${accountId}:*`;
    return [
        {
            Sid: "Publishes",
            ...statement,
            Principal: { Service: services },
            Condition: { StringEquals: { "aws:SourceAccount": accountId } },
        },
        {
            Sid: "PublishesEvents",
            ...statement,
            Principal: { Service: "events.amazonaws.com" },
            Condition: { ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": topics } },
        },
    ];
}

/**
 * What the EBS driver needs of a key for the disks it makes and attaches; a policy of its role, not of the key.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html
 */
export function attachesDisks(keyArn: string): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
                Resource: keyArn,
                Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
            },
            { Effect: "Allow", Action: useKey, Resource: keyArn },
        ],
    });
}
