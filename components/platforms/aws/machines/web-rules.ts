import type { wafv2 } from "@pulumi/aws/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { LargeBody } from "../../../model/commcare/large-bodies";
import { largeBodies } from "../../../model/commcare/large-bodies";

type Rule = wafv2.WebAclRule;
type Statement = pulumi.Unwrap<wafv2.WebAclRuleStatement>;

/**
 * Rule groups of AWS, and which of their rules look at bodies: those are counted first, which leaves a label, and
 * what the label means is decided by path.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
const groups = [
    { name: "AWSManagedRulesAmazonIpReputationList", label: "", body: [] },
    { name: "AWSManagedRulesKnownBadInputsRuleSet", label: "", body: [] },
    {
        name: "AWSManagedRulesCommonRuleSet",
        label: "awswaf:managed:aws:core-rule-set",
        body: [
            ["SizeRestrictions_BODY", "SizeRestrictions_Body"],
            ["EC2MetaDataSSRF_BODY", "EC2MetaDataSSRF_Body"],
            ["GenericLFI_BODY", "GenericLFI_Body"],
            ["GenericRFI_BODY", "GenericRFI_Body"],
            ["CrossSiteScripting_BODY", "CrossSiteScripting_Body"],
        ],
    },
    {
        name: "AWSManagedRulesSQLiRuleSet",
        label: "awswaf:managed:aws:sql-database",
        body: [["SQLi_BODY", "SQLi_Body"]],
    },
] as const;

/** Requests that one address may make in five minutes: a district's devices may share one. */
const requestsPerAddress = 20_000;

const visible = (metricName: string): Rule["visibilityConfig"] => ({
    cloudwatchMetricsEnabled: true,
    metricName,
    sampledRequestsEnabled: true,
});

/** The rules of the firewall, in the order in which they are asked. */
export function webRules(): Rule[] {
    const flood: Rule = {
        name: "flood",
        priority: 0,
        action: { block: {} },
        statement: {
            rateBasedStatement: {
                limit: requestsPerAddress,
                aggregateKeyType: "IP",
                evaluationWindowSec: 300,
            },
        },
        visibilityConfig: visible("flood"),
    };
    const managed = groups.map(({ name, body }, at): Rule => {
        const counted = body.map(([rule]) => ({ name: rule, actionToUse: { count: {} } }));
        return {
            name,
            priority: at + 1,
            overrideAction: { none: {} },
            statement: {
                managedRuleGroupStatement: {
                    name,
                    vendorName: "AWS",
                    ...(counted.length === 0 ? {} : { ruleActionOverrides: counted }),
                },
            },
            visibilityConfig: visible(name),
        };
    });
    const bodies: Rule = {
        name: "bodies",
        priority: groups.length + 1,
        action: { block: {} },
        statement: {
            andStatement: {
                statements: [
                    { orStatement: { statements: bodyLabels().map(labelled) } },
                    {
                        notStatement: {
                            statement: { orStatement: { statements: largeBodies.map(reached) } },
                        },
                    },
                ],
            },
        },
        visibilityConfig: visible("bodies"),
    };
    return [flood, ...managed, bodies];
}

/** The labels that the body rules leave on a request. */
function bodyLabels(): string[] {
    return groups.flatMap(({ label, body }) => body.map(([, name]) => `${label}:${name}`));
}

const labelled = (key: string): Statement => ({ labelMatchStatement: { scope: "LABEL", key } });

const reached = ({ path }: LargeBody): Statement => ({
    regexMatchStatement: {
        regexString: path,
        fieldToMatch: { uriPath: {} },
        textTransformations: [{ priority: 0, type: "NORMALIZE_PATH" }],
    },
});
