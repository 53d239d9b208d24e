import { arnOf } from "../account";
import type { AwsType } from "../aws-type";
import { hex, uuid } from "../identifiers";
import { isGiven, numberAt, textAt } from "../look";
import { key } from "./ec2-references";

const secretType = "aws:secretsmanager/secret:Secret";
/** Bytes. @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
const longest = 65_536;

/** Secrets Manager. @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export const secretsmanagerTypes: Readonly<Record<string, AwsType>> = {
    [secretType]: {
        autoname: { property: "name", maxLength: 512, prefixProperty: "namePrefix" },
        defaults: { forceOverwriteReplicaSecret: false, recoveryWindowInDays: 30 },
        documents: [{ path: "policy", kind: "resource" }],
        references: [key("kmsKeyId", "InvalidParameterException")],
        unique: [{ by: ["name"], code: "ResourceExistsException", within: "region" }],
        *inputProblems(inputs) {
            const name = textAt(inputs, "name");
            if (name !== undefined && !/^[A-Za-z0-9/_+=.@-]{1,512}$/.test(name))
                yield { property: "name", reason: "is not 1 to 512 letters, digits and /_+=.@-" };
            const days = numberAt(inputs, "recoveryWindowInDays");
            if (days !== undefined && days !== 0 && (days < 7 || days > 30))
                yield { property: "recoveryWindowInDays", reason: `${days} is not 0, nor 7 to 30` };
        },
        // AWS puts six characters behind the name.
        id: ({ inputs, region }) =>
            arnOf("secretsmanager", region, `secret:${String(textAt(inputs, "name"))}-${hex(6)}`),
        made: ({ id }) => ({ arn: id }),
    },
    "aws:secretsmanager/secretVersion:SecretVersion": {
        references: [{ path: "secretId", to: [secretType], code: "ResourceNotFoundException" }],
        secrets: ["secretString", "secretBinary", "secretStringWo"],
        *inputProblems(inputs) {
            const ways = ["secretString", "secretBinary", "secretStringWo"].filter((each) =>
                isGiven(inputs, each),
            );
            if (ways.length !== 1)
                yield {
                    property: "secretString",
                    reason: "name exactly one of secretString, secretBinary and secretStringWo",
                };
            const size = Buffer.byteLength(textAt(inputs, "secretString") ?? "");
            if (size > longest)
                yield {
                    property: "secretString",
                    reason: `has ${size} bytes, of at most ${longest}`,
                };
        },
        id: ({ inputs }) => `${String(textAt(inputs, "secretId"))}|terraform-${hex(26)}`,
        made: ({ inputs }) => ({
            arn: textAt(inputs, "secretId") ?? "",
            hasSecretStringWo: isGiven(inputs, "secretStringWo"),
            secretArn: textAt(inputs, "secretId") ?? "",
            versionId: uuid(),
            versionStages: ["AWSCURRENT"],
        }),
    },
};
