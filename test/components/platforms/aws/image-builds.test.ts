import { ownerOf } from "../../../../components/model/matrix";
import { ownerTags } from "../../../../components/model/tags";
import { pushActions } from "../../../../components/platforms/aws/build-policy";
import type { Built } from "./geolab";
import { addHub, build, geolab } from "./geolab";

type Section = Record<string, unknown>;

const spec = geolab((config) => {
    addHub(config, "binder", {
        machines: ["user", "build"],
        profiles: [],
        homes: { storage: "none" },
        daskGateway: undefined,
        builds: { keepDays: 30 },
    });
});
const owner = ownerOf(spec.matrix, "user-image", "binder");
if (owner === undefined) throw new Error("the stack file lost its hub");

const name = "user-image-binder-builds";
const below = "arn:aws:ecr:us-east-2:123456789012:repository/geolab/binder/builds/*";

let built: Built;
beforeAll(async () => {
    built = await build(spec);
});

const inputsOf = (type: string, called: string) => built.find(type, called).inputs;
const statementsOf = (policy: unknown) =>
    (JSON.parse(policy as string) as { Statement: Section[] }).Statement;
const policyOf = (called: string) =>
    statementsOf(inputsOf("aws:iam/rolePolicy:RolePolicy", called)["policy"]);
const trustOf = (called: string) =>
    statementsOf(inputsOf("aws:iam/role:Role", called)["assumeRolePolicy"]);

describe("repositories of what a hub builds", () => {
    const template = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";

    it("come with a push, with the owner, the key and the end of their images", () => {
        const { lifecyclePolicy, repositoryPolicy, ...given } = inputsOf(
            template,
            `${name}-template`,
        );

        expect(given).toEqual({
            prefix: "geolab/binder/builds",
            description: "What binder of geolab builds",
            appliedFors: ["CREATE_ON_PUSH"],
            customRoleArn: `arn:of:${name}-creator-role`,
            imageTagMutability: "IMMUTABLE",
            encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: `arn:of:${name}-key` }],
            resourceTags: { ...spec.tags, ...ownerTags(owner) },
        });
        expect(JSON.parse(lifecyclePolicy as string)).toMatchObject({
            rules: [
                {
                    selection: {
                        tagStatus: "any",
                        countType: "sinceImagePushed",
                        countUnit: "days",
                        countNumber: 30,
                    },
                    action: { type: "expire" },
                },
            ],
        });
        expect(statementsOf(repositoryPolicy)).toMatchObject([
            {
                Sid: "PullsByNodes",
                Principal: { AWS: "arn:of:node-pools-role" },
                Action: [
                    "ecr:BatchCheckLayerAvailability",
                    "ecr:BatchGetImage",
                    "ecr:GetDownloadUrlForLayer",
                ],
            },
            { Sid: "RefusesOtherAccounts", Effect: "Deny" },
        ]);
    });

    it("are made by ECR itself, below the hub's prefix and with its key only", () => {
        expect(trustOf(`${name}-creator-role`)).toEqual([
            {
                Effect: "Allow",
                Principal: { Service: "ecr.amazonaws.com" },
                Action: ["sts:AssumeRole"],
            },
        ]);
        expect(policyOf(`${name}-creator-policy`)).toEqual([
            {
                Effect: "Allow",
                Action: [
                    "ecr:CreateRepository",
                    "ecr:PutLifecyclePolicy",
                    "ecr:SetRepositoryPolicy",
                    "ecr:TagResource",
                ],
                Resource: below,
            },
            {
                Effect: "Allow",
                Action: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"],
                Resource: `arn:of:${name}-key`,
            },
        ]);
    });
});

describe("who pushes what a hub builds", () => {
    it("is BinderHub's pod in the hub's namespace, by another role for an hour at most", () => {
        expect(
            inputsOf("aws:eks/podIdentityAssociation:PodIdentityAssociation", `${name}-identity`),
        ).toMatchObject({
            namespace: "binder",
            serviceAccount: "binder",
            roleArn: `arn:of:${name}-role`,
        });
        expect(policyOf(`${name}-policy`)).toEqual([
            { Effect: "Allow", Action: ["ecr:DescribeImages"], Resource: below },
            {
                Effect: "Allow",
                Action: ["sts:AssumeRole", "sts:TagSession"],
                Resource: `arn:of:${name}-push-role`,
            },
        ]);
        expect(trustOf(`${name}-push-role`)).toEqual([
            {
                Effect: "Allow",
                Principal: { AWS: `arn:of:${name}-role` },
                Action: ["sts:AssumeRole", "sts:TagSession"],
            },
        ]);
        expect(inputsOf("aws:iam/role:Role", `${name}-push-role`)["maxSessionDuration"]).toBe(
            3_600,
        );
    });

    it("may do so below the hub's prefix only", () => {
        expect(policyOf(`${name}-push-policy`)).toEqual([
            { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: "*" },
            { Effect: "Allow", Action: pushActions, Resource: below },
        ]);
        expect(pushActions.filter((action) => /Delete|Policy|\*/.test(action))).toEqual([]);
        expect(built.foundation.hubs["binder"]?.builds).toMatchObject({
            imagePrefix: "123456789012.dkr.ecr.us-east-2.amazonaws.com/geolab/binder/builds/",
            settings: {
                url: "https://123456789012.dkr.ecr.us-east-2.amazonaws.com",
                region: "us-east-2",
                repositories: "arn:aws:ecr:us-east-2:123456789012:repository",
                actions: pushActions,
            },
        });
    });
});

it("makes nothing for a hub that builds nothing", () => {
    expect(built.foundation.hubs["prod"]?.builds).toBeUndefined();
    expect(built.resources.filter((each) => each.name.startsWith("user-image-prod"))).toEqual([]);
});
