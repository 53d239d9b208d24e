import type { Statement } from "./key-policy";
import type { Place } from "./place";

const document = (...statements: readonly Statement[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });

const below = ({ partition, region, accountId }: Place, prefix: string): string =>
    `arn:${partition}:ecr:${region}:${accountId}:repository/${prefix}/*`;

/**
 * What ECR does with its role when it makes a repository from a template that has tags and a key.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-custom.html
 */
export function createsRepositories(place: Place, prefix: string, keyArn: string): string {
    return document(
        {
            Effect: "Allow",
            Action: [
                "ecr:CreateRepository",
                "ecr:PutLifecyclePolicy",
                "ecr:SetRepositoryPolicy",
                "ecr:TagResource",
            ],
            Resource: below(place, prefix),
        },
        {
            Effect: "Allow",
            Action: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"],
            Resource: keyArn,
        },
    );
}

/** What BinderHub itself does: look whether an image is there, and take on the role that pushes. */
export function mayAskForBuilds(place: Place, prefix: string, pushRoleArn: string): string {
    return document(
        { Effect: "Allow", Action: ["ecr:DescribeImages"], Resource: below(place, prefix) },
        {
            Effect: "Allow",
            Action: ["sts:AssumeRole", "sts:TagSession"],
            Resource: pushRoleArn,
        },
    );
}

/**
 * Pushing below the hub's prefix. BinderHub narrows each session to one repository, so a build that runs away with
 * its token overwrites nobody's image: tags are for ever, and the others' repositories are closed to it.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
export function pushesBuilds(place: Place, prefix: string): string {
    return document(
        { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: "*" },
        { Effect: "Allow", Action: [...pushActions], Resource: below(place, prefix) },
    );
}

/** By the Docker protocol; the first push of a repository makes it. */
export const pushActions = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:CompleteLayerUpload",
    "ecr:CreateRepository",
    "ecr:GetDownloadUrlForLayer",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
] as const;
