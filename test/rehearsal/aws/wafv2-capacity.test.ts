import { capacityOf } from "../../../rehearsal/aws/types/wafv2-capacity";
import type { Props } from "../../../rehearsal/provider/values";

const unchanged = { textTransformations: [{ priority: 0, type: "NONE" }] };
const twice = {
    textTransformations: [
        { priority: 0, type: "LOWERCASE" },
        { priority: 1, type: "URL_DECODE" },
    ],
};
const body = { fieldToMatch: { jsonBody: { matchScope: "ALL" } } };
const query = { fieldToMatch: { allQueryArguments: {} } };
const label = { labelMatchStatement: { scope: "LABEL", key: "a" } };
const country = { geoMatchStatement: { countryCodes: ["ZA"] } };
const common = { name: "AWSManagedRulesCommonRuleSet", vendorName: "AWS" };

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-match.html and its neighbours
it.each<[number, string, Props]>([
    [1, "a country", country],
    [1, "a label", label],
    [1, "a set of addresses", { ipSetReferenceStatement: { arn: "a" } }],
    [
        5,
        "one that may stand anywhere in a header",
        { ipSetReferenceStatement: { arn: "a", ipSetForwardedIpConfig: { position: "ANY" } } },
    ],
    [3, "a pattern", { regexMatchStatement: { regexString: "a", ...unchanged } }],
    [13, "one in all of the query", { regexMatchStatement: { ...query, ...unchanged } }],
    [26, "one in the body as JSON, changed twice", { regexMatchStatement: { ...body, ...twice } }],
    [25, "a set of patterns", { regexPatternSetReferenceStatement: { arn: "a", ...unchanged } }],
    [1, "a size", { sizeConstraintStatement: { size: 1, ...unchanged } }],
    [40, "scripts", { xssMatchStatement: unchanged }],
    [20, "SQL", { sqliMatchStatement: unchanged }],
    [30, "SQL, closely", { sqliMatchStatement: { sensitivityLevel: "HIGH", ...unchanged } }],
    [2, "a beginning", { byteMatchStatement: { positionalConstraint: "STARTS_WITH" } }],
    [10, "a word within", { byteMatchStatement: { positionalConstraint: "CONTAINS_WORD" } }],
    [700, "a group of AWS's", { managedRuleGroupStatement: common }],
    [
        701,
        "one for a country alone",
        { managedRuleGroupStatement: { ...common, scopeDownStatement: country } },
    ],
    [2, "a rate", { rateBasedStatement: { limit: 10 } }],
    [
        63,
        "a rate by two keys, for a country alone",
        { rateBasedStatement: { customKeys: [{}, {}], scopeDownStatement: country } },
    ],
    [
        3,
        "both of",
        {
            andStatement: {
                statements: [label, { orStatement: { statements: [label, country] } }],
            },
        },
    ],
    [1, "none of", { notStatement: { statement: label } }],
])("takes %i for %s", (units, _what, statement) => {
    expect(capacityOf([{ name: "one", statement }])).toBe(units);
});

it("takes what all rules take together", () => {
    expect(capacityOf([{ statement: label }, { statement: country }])).toBe(2);
});
