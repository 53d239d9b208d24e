import type { wafv2 } from "@pulumi/aws/types/input";
import type * as pulumi from "@pulumi/pulumi";

type Rule = wafv2.WebAclRule;
type Statement = pulumi.Unwrap<wafv2.WebAclRuleStatement>;

/** A path whose requests carry bodies that look like attacks and are none. */
export interface LargeBody {
    /** Of the whole path; what AWS WAF takes of PCRE, 512 characters at most. */
    readonly path: string;
    readonly why: string;
}

/**
 * Where bodies are counted and not refused: XML of forms, files, applications as JSON. AWS's body rules refuse any
 * body of more than 8 KiB, and take markup for an attack.
 *
 * @see https://github.com/dimagi/commcare-hq/tree/master/corehq (urls.py of receiverwrapper, hqmedia, importer, …)
 */
export const largeBodies: readonly LargeBody[] = [
    { path: "^/a/[^/]+/receiver/", why: "forms that devices send, with photographs and audio" },
    { path: "^/a/[^/]+/phone/", why: "what devices ask for when they restore" },
    { path: "^/a/[^/]+/api/", why: "cases and forms by the interfaces for programs" },
    { path: "^/a/[^/]+/apps/", why: "applications in the making, their forms and media" },
    { path: "^/a/[^/]+/importer/", why: "spreadsheets of cases" },
    { path: "^/a/[^/]+/(fixtures|lookup_tables)/", why: "lookup tables" },
    { path: "^/a/[^/]+/(settings|users|locations|data|messaging)/", why: "bulk uploads" },
    { path: "^/formplayer/", why: "answers to forms in the browser" },
    { path: "^/hq/multimedia/", why: "media of applications" },
];

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
