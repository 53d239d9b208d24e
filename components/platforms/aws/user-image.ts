import * as ecr from "@pulumi/aws/ecr";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { ImagesSpec } from "../../model/spec/jupyterhub-images";
import { dataKey } from "./data-key";
import type { Place } from "./place";

export interface UserImageArgs extends LayerArgs {
    readonly clusterName: string;
    readonly place: Place;
    readonly hub: string;
    readonly images: ImagesSpec;
    /** The role of the nodes, which pull. */
    readonly nodeRoleArn: pulumi.Input<string>;
}

const pull = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
] as const;
const push = [
    ...pull,
    "ecr:CompleteLayerUpload",
    "ecr:DescribeImages",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
] as const;

/**
 * The user image layer on AWS: the repository of the images that a hub's community builds. A tag means one image
 * for ever, so that what a profile names is what was tried; every image is looked through for known flaws as it
 * comes. It goes only when it is empty: ECR refuses otherwise.
 */
export class UserImage extends Layer {
    readonly repositoryUrl: pulumi.Output<string>;

    constructor(name: string, args: UserImageArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:UserImage", name, args, opts);
        const { clusterName, place, hub, images, nodeRoleArn } = args;

        const description = `Images of ${hub} in ${clusterName}`;
        const key = dataKey(name, { place, description, tags: this.tags() }, this);
        const repository = new ecr.Repository(
            `${name}-repository`,
            {
                name: `${clusterName}/${hub}`,
                imageTagMutability: "IMMUTABLE",
                imageScanningConfiguration: { scanOnPush: true },
                encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: key.arn }],
                forceDelete: false,
                tags: this.tags(),
            },
            { parent: this },
        );
        new ecr.LifecyclePolicy(
            `${name}-repository`,
            { repository: repository.name, policy: keeps(images.keep) },
            { parent: this },
        );
        new ecr.RepositoryPolicy(
            `${name}-repository`,
            {
                repository: repository.name,
                policy: pulumi
                    .output(nodeRoleArn)
                    .apply((role) => admits(place, role, images.builders)),
            },
            { parent: this },
        );
        this.repositoryUrl = repository.repositoryUrl;
        this.registerOutputs({ repositoryUrl: this.repositoryUrl });
    }
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
function keeps(images: number): string {
    const expire = { type: "expire" };
    return JSON.stringify({
        rules: [
            {
                rulePriority: 1,
                description: "What lost its tag, or never had one",
                selection: {
                    tagStatus: "untagged",
                    countType: "sinceImagePushed",
                    countUnit: "days",
                    countNumber: 14,
                },
                action: expire,
            },
            {
                rulePriority: 2,
                description: "All but the newest",
                selection: {
                    tagStatus: "any",
                    countType: "imageCountMoreThan",
                    countNumber: images,
                },
                action: expire,
            },
        ],
    });
}

/** The nodes pull, the builders push; nobody of another account but them, whatever is added later. */
function admits({ accountId }: Place, nodeRole: string, builders: readonly string[]): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "PullsByNodes",
                Effect: "Allow",
                Principal: { AWS: nodeRole },
                Action: pull,
            },
            ...(builders.length === 0
                ? []
                : [
                      {
                          Sid: "PushesByBuilders",
                          Effect: "Allow",
                          Principal: { AWS: builders },
                          Action: push,
                      },
                  ]),
            {
                Sid: "RefusesOtherAccounts",
                Effect: "Deny",
                Principal: "*",
                Action: pull,
                Condition: {
                    StringNotEquals: { "aws:PrincipalAccount": accountId },
                    ...(builders.length === 0
                        ? {}
                        : { ArnNotEquals: { "aws:PrincipalArn": builders } }),
                },
            },
        ],
    });
}
