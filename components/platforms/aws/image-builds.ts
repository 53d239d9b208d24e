import * as ecr from "@pulumi/aws/ecr";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { BuildsSpec } from "../../model/spec/jupyterhub-builds";
import type { BuildsFoundation } from "../foundation";
import { imageBuilder } from "../foundation";
import { agentIdentity } from "./agent-identity";
import { createsRepositories, mayAskForBuilds, pushActions, pushesBuilds } from "./build-policy";
import { dataKey } from "./data-key";
import type { Place } from "./place";
import { podIdentity } from "./pod-identity";
import { registryClient } from "./registry-client";

export interface ImageBuildsArgs extends LayerArgs {
    readonly clusterName: string;
    /** The output of the cluster, so that the identity waits for it. */
    readonly cluster: pulumi.Input<string>;
    readonly place: Place;
    readonly hub: string;
    readonly builds: BuildsSpec;
    /** The role of the nodes, which pull. */
    readonly nodeRoleArn: pulumi.Input<string>;
}

/**
 * The part of the user image layer for environments that a hub's users have built. Each has a repository of its own
 * below the hub's; ECR makes it with the first push, from the template here. A tag means one image for ever.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
export class ImageBuilds extends Layer {
    readonly foundation: BuildsFoundation;

    constructor(name: string, args: ImageBuildsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:ImageBuilds", name, args, opts);
        const { clusterName, place, hub, builds, nodeRoleArn } = args;
        const tags = this.tags();
        const below = { parent: this };

        const prefix = `${clusterName}/${hub}/builds`;
        const description = `Built environments of ${hub} in ${clusterName}`;
        const key = dataKey(name, { place, description, tags }, this);
        const creator = new iam.Role(
            `${name}-creator-role`,
            {
                description: `ECR, to make repositories below ${prefix}`,
                assumeRolePolicy: trusts({ Service: "ecr.amazonaws.com" }, ["sts:AssumeRole"]),
                tags,
            },
            below,
        );
        const creates = new iam.RolePolicy(
            `${name}-creator-policy`,
            {
                role: creator.name,
                policy: key.arn.apply((arn) => createsRepositories(place, prefix, arn)),
            },
            below,
        );
        const template = new ecr.RepositoryCreationTemplate(
            `${name}-template`,
            {
                prefix,
                description: `What ${hub} of ${clusterName} builds`,
                appliedFors: ["CREATE_ON_PUSH"],
                customRoleArn: creator.arn,
                imageTagMutability: "IMMUTABLE",
                encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: key.arn }],
                lifecyclePolicy: keeps(builds.keepDays),
                repositoryPolicy: pulumi.output(nodeRoleArn).apply((role) => admits(place, role)),
                resourceTags: tags,
            },
            { ...below, dependsOn: [creates] },
        );
        const asker = podIdentity(
            name,
            {
                clusterName,
                cluster: args.cluster,
                namespace: hub,
                serviceAccount: imageBuilder.serviceAccount,
                description: `BinderHub of ${hub} in ${clusterName}`,
                tags,
            },
            below,
        );
        const pusher = new iam.Role(
            `${name}-push-role`,
            {
                description: `Pushes one image below ${prefix}`,
                // What EKS says of a pod travels on: without TagSession the second role is refused.
                assumeRolePolicy: asker.role.arn.apply((AWS) =>
                    trusts({ AWS }, ["sts:AssumeRole", "sts:TagSession"]),
                ),
                maxSessionDuration: 3_600,
                tags,
            },
            below,
        );
        const pushes = new iam.RolePolicy(
            `${name}-push-policy`,
            { role: pusher.name, policy: pushesBuilds(place, prefix) },
            below,
        );
        const asks = new iam.RolePolicy(
            `${name}-policy`,
            {
                role: asker.role.name,
                policy: pusher.arn.apply((arn) => mayAskForBuilds(place, prefix, arn)),
            },
            below,
        );

        const { partition, region, accountId } = place;
        const host = `${accountId}.dkr.ecr.${region}.amazonaws.com`;
        this.foundation = {
            imagePrefix: `${host}/${prefix}/`,
            client: registryClient,
            settings: {
                url: `https://${host}`,
                region,
                push_role: pusher.arn,
                repositories: `arn:${partition}:ecr:${region}:${accountId}:repository`,
                actions: pushActions,
            },
            identity: agentIdentity,
            ready: [template, pushes, asks, ...asker.ready],
        };
        this.registerOutputs();
    }
}

function trusts(principal: Readonly<Record<string, string>>, actions: readonly string[]): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: principal, Action: actions }],
    });
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
function keeps(days: number): string {
    return JSON.stringify({
        rules: [
            {
                rulePriority: 1,
                description: "What can be built again",
                selection: {
                    tagStatus: "any",
                    countType: "sinceImagePushed",
                    countUnit: "days",
                    countNumber: days,
                },
                action: { type: "expire" },
            },
        ],
    });
}

/** The nodes pull; who pushes has a role of this account that says so. */
function admits({ accountId }: Place, nodeRole: string): string {
    const pull = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
    ];
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "PullsByNodes",
                Effect: "Allow",
                Principal: { AWS: nodeRole },
                Action: pull,
            },
            {
                Sid: "RefusesOtherAccounts",
                Effect: "Deny",
                Principal: "*",
                Action: pull,
                Condition: { StringNotEquals: { "aws:PrincipalAccount": accountId } },
            },
        ],
    });
}
