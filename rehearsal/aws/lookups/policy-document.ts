import type { Props, Value } from "../../provider/values";
import { Unknown } from "../../provider/values";
import { refuse } from "../aws-type";
import { blocksAt, textAt, textsAt, shown } from "../look";
import { listOf, statementsOf } from "../policy-document";

/** One text stands alone, several stand in a list, sorted as the provider sorts them. */
function oneOrMore(values: readonly Value[]): Value | undefined {
    if (values.includes(Unknown)) return Unknown;
    const texts = values.map(String);
    if (texts.length <= 1) return texts[0];
    return [...texts].sort().reverse();
}

function principals(statement: Props, path: string): Value | undefined {
    const blocks = blocksAt(statement, path);
    if (blocks.length === 0) return undefined;
    const found: Props = {};
    for (const block of blocks) {
        const kind = textAt(block, "type") ?? "";
        const named = textsAt(block, "identifiers");
        if (kind === "*" && named.includes("*")) return "*";
        const before = listOf(found[kind]);
        const all = oneOrMore([...before, ...named]);
        if (all !== undefined) found[kind] = all;
    }
    return found;
}

function conditions(statement: Props): Value | undefined {
    const blocks = blocksAt(statement, "conditions");
    if (blocks.length === 0) return undefined;
    const found: Record<string, Props> = {};
    for (const block of blocks) {
        const values = oneOrMore(textsAt(block, "values"));
        const test = (found[textAt(block, "test") ?? ""] ??= {});
        if (values !== undefined) test[textAt(block, "variable") ?? ""] = values;
    }
    return found;
}

function written(statement: Props): Props {
    const parts: Record<string, Value | undefined> = {
        Sid: textAt(statement, "sid"),
        Effect: textAt(statement, "effect") ?? "Allow",
        Action: oneOrMore(textsAt(statement, "actions")),
        NotAction: oneOrMore(textsAt(statement, "notActions")),
        Resource: oneOrMore(textsAt(statement, "resources")),
        NotResource: oneOrMore(textsAt(statement, "notResources")),
        Principal: principals(statement, "principals"),
        NotPrincipal: principals(statement, "notPrincipals"),
        Condition: conditions(statement),
    };
    const kept = Object.entries(parts).filter(
        (entry): entry is [string, Value] => entry[1] !== undefined,
    );
    return Object.fromEntries(kept);
}

/** Statements of later documents take the place of earlier ones with the same Sid. */
function overridden(statements: readonly Props[], over: readonly Props[]): readonly Props[] {
    const sids = new Set(over.flatMap(({ Sid: sid }) => listOf(sid)));
    return [...statements.filter(({ Sid: sid }) => sid === undefined || !sids.has(sid)), ...over];
}

/**
 * Writes a policy document, as the provider itself does: it asks nobody.
 *
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/iam/getpolicydocument/
 */
export function getPolicyDocument(args: Props): Props {
    const sources = textsAt(args, "sourcePolicyDocuments").flatMap(statementsOf);
    const own = blocksAt(args, "statements").map(written);
    const sids = [...sources, ...own].flatMap(({ Sid: sid }) => listOf(sid));
    const twice = sids.find((sid, at) => sid !== "" && sids.indexOf(sid) !== at);
    if (twice !== undefined)
        refuse("InvalidParameterValue", `duplicate Sid (${shown(twice)}); give each its own`);
    const over = textsAt(args, "overridePolicyDocuments").flatMap(statementsOf);
    const id = textAt(args, "policyId");
    const document = {
        Version: textAt(args, "version") ?? "2012-10-17",
        ...(id === undefined ? {} : { Id: id }),
        Statement: [...overridden([...sources, ...own], over)],
    };
    const minified = JSON.stringify(document);
    return { id: minified, json: JSON.stringify(document, null, 2), minifiedJson: minified };
}
