import type { Props } from "../../provider/values";
import { arnOf } from "../account";
import type { Admission, AwsType } from "../aws-type";
import { refuse } from "../aws-type";
import type { Problem } from "../grammar";
import { uuid } from "../identifiers";
import { blocksAt, isGiven, numberAt, shown, textAt, textsAt } from "../look";
import { balancerType } from "./lb";
import { capacityOf, managedCapacity } from "./wafv2-capacity";

const aclType = "aws:wafv2/webAcl:WebAcl";
const logGroupType = "aws:cloudwatch/logGroup:LogGroup";

/** Units that an ACL has by default. @see https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
const capacity = 5000;

/** @see https://docs.aws.amazon.com/waf/latest/APIReference/API_Rule.html */
function* ruleProblems(inputs: Props): Generator<Problem> {
    const rules = blocksAt(inputs, "rules");
    const property = "rules";
    const priorities = rules.map((rule) => numberAt(rule, "priority"));
    const twice = priorities.find(
        (each, at) => each !== undefined && priorities.indexOf(each) !== at,
    );
    if (twice !== undefined) yield { property, reason: `the priority ${twice} is there twice` };
    const names = textsAt(inputs, "rules.name");
    const again = names.find((each, at) => names.indexOf(each) !== at);
    if (again !== undefined) yield { property, reason: `the name ${again} is there twice` };
    for (const rule of rules) {
        const name = shown(rule["name"]);
        const group = isGiven(rule, "statement.managedRuleGroupStatement");
        const wanted = group ? "overrideAction" : "action";
        const given = ["action", "overrideAction"].filter((each) => isGiven(rule, each));
        if (given.length !== 1 || given[0] !== wanted)
            yield { property, reason: `${name} takes ${wanted} and nothing else` };
        const called = textAt(rule, "statement.managedRuleGroupStatement.name");
        const vendor = textAt(rule, "statement.managedRuleGroupStatement.vendorName");
        if (called !== undefined && vendor === "AWS" && !Object.hasOwn(managedCapacity, called))
            yield { property, reason: `${name}: AWS manages no rule group ${called}` };
        // https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html
        const limit = numberAt(rule, "statement.rateBasedStatement.limit");
        if (limit !== undefined && (limit < 10 || limit > 2_000_000_000))
            yield { property, reason: `${name}: the limit ${limit} is not 10 to 2,000,000,000` };
    }
    const taken = capacityOf(rules);
    if (taken > capacity)
        yield { property, reason: `take ${taken} units of capacity, of at most ${capacity}` };
}

function checkAssociation({ type, inputs, cloud, old }: Admission): void {
    const arn = textAt(inputs, "resourceArn") ?? "";
    const balancer = [...cloud.mentioning(arn)].find((each) => each.type === balancerType);
    if (textAt(balancer?.outputs ?? {}, "loadBalancerType") === "network")
        refuse(
            "WAFInvalidParameterException",
            "resourceArn: a network load balancer takes no web ACL",
        );
    for (const other of cloud.mentioning(arn)) {
        if (other.type !== type || other.id === old?.id) continue;
        refuse("WAFUnavailableEntityException", `${arn} has a web ACL already; take that one away`);
    }
}

/** Firewalls for the web. @see https://docs.aws.amazon.com/waf/latest/APIReference/ */
export const wafv2Types: Readonly<Record<string, AwsType>> = {
    [aclType]: {
        autoname: { property: "name", maxLength: 128, prefixProperty: "namePrefix" },
        unique: [{ by: ["name", "scope"], code: "WAFDuplicateItemException", within: "region" }],
        inputProblems: ruleProblems,
        id: () => uuid(),
        made: ({ id, inputs, region }) => ({
            applicationIntegrationUrl: "",
            arn: arnOf("wafv2", region, `regional/webacl/${String(textAt(inputs, "name"))}/${id}`),
            lockToken: uuid(),
        }),
        computed: ({ inputs }) => ({ capacity: capacityOf(blocksAt(inputs, "rules")) }),
        inUse: "WAFAssociatedItemException",
    },
    "aws:wafv2/webAclAssociation:WebAclAssociation": {
        references: [
            {
                path: "resourceArn",
                to: [balancerType],
                by: ["arn"],
                code: "WAFUnavailableEntityException",
            },
            {
                path: "webAclArn",
                to: [aclType],
                by: ["arn"],
                holds: true,
                code: "WAFNonexistentItemException",
            },
        ],
        admit: checkAssociation,
        id: ({ inputs }) =>
            `${String(textAt(inputs, "webAclArn"))},${String(textAt(inputs, "resourceArn"))}`,
    },
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
        references: [
            {
                path: "resourceArn",
                to: [aclType],
                by: ["arn"],
                code: "WAFNonexistentItemException",
            },
            {
                path: "logDestinationConfigs",
                to: [logGroupType],
                by: ["arn"],
                code: "WAFLogDestinationPermissionIssueException",
            },
        ],
        *inputProblems(inputs) {
            for (const arn of textsAt(inputs, "logDestinationConfigs")) {
                if (/:(log-group:|deliverystream\/|::)?aws-waf-logs-/.test(arn)) continue;
                yield {
                    property: "logDestinationConfigs",
                    reason: `the name in ${arn} does not begin with aws-waf-logs-`,
                };
            }
        },
        id: ({ inputs }) => String(textAt(inputs, "resourceArn")),
    },
};
