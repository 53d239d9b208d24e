import type { Props } from "../../provider/values";
import { accountId } from "../account";
import type { AwsType } from "../aws-type";
import type { Problem } from "../grammar";
import { blocksAt, isGiven, numberAt, textAt, textsAt, shown } from "../look";
import { topicType } from "./ec2-references";

const mail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_NotificationWithSubscribers.html */
function* notificationProblems(inputs: Props): Generator<Problem> {
    const property = "notifications";
    const seen = new Set<string>();
    const all = blocksAt(inputs, property);
    if (all.length > 10) yield { property, reason: `there are ${all.length}, of at most 10` };
    for (const [index, each] of all.entries()) {
        const at = `${property}[${index}]`;
        const mails = textsAt(each, "subscriberEmailAddresses");
        const given = ["subscriberEmailAddresses", "subscriberSnsTopicArns"];
        if (!given.some((name) => isGiven(each, name)))
            yield { property: at, reason: "has no subscriber: an e-mail address or a topic" };
        if (mails.length > 10)
            yield { property: at, reason: `mails ${mails.length}, of at most 10` };
        if (textsAt(each, "subscriberSnsTopicArns").length > 1)
            yield { property: at, reason: "has several topics, of at most one" };
        const wrong = mails.find((address) => !mail.test(address));
        if (wrong !== undefined)
            yield {
                property: `${at}.subscriberEmailAddresses`,
                reason: `${wrong} is no e-mail address`,
            };
        const threshold = numberAt(each, "threshold");
        if (threshold !== undefined && threshold <= 0)
            yield { property: `${at}.threshold`, reason: `${threshold} is not above 0` };
        const kind = ["notificationType", "comparisonOperator", "threshold", "thresholdType"]
            .map((name) => shown(each[name]))
            .join(" ");
        if (seen.has(kind)) yield { property: at, reason: "is there twice" };
        seen.add(kind);
    }
}

function* limitProblems(inputs: Props): Generator<Problem> {
    const limits = ["limitAmount", "plannedLimits", "autoAdjustData"].filter((each) =>
        isGiven(inputs, each),
    );
    if (limits.length !== 1) {
        const reason = "name exactly one of limitAmount, plannedLimits and autoAdjustData";
        yield { property: "limitAmount", reason };
    }
    const amount = textAt(inputs, "limitAmount");
    if (amount !== undefined && !(/^\d+(\.\d+)?$/.test(amount) && Number(amount) > 0))
        yield { property: "limitAmount", reason: `${amount} is no amount above 0` };
    for (const filter of blocksAt(inputs, "costFilters")) {
        if (filter["name"] !== "TagKeyValue") continue;
        const wrong = textsAt(filter, "values").find((each) => !/^(user|aws):[^$]+\$/.test(each));
        if (wrong === undefined) continue;
        yield { property: "costFilters", reason: `${wrong} is no tag such as user:cluster$geolab` };
    }
    const [start, end] = ["timePeriodStart", "timePeriodEnd"].map((each) => textAt(inputs, each));
    for (const time of [start, end]) {
        if (time !== undefined && !/^\d{4}-\d{2}-\d{2}_\d{2}:\d{2}$/.test(time))
            yield {
                property: "timePeriodStart",
                reason: `${time} is no time such as 2026-01-01_00:00`,
            };
    }
    if (start !== undefined && end !== undefined && start >= end)
        yield { property: "timePeriodEnd", reason: `${end} is not after ${start}` };
}

/** The words of an expression; each takes exactly one of its own kind or another. */
const roots = ["ands", "ors", "not", "tags", "dimensions", "costCategories"];

/** A filter is one word, which may hold others; a tag or a dimension names what it must be. */
function* expressionProblems(at: string, expression: Props): Generator<Problem> {
    const given = roots.filter((each) => isGiven(expression, each));
    if (given.length !== 1) {
        const found = given.length === 0 ? "none" : given.join(" and ");
        yield { property: at, reason: `holds ${found}, of exactly one of ${roots.join(", ")}` };
    }
    for (const word of ["tags", "dimensions", "costCategories"]) {
        for (const each of blocksAt(expression, word)) {
            const lacks = ["key", "values"].find((name) => !isGiven(each, name));
            if (lacks !== undefined) yield { property: `${at}.${word}`, reason: `has no ${lacks}` };
        }
    }
    for (const word of ["ands", "ors", "not"]) {
        const inner = blocksAt(expression, word);
        if (word !== "not" && inner.length === 1)
            yield { property: `${at}.${word}`, reason: "joins one expression, of at least two" };
        for (const each of inner) yield* expressionProblems(`${at}.${word}`, each);
    }
}

/**
 * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Expression.html
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/budgets/budget/#budgetfilterexpression
 */
function* filterProblems(inputs: Props): Generator<Problem> {
    const property = "filterExpression";
    const [expression] = blocksAt(inputs, property);
    if (isGiven(inputs, "metrics") !== (expression !== undefined)) {
        const [there, lacking] =
            expression === undefined ? ["metrics", property] : [property, "metrics"];
        yield { property: there, reason: `needs ${lacking} beside it` };
    }
    if (expression === undefined) return;
    if (blocksAt(inputs, "costFilters").length > 0)
        yield { property, reason: "conflicts with costFilters" };
    yield* expressionProblems(property, expression);
}

/** Budgets of an account. */
export const budgetTypes: Readonly<Record<string, AwsType>> = {
    "aws:budgets/budget:Budget": {
        autoname: { property: "name", maxLength: 100, prefixProperty: "namePrefix" },
        references: [
            {
                path: "notifications.subscriberSnsTopicArns",
                to: [topicType],
                by: ["arn"],
                code: "InvalidParameterException",
            },
        ],
        unique: [{ by: ["name"], code: "DuplicateRecordException", within: "account" }],
        *inputProblems(inputs) {
            const name = textAt(inputs, "name");
            if (name !== undefined && /[:\\]/.test(name))
                yield { property: "name", reason: "has a colon or a backslash" };
            yield* limitProblems(inputs);
            yield* filterProblems(inputs);
            yield* notificationProblems(inputs);
        },
        id: ({ inputs }) => `${accountId}:${String(textAt(inputs, "name"))}`,
        made: ({ inputs }) => ({
            arn: `arn:aws:budgets::${accountId}:budget/${String(textAt(inputs, "name"))}`,
            accountId,
        }),
        computed: ({ inputs }) => ({
            timePeriodStart: inputs["timePeriodStart"] ?? "2026-01-01_00:00",
            timePeriodEnd: inputs["timePeriodEnd"] ?? "2087-06-15_00:00",
        }),
    },
};
