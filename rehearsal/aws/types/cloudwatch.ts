import type { Props } from "../../provider/values";
import { arnOf } from "../account";
import type { Admission, AwsType, Reference } from "../aws-type";
import { refuse } from "../aws-type";
import type { Problem } from "../grammar";
import { hex } from "../identifiers";
import { isGiven, numberAt, textAt, textsAt, valuesAt } from "../look";
import { admitsService } from "../policy-document";
import { clusterType, key, keyNamed, roleArn, topicType } from "./ec2-references";

const logGroupType = "aws:cloudwatch/logGroup:LogGroup";
const ruleType = "aws:cloudwatch/eventRule:EventRule";
const actionPaths = ["alarmActions", "okActions", "insufficientDataActions"];
/** Actions that are no topic of this account: EC2's own, Systems Manager, functions, scaling. */
const otherAction = /^arn:aws[a-z-]*:(automate|swf|ssm|ssm-incidents|lambda|autoscaling|ec2):/;

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
function* alarmProblems(inputs: Props): Generator<Problem> {
    const metric = isGiven(inputs, "metricName");
    const queries = isGiven(inputs, "metricQueries");
    if (!isGiven(inputs, "evaluationCriteria")) {
        if (metric === queries)
            yield { property: "metricName", reason: "name either metricName or metricQueries" };
        for (const property of ["comparisonOperator", "evaluationPeriods"]) {
            if (!isGiven(inputs, property)) yield { property, reason: "is required and not given" };
        }
    }
    if (metric) {
        for (const property of ["namespace", "period"]) {
            if (!isGiven(inputs, property)) yield { property, reason: "is required and not given" };
        }
        const statistics = ["statistic", "extendedStatistic"].filter((each) =>
            isGiven(inputs, each),
        );
        if (statistics.length !== 1)
            yield { property: "statistic", reason: "name either statistic or extendedStatistic" };
    }
    const period = numberAt(inputs, "period");
    const periods = numberAt(inputs, "evaluationPeriods");
    if (period !== undefined && ![10, 20, 30].includes(period) && period % 60 !== 0)
        yield { property: "period", reason: `${period} is none of 10, 20, 30 and multiples of 60` };
    const longest = (period ?? 0) >= 3600 ? 604800 : 86400;
    if (period !== undefined && periods !== undefined && period * periods > longest) {
        const reason = `${periods} × ${period} seconds are more than ${longest}`;
        yield { property: "evaluationPeriods", reason };
    }
    const points = numberAt(inputs, "datapointsToAlarm");
    if (points !== undefined && periods !== undefined && points > periods)
        yield { property: "datapointsToAlarm", reason: `${points} is above evaluationPeriods` };
    for (const property of actionPaths) {
        const actions = textsAt(inputs, property);
        if (actions.length > 5) yield { property, reason: `names ${actions.length}, of at most 5` };
        const wrong = actions.find((each) => !each.startsWith("arn:"));
        if (wrong !== undefined) yield { property, reason: `${wrong} is no ARN` };
    }
}

const target: Reference = {
    path: "arn",
    to: [topicType, "aws:sqs/queue:Queue", logGroupType],
    by: ["arn"],
    foreign: (value) => !/^arn:[^:]+:(sns|sqs|logs):/.test(value),
    code: "ValidationException",
};

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
function isSchedule(text: string): boolean {
    const rate = /^rate\((1 (minute|hour|day)|([2-9]|[1-9]\d+) (minutes|hours|days))\)$/;
    return rate.test(text) || /^cron\(\S+ \S+ \S+ \S+ \S+ \S+\)$/.test(text);
}

function checkKeyOf({ inputs, cloud, region }: Admission): void {
    const wanted = textAt(inputs, "kmsKeyId");
    const found = wanted === undefined ? undefined : keyNamed(cloud, region, wanted);
    const policy = found?.outputs["policy"];
    if (typeof policy !== "string") return;
    const service = `logs.${region}.amazonaws.com`;
    const admitted = [service, "logs.amazonaws.com"].some((each) =>
        admitsService(policy, each, "kms:Encrypt"),
    );
    if (admitted) return;
    refuse(
        "AccessDeniedException",
        `kmsKeyId: The specified KMS key does not exist or is not allowed to be used with log groups; ` +
            `let ${service} use it in the key's policy`,
    );
}

/** EKS makes the group of a cluster's logs itself, where it is not there before the cluster. */
function checkClusterLogs({ inputs, cloud, old }: Admission): void {
    const name = textAt(inputs, "name") ?? "";
    const cluster = /^\/aws\/eks\/(.+)\/cluster$/.exec(name)?.[1];
    const there = cluster === undefined ? undefined : cloud.find(clusterType, cluster);
    if (old !== undefined || there === undefined) return;
    if (valuesAt(there.outputs, "enabledClusterLogTypes").length === 0) return;
    refuse(
        "ResourceAlreadyExistsException",
        `The specified log group already exists: EKS made ${name} with the cluster; create the group ` +
            `first and let the cluster depend on it`,
    );
}

