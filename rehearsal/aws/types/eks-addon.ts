import type { Props } from "../../provider/values";
import { isProps } from "../../provider/values";
import { arnOf } from "../account";
import type { AwsType } from "../aws-type";
import type { Problem } from "../grammar";
import { now, uuid } from "../identifiers";
import { isGiven, textAt } from "../look";
import { addonVersions } from "../lookups/addon-versions";
import { parseJson } from "../policy-document";
import { clusterType, roleArn } from "./ec2-references";

const versionPattern = /^v\d+\.\d+\.\d+(-[a-z]+\.\d+)?-eksbuild\.\d+$/;

/** What the add-ons' own configuration schemas demand, as far as programs here set it. */
function* configurationProblems(inputs: Props): Generator<Problem> {
    const property = "configurationValues";
    const text = textAt(inputs, property);
    if (text === undefined || text === "") return;
    const values = parseJson(text);
    if (!isProps(values)) {
        yield { property, reason: "is not a JSON object" };
        return;
    }
    const { enableNetworkPolicy: policy } = values;
    if (textAt(inputs, "addonName") !== "vpc-cni" || policy === undefined) return;
    if (policy === "true" || policy === "false") return;
    const reason =
        'Json schema validation failed: enableNetworkPolicy is "true" or "false", in quotes';
    yield { property, reason };
}

/** Add-ons of EKS. @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html */
export const eksAddonTypes: Readonly<Record<string, AwsType>> = {
    "aws:eks/addon:Addon": {
        references: [
            { path: "clusterName", to: [clusterType], code: "ResourceNotFoundException" },
            roleArn(
                "podIdentityAssociations.roleArn",
                "InvalidParameterException",
                "pods.eks.amazonaws.com",
            ),
            roleArn("serviceAccountRoleArn", "InvalidParameterException"),
        ],
        defaults: { preserve: false },
        unique: [
            { by: ["addonName", "clusterName"], code: "ResourceInUseException", within: "region" },
        ],
        *inputProblems(inputs) {
            const name = textAt(inputs, "addonName");
            if (name !== undefined && !Object.hasOwn(addonVersions, name))
                yield { property: "addonName", reason: `Addon ${name} specified is not supported` };
            const version = textAt(inputs, "addonVersion");
            if (version !== undefined && !versionPattern.test(version))
                yield {
                    property: "addonVersion",
                    reason: `${version} is no version such as v1.20.4-eksbuild.1`,
                };
            if (
                isGiven(inputs, "podIdentityAssociations") &&
                isGiven(inputs, "serviceAccountRoleArn")
            )
                yield {
                    property: "serviceAccountRoleArn",
                    reason: "or podIdentityAssociations: not both",
                };
            yield* configurationProblems(inputs);
        },
        id: ({ inputs }) =>
            `${String(textAt(inputs, "clusterName"))}:${String(textAt(inputs, "addonName"))}`,
        made: ({ inputs, region }) => ({
            arn: arnOf(
                "eks",
                region,
                `addon/${String(textAt(inputs, "clusterName"))}/${String(textAt(inputs, "addonName"))}/${uuid()}`,
            ),
            createdAt: now(),
            modifiedAt: now(),
        }),
        computed: ({ inputs, old }) => ({
            addonVersion:
                inputs["addonVersion"] ??
                old?.outputs["addonVersion"] ??
                addonVersions[textAt(inputs, "addonName") ?? ""] ??
                "",
        }),
    },
};
