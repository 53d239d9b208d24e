import type { Props } from "../../provider/values";
import { arnOf } from "../account";
import type { AwsType } from "../aws-type";
import type { Problem } from "../grammar";
import { uuid } from "../identifiers";
import { isGiven, numberAt, textAt, textsAt } from "../look";
import { roleArn } from "./ec2-references";

const planType = "aws:backup/restoreTestingPlan:RestoreTestingPlan";
const selectionType = "aws:backup/restoreTestingSelection:RestoreTestingSelection";

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingSelectionForCreate.html */
const resourceTypes = [
    ...["Aurora", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS", "S3"],
];

function* nameProblems(inputs: Props): Generator<Problem> {
    const name = textAt(inputs, "name");
    if (name !== undefined && !/^\w{1,50}$/.test(name))
        yield { property: "name", reason: `${name} is not 1 to 50 letters, digits and _` };
}

function* hourProblems(inputs: Props, property: string): Generator<Problem> {
    const hours = numberAt(inputs, property);
    if (hours !== undefined && (hours < 1 || hours > 168))
        yield { property, reason: `${hours} is not 1 to 168 hours` };
}

/**
 * Restores on trial. The provider makes names up with a hyphen, which AWS refuses: so each is to be given.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateRestoreTestingPlan.html
 */
export const restoreTestingTypes: Readonly<Record<string, AwsType>> = {
    [planType]: {
        required: ["name", "recoveryPointSelection", "scheduleExpression"],
        immutable: ["name", "region"],
        defaults: { scheduleExpressionTimezone: "Etc/UTC", startWindowHours: 24 },
        references: [
            {
                path: "recoveryPointSelection.includeVaults",
                to: ["aws:backup/vault:Vault"],
                by: ["arn"],
                foreign: (value) => value === "*",
                code: "InvalidParameterValueException",
            },
        ],
        unique: [{ by: ["name"], code: "AlreadyExistsException", within: "region" }],
        *inputProblems(inputs) {
            yield* nameProblems(inputs);
            yield* hourProblems(inputs, "startWindowHours");
            const property = "recoveryPointSelection";
            const algorithm = textAt(inputs, `${property}.algorithm`);
            if (!/^(LATEST|RANDOM)_WITHIN_WINDOW$/.test(algorithm ?? ""))
                yield { property, reason: `${String(algorithm)} is no algorithm` };
            const kinds = textsAt(inputs, `${property}.recoveryPointTypes`);
            const wrong = kinds.find((kind) => !["CONTINUOUS", "SNAPSHOT"].includes(kind));
            if (wrong !== undefined)
                yield { property, reason: `${wrong} is neither CONTINUOUS nor SNAPSHOT` };
            const days = numberAt(inputs, `${property}.selectionWindowDays`);
            if (days !== undefined && (days < 1 || days > 365))
                yield { property, reason: `selectionWindowDays ${days} is not 1 to 365` };
            const schedule = textAt(inputs, "scheduleExpression");
            if (schedule !== undefined && !/^cron\(\S+( \S+){5}\)$/.test(schedule))
                yield { property: "scheduleExpression", reason: `${schedule} is no cron(…)` };
        },
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
        made: ({ id, region }) => ({
            arn: arnOf("backup", region, `restore-testing-plan:${id}-${uuid()}`),
        }),
        inUse: "InvalidRequestException",
    },
    [selectionType]: {
        required: ["name", "iamRoleArn", "protectedResourceType", "restoreTestingPlanName"],
        immutable: ["name", "protectedResourceType", "region", "restoreTestingPlanName"],
        references: [
            {
                path: "restoreTestingPlanName",
                to: [planType],
                holds: true,
                code: "ResourceNotFoundException",
            },
            roleArn("iamRoleArn", "InvalidParameterValueException", "backup.amazonaws.com"),
        ],
        *inputProblems(inputs) {
            yield* nameProblems(inputs);
            yield* hourProblems(inputs, "validationWindowHours");
            const kind = textAt(inputs, "protectedResourceType");
            if (kind !== undefined && !resourceTypes.includes(kind)) {
                const reason = `${kind} is none of ${resourceTypes.join(", ")}`;
                yield { property: "protectedResourceType", reason };
            }
            const named = ["protectedResourceArns", "protectedResourceConditions"];
            if (!named.some((each) => isGiven(inputs, each)))
                yield { property: "protectedResourceArns", reason: "or conditions are required" };
            const keys = ["stringEquals", "stringNotEquals"].flatMap((test) =>
                textsAt(inputs, `protectedResourceConditions.${test}.key`),
            );
            const wrong = keys.find((each) => !each.startsWith("aws:ResourceTag/"));
            if (wrong !== undefined) {
                const reason = `${wrong} does not begin with aws:ResourceTag/`;
                yield { property: "protectedResourceConditions", reason };
            }
        },
        id: ({ inputs }) =>
            `${String(textAt(inputs, "name"))}:${String(textAt(inputs, "restoreTestingPlanName"))}`,
    },
};
