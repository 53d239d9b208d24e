import type { Props } from "../../provider/values";
import { arnOf } from "../account";
import type { AwsType, Reference } from "../aws-type";
import { refuse } from "../aws-type";
import type { Problem } from "../grammar";
import { hex, uuid } from "../identifiers";
import { blocksAt, isGiven, numberAt, textAt, textsAt, shown } from "../look";
import { key, roleArn, topicType } from "./ec2-references";

const vaultType = "aws:backup/vault:Vault";
const planType = "aws:backup/plan:Plan";

const vault = (path: string): Reference => ({
    path,
    to: [vaultType],
    code: "ResourceNotFoundException",
});
const vaultArn = (region: string, inputs: Props) =>
    arnOf("backup", region, `backup-vault:${String(textAt(inputs, "backupVaultName"))}`);

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultNotifications.html */
const events = new Set(
    ["BACKUP_JOB", "COPY_JOB", "RESTORE_JOB"]
        .flatMap((job) =>
            ["STARTED", "COMPLETED", "SUCCESSFUL", "FAILED", "EXPIRED"].map(
                (end) => `${job}_${end}`,
            ),
        )
        .concat([
            "RECOVERY_POINT_MODIFIED",
            "BACKUP_PLAN_CREATED",
            "BACKUP_PLAN_MODIFIED",
            "S3_BACKUP_OBJECT_FAILED",
            "S3_RESTORE_OBJECT_FAILED",
            "CONTINUOUS_BACKUP_INTERRUPTED",
            "RECOVERY_POINT_INDEX_COMPLETED",
            "RECOVERY_POINT_INDEX_DELETED",
            "RECOVERY_POINT_INDEXING_FAILED",
        ]),
);

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html */
function* ruleProblems(rule: Props, inputs: Props): Generator<Problem> {
    const name = shown(rule["ruleName"]);
    const property = "rules";
    const cold = numberAt(rule, "lifecycle.coldStorageAfter");
    const gone = numberAt(rule, "lifecycle.deleteAfter");
    if (gone !== undefined && gone < 1)
        yield { property, reason: `${name}: deleteAfter ${gone} is below 1 day` };
    if (cold !== undefined && gone !== undefined && gone < cold + 90) {
        const reason = `${name}: deleteAfter ${gone} is not 90 days after coldStorageAfter ${cold}`;
        yield { property, reason };
    }
    const start = numberAt(rule, "startWindow") ?? 60;
    const end = numberAt(rule, "completionWindow");
    if (start < 60) yield { property, reason: `${name}: startWindow ${start} is below 60 minutes` };
    if (end !== undefined && end < start + 60) {
        const reason = `${name}: completionWindow ${end} is not an hour after startWindow ${start}`;
        yield { property, reason };
    }
    const schedule = textAt(rule, "schedule");
    if (schedule !== undefined && !/^(cron\(\S+( \S+){5}\)|rate\(.+\))$/.test(schedule))
        yield { property, reason: `${name}: ${schedule} is no cron(0 5 ? * * *)` };
    const names = textsAt(inputs, "rules.ruleName");
    if (names.filter((each) => each === name).length > 1)
        yield { property, reason: `the rule ${name} is there twice` };
}

