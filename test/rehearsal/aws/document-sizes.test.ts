import { awsTypes } from "../../../rehearsal/aws/types";
import { withAt } from "./account";
import { acceptedInputs, accountBefore, types } from "./whole-account";

const whole = accountBefore();

const allowed = { Effect: "Allow", Action: "s3:GetObject" };
const statements = {
    identity: { ...allowed, Resource: "*" },
    // A key's own account must be able to administer it.
    resource: {
        Effect: "Allow",
        Action: "kms:*",
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Resource: "*",
    },
    trust: {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "ec2.amazonaws.com" },
    },
} as const;

/** A policy document of so many characters, and one space. */
function documentOf(kind: keyof typeof statements, size: number): string {
    const write = (id: string) =>
        JSON.stringify({ Version: "2012-10-17", Id: id, Statement: [statements[kind]] });
    return write("x".repeat(size - write("").length)).replace(":", ": ");
}

/**
 * Characters that a document has at most, spaces aside.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html
 * @see https://docs.aws.amazon.com/efs/latest/ug/API_PutFileSystemPolicy.html
 */
const sizes: readonly (readonly [string, string, keyof typeof statements, number])[] = [
    [types.role, "assumeRolePolicy", "trust", 2048],
    [types.role, "inlinePolicies.policy", "identity", 10_240],
    [types.policy, "policy", "identity", 6144],
    [types.rolePolicy, "policy", "identity", 10_240],
    [types.key, "policy", "resource", 32_768],
    [types.bucketPolicy, "policy", "resource", 20_480],
    [types.efsPolicy, "policy", "resource", 20_000],
    [types.topic, "policy", "resource", 30_720],
    [types.topicPolicy, "policy", "resource", 30_720],
];

it.each(sizes)("%s: a %s, of kind %s, has %d characters at most", (type, path, kind, most) => {
    const block = path.startsWith("inlinePolicies") ? { inlinePolicies: [{ name: "a" }] } : {};
    const problems = (size: number) => {
        const inputs = { ...acceptedInputs(type, whole), ...block };
        return whole.problems(type, withAt(inputs, path, documentOf(kind, size)));
    };
    expect(problems(most)).toEqual([]);
    expect(problems(most + 1)).toEqual([
        `${path}: has ${most + 1} characters without spaces, of at most ${most}`,
    ]);
});

it("covers every document that has a limit", () => {
    const limited = Object.entries(awsTypes).flatMap(([type, { documents = [] }]) =>
        documents.flatMap(({ path, maxLength }) => (maxLength === undefined ? [] : [[type, path]])),
    );
    expect(limited.sort()).toEqual(sizes.map(([type, path]) => [type, path]).sort());
});
