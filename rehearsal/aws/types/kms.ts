import { accountId, arnOf, partition } from "../account";
import type { AwsType } from "../aws-type";
import { uuid } from "../identifiers";
import { flagAt, numberAt, textAt, shown } from "../look";
import { covers, listOf, statementsOf } from "../policy-document";
import type { Props } from "../../provider/values";
import { isProps } from "../../provider/values";
import { key, keyNamed, keyType } from "./ec2-references";

const policyLimit = 32768;

/** The policy of a key that names none: the account's identities decide. */
const defaultPolicy = JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
        {
            Sid: "Enable IAM User Permissions",
            Effect: "Allow",
            Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
            Action: "kms:*",
            Resource: "*",
        },
    ],
});

function administers({ Effect: effect, Principal: principal, Action: actions }: Props): boolean {
    const who = isProps(principal) ? listOf(principal["AWS"]) : listOf(principal);
    const own = who.some((each) => each === "*" || shown(each).includes(accountId));
    const may = listOf(actions).some(
        (each) => typeof each === "string" && covers(each, "kms:PutKeyPolicy"),
    );
    return effect === "Allow" && own && may;
}

/** Keys of KMS. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
export const kmsTypes: Readonly<Record<string, AwsType>> = {
    [keyType]: {
        defaults: {
            customerMasterKeySpec: "SYMMETRIC_DEFAULT",
            keyUsage: "ENCRYPT_DECRYPT",
            isEnabled: true,
            enableKeyRotation: false,
            multiRegion: false,
            bypassPolicyLockoutSafetyCheck: false,
        },
        documents: [{ path: "policy", kind: "resource", maxLength: policyLimit }],
        *inputProblems(inputs) {
            const window = numberAt(inputs, "deletionWindowInDays");
            if (window !== undefined && (window < 7 || window > 30))
                yield { property: "deletionWindowInDays", reason: `${window} is not 7 to 30 days` };
            const period = numberAt(inputs, "rotationPeriodInDays");
            if (period !== undefined && (period < 90 || period > 2560))
                yield {
                    property: "rotationPeriodInDays",
                    reason: `${period} is not 90 to 2560 days`,
                };
            const spec = textAt(inputs, "customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT";
            if (flagAt(inputs, "enableKeyRotation") === true && spec !== "SYMMETRIC_DEFAULT")
                yield { property: "enableKeyRotation", reason: `a ${spec} key is not rotated` };
            const policy = textAt(inputs, "policy");
            const careless = flagAt(inputs, "bypassPolicyLockoutSafetyCheck") === true;
            if (policy === undefined || careless || statementsOf(policy).some(administers)) return;
            const reason =
                "The new key policy will not allow you to update the key policy in the future; " +
                `allow kms:* to arn:${partition}:iam::${accountId}:root`;
            yield { property: "policy", reason };
        },
        id: () => uuid(),
        made: ({ id, region }) => ({ arn: arnOf("kms", region, `key/${id}`), keyId: id }),
        computed: ({ inputs }) => ({
            policy: inputs["policy"] ?? defaultPolicy,
            rotationPeriodInDays:
                inputs["rotationPeriodInDays"] ?? (inputs["enableKeyRotation"] === true ? 365 : 0),
        }),
    },
    "aws:kms/alias:Alias": {
        autoname: {
            property: "name",
            maxLength: 256,
            before: "alias/",
            prefixProperty: "namePrefix",
        },
        references: [{ ...key("targetKeyId"), to: [keyType] }],
        unique: [{ by: ["name"], code: "AlreadyExistsException", within: "region" }],
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
        made: ({ id, region }) => ({ arn: arnOf("kms", region, id) }),
        computed({ inputs, cloud, region }) {
            const target = keyNamed(cloud, region, textAt(inputs, "targetKeyId") ?? "");
            return { targetKeyArn: textAt(target?.outputs ?? {}, "arn") ?? "" };
        },
    },
};
