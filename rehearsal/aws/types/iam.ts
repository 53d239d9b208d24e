import { accountId, partition } from "../account";
import type { Admission, AwsType } from "../aws-type";
import { refuse } from "../aws-type";
import { iamId, now } from "../identifiers";
import { textAt, textsAt } from "../look";
import { isManagedPolicy } from "../managed-policies";
import { roleType } from "./ec2-references";

const policyType = "aws:iam/policy:Policy";
const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const quotas = { trust: 2048, managed: 6144, inline: 10240, attached: 10 } as const;

const role = { path: "role", to: [roleType], by: ["id", "name"], code: "NoSuchEntity" } as const;

/** An ARN of IAM, which has no regions; the path ends in a slash. */
function iamArn(kind: string, inputs: Admission["inputs"]): string {
    const path = textAt(inputs, "path") ?? "/";
    return `arn:${partition}:iam::${accountId}:${kind}${path}${String(textAt(inputs, "name"))}`;
}

const named = (maxLength: number) =>
    ({ property: "name", maxLength, prefixProperty: "namePrefix" }) as const;
const taken = (within: "account" | "region" = "account") =>
    ({ by: ["name"], code: "EntityAlreadyExists", within }) as const;

function checkAttachments({ type, inputs, cloud }: Admission): void {
    const roleName = textAt(inputs, "role") ?? "";
    let attached = 0;
    for (const other of cloud.mentioning(roleName)) {
        if (other.type === type && textAt(other.outputs, "role") === roleName) attached += 1;
    }
    if (attached < quotas.attached) return;
    refuse(
        "LimitExceeded",
        `Cannot exceed quota for PoliciesPerRole: ${quotas.attached}; put more into fewer policies`,
    );
}

function checkInlineSize({ type, inputs, cloud, old }: Admission): void {
    const roleName = textAt(inputs, "role") ?? "";
    let size = (textAt(inputs, "policy") ?? "").replace(/\s/g, "").length;
    for (const other of cloud.mentioning(roleName)) {
        if (other.type !== type || other.id === old?.id) continue;
        size += (textAt(other.outputs, "policy") ?? "").replace(/\s/g, "").length;
    }
    if (size <= quotas.inline) return;
    const what = `Maximum policy size of ${quotas.inline} bytes exceeded for role ${roleName}: ${size}`;
    refuse("LimitExceeded", what);
}

/** Identities and their policies. @see https://docs.aws.amazon.com/IAM/latest/APIReference/ */
export const iamTypes: Readonly<Record<string, AwsType>> = {
    [roleType]: {
        autoname: named(64),
        defaults: { path: "/", maxSessionDuration: 3600, forceDetachPolicies: false },
        documents: [
            { path: "assumeRolePolicy", kind: "trust", maxLength: quotas.trust },
            { path: "inlinePolicies.policy", kind: "identity", maxLength: quotas.inline },
        ],
        references: [
            {
                path: "managedPolicyArns",
                to: [policyType],
                by: ["arn"],
                foreign: isManagedPolicy,
                holds: true,
                code: "NoSuchEntity",
            },
            {
                path: "permissionsBoundary",
                to: [policyType],
                by: ["arn"],
                foreign: isManagedPolicy,
                code: "NoSuchEntity",
            },
        ],
        unique: [taken()],
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
        made: ({ inputs }) => ({
            arn: iamArn("role", inputs),
            createDate: now(),
            uniqueId: iamId("AROA"),
            description: "",
        }),
        release(object, cloud) {
            if (object.outputs["forceDetachPolicies"] === true) return;
            for (const { type, id, outputs } of cloud.mentioning(object.id)) {
                const holds = type === attachmentType || type === "aws:iam/rolePolicy:RolePolicy";
                if (!holds || textAt(outputs, "role") !== object.id) continue;
                const what = `Cannot delete entity, must detach all policies first: ${id}`;
                refuse("DeleteConflict", `role ${object.id}: ${what}`);
            }
        },
    },
    [policyType]: {
        autoname: named(128),
        defaults: { path: "/" },
        documents: [{ path: "policy", kind: "identity", maxLength: quotas.managed }],
        unique: [taken()],
        id: ({ inputs }) => iamArn("policy", inputs),
        made: ({ id }) => ({
            arn: id,
            attachmentCount: 0,
            policyId: iamId("ANPA"),
        }),
        inUse: "DeleteConflict",
    },
    "aws:iam/rolePolicy:RolePolicy": {
        autoname: named(128),
        documents: [{ path: "policy", kind: "identity", maxLength: quotas.inline }],
        references: [role],
        admit: checkInlineSize,
        id: ({ inputs }) => `${String(textAt(inputs, "role"))}:${String(textAt(inputs, "name"))}`,
    },
    [attachmentType]: {
        // A new attachment of the same two would be the old one.
        deleteBeforeReplace: true,
        references: [
            role,
            {
                path: "policyArn",
                to: [policyType],
                by: ["arn"],
                foreign: isManagedPolicy,
                holds: true,
                code: "NoSuchEntity",
            },
        ],
        admit: checkAttachments,
        id: ({ inputs }) =>
            `${String(textAt(inputs, "role"))}/${String(textAt(inputs, "policyArn"))}`,
    },
    "aws:iam/instanceProfile:InstanceProfile": {
        autoname: named(128),
        defaults: { path: "/" },
        references: [role],
        unique: [taken()],
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
        made: ({ inputs }) => ({
            arn: iamArn("instance-profile", inputs),
            createDate: now(),
            uniqueId: iamId("AIPA"),
        }),
    },
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
        unique: [{ by: ["url"], code: "EntityAlreadyExists", within: "account" }],
        *inputProblems(inputs) {
            const url = textAt(inputs, "url");
            if (url !== undefined && !/^https:\/\/[a-z0-9.-]+(\/[^?#\s]*)?$/i.test(url))
                yield { property: "url", reason: `${url} is no https URL without query` };
            for (const print of textsAt(inputs, "thumbprintLists")) {
                if (/^[0-9a-f]{40}$/i.test(print)) continue;
                const reason = `${print} is not a SHA-1 of 40 hexadecimal digits`;
                yield { property: "thumbprintLists", reason };
            }
        },
        id: ({ inputs }) => {
            const host = String(textAt(inputs, "url")).replace(/^https:\/\//, "");
            return `arn:${partition}:iam::${accountId}:oidc-provider/${host}`;
        },
        made: ({ id }) => ({ arn: id }),
        computed: ({ inputs }) => ({ thumbprintLists: inputs["thumbprintLists"] ?? [] }),
    },
};
