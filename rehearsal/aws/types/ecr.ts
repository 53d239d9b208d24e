import type { Props } from "../../provider/values";
import { isProps } from "../../provider/values";
import { accountId, arnOf } from "../account";
import type { AwsType, Reference } from "../aws-type";
import { refuse } from "../aws-type";
import type { Problem } from "../grammar";
import { flagAt, numberAt, shown, textAt, valuesAt } from "../look";
import { listOf, parseJson } from "../policy-document";
import { key, roleArn } from "./ec2-references";

const repositoryType = "aws:ecr/repository:Repository";
const repository: Reference = {
    path: "repository",
    to: [repositoryType],
    code: "RepositoryNotFoundException",
};

const templateType = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";

/**
 * ECR makes plain repositories by itself; with tags or a key it needs a role.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepositoryCreationTemplate.html
 */
function* templateProblems(inputs: Props): Generator<Problem> {
    yield* lifecycleProblems(inputs, "lifecyclePolicy");
    if (!("customRoleArn" in inputs)) {
        const tags = inputs["resourceTags"];
        const tagged = isProps(tags) && Object.keys(tags).length > 0;
        const sealed = valuesAt(inputs, "encryptionConfigurations.encryptionType");
        if (tagged || sealed.some((each) => each !== "AES256"))
            yield { property: "customRoleArn", reason: "tags and a key need a role for ECR" };
    }
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
function* lifecycleProblems(inputs: Props, property = "policy"): Generator<Problem> {
    const parsed = parseJson(textAt(inputs, property) ?? "");
    const rules = isProps(parsed) ? listOf(parsed["rules"]).filter(isProps) : [];
    const priorities = rules.map((rule) => numberAt(rule, "rulePriority") ?? 0);
    const twice = priorities.find((each, at) => priorities.indexOf(each) !== at);
    if (twice !== undefined) yield { property, reason: `two rules have the rulePriority ${twice}` };
    for (const rule of rules) {
        const priority = numberAt(rule, "rulePriority") ?? 0;
        const status = textAt(rule, "selection.tagStatus") ?? "";
        const since = textAt(rule, "selection.countType") === "sinceImagePushed";
        if (status === "any" && priorities.some((each) => each > priority)) {
            const reason = `the rule for any image, ${priority}, must have the highest rulePriority`;
            yield { property, reason };
        }
        if (since !== (textAt(rule, "selection.countUnit") === "days"))
            yield {
                property,
                reason: `rule ${priority}: countUnit days goes with sinceImagePushed`,
            };
        const lists = ["tagPrefixList", "tagPatternList"];
        if (
            status === "tagged" &&
            !lists.some((each) => isProps(rule["selection"]) && each in rule["selection"])
        )
            yield { property, reason: `rule ${priority}: tagged names no tagPrefixList` };
    }
}

/** Images of ECR. @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html */
export const ecrTypes: Readonly<Record<string, AwsType>> = {
    [repositoryType]: {
        autoname: { property: "name", maxLength: 256, lowerCase: true },
        defaults: { forceDelete: false, imageTagMutability: "MUTABLE" },
        references: [key("encryptionConfigurations.kmsKey", "KmsException")],
        unique: [{ by: ["name"], code: "RepositoryAlreadyExistsException", within: "region" }],
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
        made: ({ id, region }) => ({
            arn: arnOf("ecr", region, `repository/${id}`),
            registryId: accountId,
            repositoryUrl: `${accountId}.dkr.ecr.${region}.amazonaws.com/${id}`,
        }),
        release({ id, outputs }) {
            const images = numberAt(outputs, "images") ?? 0;
            if (images === 0 || flagAt(outputs, "forceDelete") === true) return;
            refuse(
                "RepositoryNotEmptyException",
                `The repository ${id} cannot be deleted because it still contains images: ${shown(images)}; ` +
                    "move them, or set forceDelete",
            );
        },
    },
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
        // The policy replaces on change, and a repository has one only.
        deleteBeforeReplace: true,
        documents: [{ path: "policy", kind: "json" }],
        references: [repository],
        inputProblems: (inputs) => lifecycleProblems(inputs),
        id: ({ inputs }) => String(textAt(inputs, "repository")),
        made: () => ({ registryId: accountId }),
    },
    "aws:ecr/repositoryPolicy:RepositoryPolicy": {
        required: ["policy", "repository"],
        immutable: ["repository"],
        documents: [{ path: "policy", kind: "resource" }],
        references: [repository],
        id: ({ inputs }) => String(textAt(inputs, "repository")),
        made: () => ({ registryId: accountId }),
    },
    [templateType]: {
        defaults: { imageTagMutability: "MUTABLE" },
        documents: [
            { path: "lifecyclePolicy", kind: "json" },
            { path: "repositoryPolicy", kind: "resource" },
        ],
        references: [
            key("encryptionConfigurations.kmsKey", "KmsException"),
            roleArn("customRoleArn", "InvalidParameterException", "ecr.amazonaws.com"),
        ],
        unique: [{ by: ["prefix"], code: "TemplateAlreadyExistsException", within: "region" }],
        inputProblems: templateProblems,
        id: ({ inputs }) => String(textAt(inputs, "prefix")),
        made: () => ({ registryId: accountId }),
    },
};