/** Plans and vaults of AWS Backup. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/api-reference.html */
export const backupTypes: Readonly<Record<string, AwsType>> = {
    [vaultType]: {
        autoname: { property: "name", maxLength: 50 },
        defaults: { forceDestroy: false },
        references: [key("kmsKeyArn", "InvalidParameterValueException")],
        unique: [{ by: ["name"], code: "AlreadyExistsException", within: "region" }],
        *inputProblems(inputs) {
            const name = textAt(inputs, "name");
            if (name !== undefined && !/^[a-zA-Z0-9_-]{2,50}$/.test(name))
                yield {
                    property: "name",
                    reason: "is not 2 to 50 letters, digits, hyphens, underscores",
                };
        },
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
        made: ({ id, region, inputs }) => ({
            arn: arnOf("backup", region, `backup-vault:${id}`),
            recoveryPoints: 0,
            kmsKeyArn: inputs["kmsKeyArn"] ?? arnOf("kms", region, `key/${uuid()}`),
        }),
        release({ id, outputs }) {
            const points = numberAt(outputs, "recoveryPoints") ?? 0;
            if (points === 0 || outputs["forceDestroy"] === true) return;
            refuse(
                "InvalidRequestException",
                `Backup vault ${id} cannot be deleted because it contains recovery points: ${points}; ` +
                    `keep it, or delete them first`,
            );
        },
    },
    [planType]: {
        autoname: { property: "name", maxLength: 50 },
        references: [vault("rules.targetVaultName")],
        *inputProblems(inputs) {
            for (const rule of blocksAt(inputs, "rules")) yield* ruleProblems(rule, inputs);
        },
        id: () => uuid(),
        made: ({ id, region }) => ({ arn: arnOf("backup", region, `backup-plan:${id}`) }),
        computed: () => ({ version: hex(48) }),
        inUse: "InvalidRequestException",
    },
    "aws:backup/selection:Selection": {
        autoname: { property: "name", maxLength: 50 },
        references: [
            { path: "planId", to: [planType], holds: true, code: "InvalidParameterValueException" },
            roleArn("iamRoleArn", "InvalidParameterValueException", "backup.amazonaws.com"),
        ],
        *inputProblems(inputs) {
            const named = ["resources", "selectionTags", "conditions", "notResources"];
            if (!named.some((each) => isGiven(inputs, each)))
                yield {
                    property: "resources",
                    reason: "or selectionTags is required: it selects nothing",
                };
            for (const property of ["resources", "notResources"]) {
                const arns = textsAt(inputs, property);
                if (arns.length > 500)
                    yield { property, reason: `names ${arns.length}, of at most 500` };
                const wrong = arns.find((each) => each !== "*" && !/^arn:aws[a-z-]*:.+/.test(each));
                if (wrong !== undefined) yield { property, reason: `${wrong} is no ARN` };
            }
        },
        id: () => uuid(),
    },
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": {
        references: [vault("backupVaultName")],
        *inputProblems(inputs) {
            const least = numberAt(inputs, "minRetentionDays");
            const most = numberAt(inputs, "maxRetentionDays");
            if (least !== undefined && most !== undefined && least > most)
                yield {
                    property: "minRetentionDays",
                    reason: `${least} is above maxRetentionDays ${most}`,
                };
            const days = numberAt(inputs, "changeableForDays");
            if (days !== undefined && days < 3)
                yield { property: "changeableForDays", reason: `${days} is below 3` };
        },
        id: ({ inputs }) => String(textAt(inputs, "backupVaultName")),
        made: ({ inputs, region }) => ({ backupVaultArn: vaultArn(region, inputs) }),
    },
    "aws:backup/vaultNotifications:VaultNotifications": {
        required: ["backupVaultEvents", "backupVaultName", "snsTopicArn"],
        immutable: ["backupVaultEvents", "backupVaultName", "snsTopicArn"],
        deleteBeforeReplace: true,
        references: [
            vault("backupVaultName"),
            {
                path: "snsTopicArn",
                to: [topicType],
                by: ["arn"],
                code: "InvalidParameterValueException",
            },
        ],
        *inputProblems(inputs) {
            for (const event of textsAt(inputs, "backupVaultEvents")) {
                if (!events.has(event))
                    yield {
                        property: "backupVaultEvents",
                        reason: `${event} is no event of a vault`,
                    };
            }
        },
        id: ({ inputs }) => String(textAt(inputs, "backupVaultName")),
        made: ({ inputs, region }) => ({ backupVaultArn: vaultArn(region, inputs) }),
    },
    "aws:backup/vaultPolicy:VaultPolicy": {
        required: ["backupVaultName", "policy"],
        immutable: ["backupVaultName"],
        documents: [{ path: "policy", kind: "resource" }],
        references: [vault("backupVaultName")],
        id: ({ inputs }) => String(textAt(inputs, "backupVaultName")),
        made: ({ inputs, region }) => ({ backupVaultArn: vaultArn(region, inputs) }),
    },
};
