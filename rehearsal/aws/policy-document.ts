import type { Props, Value } from "../provider/values";
import { isProps } from "../provider/values";
import type { Document } from "./aws-type";
import { shown } from "./look";

/**
 * What AWS says about the form of a policy document.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */

const versions = ["2012-10-17", "2008-10-17"];
const documentKeys = new Set(["Version", "Id", "Statement"]);
const statementKeys = new Set([
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
]);
const principalKinds = new Set(["AWS", "Service", "Federated", "CanonicalUser"]);
const principalArn =
    /^(\*|\d{12}|arn:aws[a-z-]*:(iam|sts)::\d{12}:(root|user\/.+|role\/.+|assumed-role\/.+|federated-user\/.+))$/;
const serviceName = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/;
const actionName = /^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/;

export function listOf(value: Value | undefined): readonly Value[] {
    if (value === undefined || value === null) return [];
    return Array.isArray(value) ? value : [value];
}

/** The text as JSON, or undefined. */
export function parseJson(text: string): Value | undefined {
    try {
        return JSON.parse(text) as Value;
    } catch {
        return undefined;
    }
}

/** The statements of a policy document; none where it is not one. */
export function statementsOf(text: string): readonly Props[] {
    const parsed = parseJson(text);
    return isProps(parsed) ? listOf(parsed["Statement"]).filter(isProps) : [];
}

function principalProblem(principal: Value): string | undefined {
    if (principal === "*") return undefined;
    if (!isProps(principal)) return 'its Principal is neither "*" nor an object';
    for (const [kind, value] of Object.entries(principal)) {
        if (!principalKinds.has(kind)) return `its Principal has the unknown kind ${kind}`;
        for (const each of listOf(value)) {
            if (typeof each !== "string") return `its Principal ${kind} is not text`;
            if (kind === "AWS" && !principalArn.test(each))
                return `${each} is no principal: name an account, a role, a user or "*"`;
            if (kind === "Service" && !serviceName.test(each))
                return `${each} is no service such as ec2.amazonaws.com`;
        }
    }
    return undefined;
}

function actionProblem(statement: Props): string | undefined {
    const given = ["Action", "NotAction"].filter((key) => statement[key] !== undefined);
    if (given.length !== 1) return "it needs either Action or NotAction";
    const wrong = listOf(statement[given[0] ?? ""]).find(
        (each) => typeof each !== "string" || !actionName.test(each),
    );
    return wrong === undefined ? undefined : `${shown(wrong)} is no action such as s3:GetObject`;
}

function partiesProblem(statement: Props, kind: Document["kind"]): string | undefined {
    const principal = statement["Principal"] ?? statement["NotPrincipal"];
    const resource = statement["Resource"] ?? statement["NotResource"];
    if (kind === "identity") {
        if (principal !== undefined) return "a policy of an identity names no Principal";
        if (resource === undefined) return "it names no Resource";
        const wrong = listOf(resource).find(
            (each) => each !== "*" && !/^arn:[^:]*:[^:]*:[^:]*:[^:]*:.+/.test(shown(each)),
        );
        return wrong === undefined ? undefined : `${shown(wrong)} is no resource's ARN`;
    }
    if (principal === undefined) return "it names no Principal";
    if (kind === "trust" && resource !== undefined) return "a trust policy names no Resource";
    return principalProblem(principal);
}

function statementProblem(statement: Value, kind: Document["kind"]): string | undefined {
    if (!isProps(statement)) return "it is not an object";
    const unknown = Object.keys(statement).find((key) => !statementKeys.has(key));
    if (unknown !== undefined) return `it has the unknown element ${unknown}`;
    const { Effect: effect } = statement;
    if (effect !== "Allow" && effect !== "Deny") return "its Effect is neither Allow nor Deny";
    return actionProblem(statement) ?? partiesProblem(statement, kind);
}

/** What AWS refuses about the form of a document, or undefined. Never throws. */
export function documentProblem(
    text: string,
    { kind, maxLength }: Pick<Document, "kind" | "maxLength">,
): string | undefined {
    const parsed = parseJson(text);
    if (parsed === undefined) return "is not JSON";
    if (kind === "json") return undefined;
    const length = text.replace(/\s/g, "").length;
    if (maxLength !== undefined && length > maxLength)
        return `has ${length} characters without spaces, of at most ${maxLength}`;
    if (!isProps(parsed)) return "is not a policy document: an object with Version and Statement";
    const { Version: version, Statement: statement } = parsed;
    const unknown = Object.keys(parsed).find((key) => !documentKeys.has(key));
    if (unknown !== undefined) return `has the unknown element ${unknown}`;
    if (typeof version !== "string" || !versions.includes(version))
        return `has no Version; write "Version": "2012-10-17"`;
    const statements = listOf(statement);
    if (statements.length === 0) return "has no Statement";
    for (const [index, each] of statements.entries()) {
        const problem = statementProblem(each, kind);
        if (problem !== undefined) return `statement ${index + 1}: ${problem}`;
    }
    return undefined;
}

/** Whether a document lets the service do one of the actions: `kms:*` covers `kms:Decrypt`. */
export function admitsService(text: string, service: string, action: string): boolean {
    return statementsOf(text).some(({ Effect: effect, Principal: principal, Action: actions }) => {
        if (effect !== "Allow") return false;
        const named = isProps(principal) ? listOf(principal["Service"]) : listOf(principal);
        return (
            named.some((each) => each === service || each === "*") &&
            listOf(actions).some((each) => typeof each === "string" && covers(each, action))
        );
    });
}

/** Whether a pattern with `*` and `?` covers an action; letter case does not count. */
export function covers(pattern: string, action: string): boolean {
    const source = pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${source}$`, "i").test(action);
}