/** Alarms, logs and events of CloudWatch. */
export const cloudwatchTypes: Readonly<Record<string, AwsType>> = {
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
        autoname: { property: "name", maxLength: 255 },
        defaults: { actionsEnabled: true, treatMissingData: "missing" },
        references: actionPaths.map((path) => ({
            path,
            to: [topicType],
            by: ["arn"],
            foreign: (value: string) => otherAction.test(value),
            code: "ValidationError",
        })),
        unique: [{ by: ["name"], code: "ResourceInUse", within: "region" }],
        inputProblems: alarmProblems,
        admit({ inputs, region }) {
            const away = actionPaths
                .flatMap((path) => textsAt(inputs, path))
                .find((arn) => arn.startsWith("arn:aws:sns:") && arn.split(":")[3] !== region);
            if (away === undefined) return;
            refuse("ValidationError", `Invalid region in ${away}; an alarm acts in ${region} only`);
        },
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
        made: ({ id, region }) => ({ arn: arnOf("cloudwatch", region, `alarm:${id}`) }),
    },
    [logGroupType]: {
        autoname: { property: "name", maxLength: 512, prefixProperty: "namePrefix" },
        defaults: { logGroupClass: "STANDARD", retentionInDays: 0, skipDestroy: false },
        references: [key("kmsKeyId", "InvalidParameterException")],
        unique: [{ by: ["name"], code: "ResourceAlreadyExistsException", within: "region" }],
        *inputProblems(inputs) {
            const days = numberAt(inputs, "retentionInDays");
            if (days !== undefined && !retentions.has(days)) {
                const reason = `${days} is none of ${[...retentions].join(", ")}`;
                yield { property: "retentionInDays", reason };
            }
        },
        admit(admission) {
            checkKeyOf(admission);
            checkClusterLogs(admission);
        },
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
        made: ({ id, region }) => ({ arn: arnOf("logs", region, `log-group:${id}`) }),
        release({ id, outputs }) {
            if (outputs["deletionProtectionEnabled"] !== true) return;
            refuse(
                "OperationAbortedException",
                `log group ${id} has deletion protection; set deletionProtectionEnabled to false first`,
            );
        },
    },
    [ruleType]: {
        autoname: { property: "name", maxLength: 64, prefixProperty: "namePrefix" },
        defaults: { eventBusName: "default", forceDestroy: false, state: "ENABLED" },
        documents: [{ path: "eventPattern", kind: "json" }],
        references: [roleArn("roleArn", "ValidationException", "events.amazonaws.com")],
        unique: [
            {
                by: ["name", "eventBusName"],
                code: "ResourceAlreadyExistsException",
                within: "region",
            },
        ],
        *inputProblems(inputs) {
            const schedule = textAt(inputs, "scheduleExpression");
            if (!isGiven(inputs, "scheduleExpression") && !isGiven(inputs, "eventPattern"))
                yield { property: "eventPattern", reason: "or scheduleExpression is required" };
            if (schedule !== undefined && !isSchedule(schedule)) {
                const reason = `${schedule} is neither rate(5 minutes) nor cron(0 5 * * ? *) in form`;
                yield { property: "scheduleExpression", reason };
            }
        },
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
        made: ({ id, region }) => ({ arn: arnOf("events", region, `rule/${id}`) }),
        inUse: "ValidationException",
    },
    "aws:cloudwatch/eventTarget:EventTarget": {
        defaults: { eventBusName: "default" },
        references: [
            { path: "rule", to: [ruleType], holds: true, code: "ResourceNotFoundException" },
            target,
            roleArn("roleArn", "ValidationException", "events.amazonaws.com"),
        ],
        admit({ type, inputs, cloud, old }) {
            const rule = textAt(inputs, "rule") ?? "";
            const others = [...cloud.mentioning(rule)].filter(
                (other) => other.type === type && other.id !== old?.id,
            );
            if (others.length < 5) return;
            refuse("LimitExceededException", `rule: ${rule} has five targets already`);
        },
        id: ({ inputs }) =>
            `${String(textAt(inputs, "rule"))}-${textAt(inputs, "targetId") ?? hex(26)}`,
        made: ({ id, inputs }) => ({
            targetId: textAt(inputs, "targetId") ?? id.slice(id.lastIndexOf("-") + 1),
        }),
    },
};

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentions = new Set([
    0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
]);
