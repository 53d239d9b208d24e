import { admitsService, covers, documentProblem } from "../../../rehearsal/aws/policy-document";

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const written = (...statements: unknown[]) =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
const { Resource: _resource, ...bare } = statement;
const principal = { AWS: "arn:aws:iam::123456789012:role/a" };

it.each([
    ["identity", written(statement)],
    ["identity", JSON.stringify({ Version: "2008-10-17", Id: "a", Statement: statement })],
    [
        "identity",
        written({ Effect: "Deny", NotAction: ["a:*", "*"], NotResource: ["arn:aws:s3:::b"] }),
    ],
    ["trust", written({ ...bare, Principal: principal })],
    ["trust", written({ ...bare, Principal: { Service: "eks.amazonaws.com" } })],
    ["trust", written({ ...bare, Principal: { Federated: "cognito" } })],
    ["resource", written({ ...statement, Principal: "*" })],
    ["resource", written({ ...statement, NotPrincipal: { AWS: ["*", "123456789012"] } })],
    ["json", "{}"],
] as const)("takes for %s: %s", (kind, text) => {
    expect(documentProblem(text, { kind })).toBeUndefined();
});

it.each([
    ["identity", "{", "is not JSON"],
    ["json", "a", "is not JSON"],
    ["identity", "[]", "is not a policy document: an object with Version and Statement"],
    [
        "identity",
        JSON.stringify({ Statement: [statement] }),
        'has no Version; write "Version": "2012-10-17"',
    ],
    [
        "identity",
        JSON.stringify({ Version: "2024-01-01", Statement: [] }),
        'has no Version; write "Version": "2012-10-17"',
    ],
    [
        "identity",
        JSON.stringify({ Version: "2012-10-17", Rules: [] }),
        "has the unknown element Rules",
    ],
    ["identity", written(), "has no Statement"],
    ["identity", written("a"), "statement 1: it is not an object"],
    [
        "identity",
        written(statement, { ...statement, Why: "" }),
        "statement 2: it has the unknown element Why",
    ],
    [
        "identity",
        written({ ...statement, Effect: "allow" }),
        "statement 1: its Effect is neither Allow nor Deny",
    ],
    [
        "identity",
        written({ ...statement, NotAction: "a:b" }),
        "statement 1: it needs either Action or NotAction",
    ],
    [
        "identity",
        written({ ...statement, Action: "GetObject" }),
        "statement 1: GetObject is no action such as s3:GetObject",
    ],
    ["identity", written(bare), "statement 1: it names no Resource"],
    [
        "identity",
        written({ ...statement, Resource: "bucket" }),
        "statement 1: bucket is no resource's ARN",
    ],
    [
        "identity",
        written({ ...statement, Principal: "*" }),
        "statement 1: a policy of an identity names no Principal",
    ],
    ["trust", written(bare), "statement 1: it names no Principal"],
    [
        "trust",
        written({ ...statement, Principal: "*" }),
        "statement 1: a trust policy names no Resource",
    ],
    [
        "resource",
        written({ ...statement, Principal: "me" }),
        'statement 1: its Principal is neither "*" nor an object',
    ],
    [
        "resource",
        written({ ...statement, Principal: { Role: "a" } }),
        "statement 1: its Principal has the unknown kind Role",
    ],
    [
        "resource",
        written({ ...statement, Principal: { AWS: 1 } }),
        "statement 1: its Principal AWS is not text",
    ],
    [
        "resource",
        written({ ...statement, Principal: { AWS: "me" } }),
        'statement 1: me is no principal: name an account, a role, a user or "*"',
    ],
    [
        "resource",
        written({ ...statement, Principal: { Service: "eks" } }),
        "statement 1: eks is no service such as ec2.amazonaws.com",
    ],
] as const)("refuses for %s: %s", (kind, text, problem) => {
    expect(documentProblem(text, { kind })).toBe(problem);
});

it("counts the characters of a policy without its spaces", () => {
    const text = written(statement);
    const spaced = JSON.stringify(JSON.parse(text), null, 8);
    expect(documentProblem(spaced, { kind: "identity", maxLength: text.length })).toBeUndefined();
    expect(documentProblem(spaced, { kind: "identity", maxLength: text.length - 1 })).toBe(
        `has ${text.length} characters without spaces, of at most ${text.length - 1}`,
    );
});

it("knows what an action pattern covers", () => {
    expect(covers("kms:*", "kms:PutKeyPolicy")).toBe(true);
    expect(covers("KMS:put*", "kms:PutKeyPolicy")).toBe(true);
    expect(covers("kms:Get?", "kms:GetX")).toBe(true);
    expect(covers("kms.*", "kms:GetX")).toBe(false);
});

it("knows what a service may do", () => {
    const service = "logs.amazonaws.com";
    const policy = (Effect: string, Principal: unknown, Action: string) =>
        written({ Effect, Principal, Action, Resource: "*" });
    const may = (text: string) => admitsService(text, service, "kms:Encrypt");
    expect(may(policy("Allow", { Service: service }, "kms:Encrypt*"))).toBe(true);
    expect(may(policy("Allow", "*", "kms:*"))).toBe(true);
    expect(may(policy("Deny", { Service: service }, "kms:*"))).toBe(false);
    expect(may(policy("Allow", { Service: "sns.amazonaws.com" }, "kms:*"))).toBe(false);
    expect(may(policy("Allow", { Service: service }, "kms:Decrypt"))).toBe(false);
});
