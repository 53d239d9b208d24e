import type { OnlyAws } from "../../model/spec";

/** Where in AWS a cluster stands: the parts of an ARN that all its resources share. */
export interface Place {
    readonly partition: string;
    readonly region: string;
    readonly accountId: string;
}

export function placeOf({
    region,
    platform: { aws },
}: Pick<OnlyAws, "region" | "platform">): Place {
    return {
        partition: region.startsWith("us-gov-") ? "aws-us-gov" : "aws",
        region,
        accountId: aws.accountId,
    };
}

/**
 * The ARN of a policy that AWS maintains.
 *
 * @param name With its path: `AmazonEKSClusterPolicy`, `service-role/AWSBackupServiceRolePolicyForBackup`.
 */
export function managedPolicy({ partition }: Place, name: string): string {
    return `arn:${partition}:iam::aws:policy/${name}`;
}
