import type { Props } from "../../provider/values";
import { blocksAt, isGiven, textAt, textsAt } from "../look";

/**
 * Capacity units of the rule groups that AWS manages.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export const managedCapacity: Readonly<Record<string, number>> = {
    AWSManagedRulesCommonRuleSet: 700,
    AWSManagedRulesAdminProtectionRuleSet: 100,
    AWSManagedRulesKnownBadInputsRuleSet: 200,
    AWSManagedRulesSQLiRuleSet: 200,
    AWSManagedRulesLinuxRuleSet: 200,
    AWSManagedRulesUnixRuleSet: 100,
    AWSManagedRulesAmazonIpReputationList: 25,
    AWSManagedRulesAnonymousIpList: 50,
};

/** Statements of one price, whatever they look at. */
const flat: Readonly<Record<string, number>> = {
    geoMatchStatement: 1,
    asnMatchStatement: 1,
    labelMatchStatement: 1,
};

/** Statements that look at a part of the request: what they take before it is known which, and how it is changed. */
const inspecting: Readonly<Record<string, (statement: Props) => number>> = {
    regexMatchStatement: () => 3,
    regexPatternSetReferenceStatement: () => 25,
    sizeConstraintStatement: () => 1,
    xssMatchStatement: () => 40,
    sqliMatchStatement: (it) => (textAt(it, "sensitivityLevel") === "HIGH" ? 30 : 20),
    byteMatchStatement: (it) =>
        textAt(it, "positionalConstraint")?.startsWith("CONTAINS") === true ? 10 : 2,
};

/** For looking at all arguments of the query; for each change of the text before it is looked at; for each key. */
const [allArguments, transformation, customKey] = [10, 10, 30];

/**
 * The capacity units of rules, by the documented price of each statement in them. AWS may charge less where two rules
 * change the same text alike; never more.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-list.html
 */
export function capacityOf(rules: readonly Props[]): number {
    return sum(rules.flatMap((rule) => blocksAt(rule, "statement")));
}

const sum = (statements: readonly Props[]): number =>
    statements.reduce((total, each) => total + statementCapacity(each), 0);

function statementCapacity(statement: Props): number {
    return Object.keys(statement).reduce((total, kind) => {
        const [it] = blocksAt(statement, kind);
        return it === undefined ? total : total + capacityOfKind(kind, it);
    }, 0);
}

function capacityOfKind(kind: string, it: Props): number {
    switch (kind) {
        case "andStatement":
        case "orStatement":
            return sum(blocksAt(it, "statements"));
        case "notStatement":
            return sum([...blocksAt(it, "statement"), ...blocksAt(it, "statements")]);
        case "managedRuleGroupStatement":
            return (managedCapacity[textAt(it, "name") ?? ""] ?? 0) + narrowed(it);
        case "rateBasedStatement":
            return 2 + customKey * blocksAt(it, "customKeys").length + narrowed(it);
        case "ipSetReferenceStatement":
            return textAt(it, "ipSetForwardedIpConfig.position") === "ANY" ? 5 : 1;
        default:
            return Object.hasOwn(flat, kind) ? (flat[kind] ?? 0) : inspected(kind, it);
    }
}

const narrowed = (it: Props): number => sum(blocksAt(it, "scopeDownStatement"));

function inspected(kind: string, it: Props): number {
    const base = Object.hasOwn(inspecting, kind) ? inspecting[kind]?.(it) : undefined;
    if (base === undefined) return 0;
    const changes = textsAt(it, "textTransformations.type").filter((type) => type !== "NONE");
    return (
        base * (isGiven(it, "fieldToMatch.jsonBody") ? 2 : 1) +
        (isGiven(it, "fieldToMatch.allQueryArguments") ? allArguments : 0) +
        changes.length * transformation
    );
}
