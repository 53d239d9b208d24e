import { now } from "../../provider/identifiers";
import { isGiven, textAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import { normal } from "../arm-id";
import type { Admission, AzureType } from "../azure-type";
import { refuse } from "../azure-type";
import { freeName, guidName, letteredName } from "../names";
import { findById } from "../references";
import { inGroup } from "./paths";

const account = "Microsoft.Automation/automationAccounts/{automationAccountName}";
const jobScheduleType = "azure-native:automation:JobSchedule";
const tagLimits = { count: 15, key: 512, value: 256 };
const sooner = 5 * 60 * 1000;

/** @see https://learn.microsoft.com/azure/automation/shared-resources/schedules */
function admitSchedule({ inputs, old }: Admission): void {
    const start = text(inputs, "startTime") ?? "";
    if (old !== undefined && text(old.outputs, "startTime") === start) return;
    if (Date.parse(start) >= Date.now() + sooner) return;
    refuse("BadRequest", `startTime: ${start} is not at least five minutes ahead`);
}

function admitJob({ id, inputs, cloud }: Admission): void {
    const owner = id.replace(/\/jobSchedules\/[^/]+$/i, "");
    for (const [kind, path] of [
        ["runbooks", "runbook.name"],
        ["schedules", "schedule.name"],
    ] as const) {
        const name = textAt(inputs, path) ?? "";
        if (findById(cloud, `${owner}/${kind}/${name}`) === undefined)
            refuse("NotFound", `${path}: there is no ${name} in ${owner}; create it first`);
    }
    const twin = cloud.all(jobScheduleType).find((each) => {
        const same = (path: string) => textAt(each.inputs, path) === textAt(inputs, path);
        return (
            normal(each.id) !== normal(id) &&
            same("runbook.name") &&
            same("schedule.name") &&
            normal(each.id).startsWith(normal(owner))
        );
    });
    if (twin !== undefined) refuse("Conflict", `${twin.id} joins the same runbook and schedule`);
}

const itemName = freeName(1, 128, "<>*%&:\\?.+/");

/** Scripts that run on a schedule. @see https://learn.microsoft.com/azure/automation/overview */
export const automationTypes: Readonly<Record<string, AzureType>> = {
    "azure-native:automation:AutomationAccount": {
        path: inGroup(account),
        name: letteredName(6, 50),
        required: ["sku.name"],
        tagLimits,
        made: () => ({ creationTime: now(), lastModifiedTime: now(), state: "Ok" }),
    },
    "azure-native:automation:Runbook": {
        path: inGroup(`${account}/runbooks/{runbookName}`),
        name: {
            length: [1, 63],
            pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
            words: "letters, digits, underscores and hyphens that begin with a letter",
        },
        fixed: ["runbookType"],
        *inputProblems(inputs) {
            if (!isGiven(inputs, "publishContentLink") && !isGiven(inputs, "draft"))
                yield { property: "publishContentLink", reason: "give it, or draft" };
        },
        defaults: { parameters: {} },
        made: () => ({ creationTime: now(), lastModifiedTime: now(), state: "Published" }),
    },
    "azure-native:automation:Schedule": {
        path: inGroup(`${account}/schedules/{scheduleName}`),
        name: itemName,
        fixed: ["frequency", "interval", "startTime", "timeZone", "advancedSchedule"],
        admit: admitSchedule,
        made: () => ({
            creationTime: now(),
            isEnabled: true,
            lastModifiedTime: now(),
            startTimeOffsetMinutes: 0,
        }),
    },
    [jobScheduleType]: {
        path: inGroup(`${account}/jobSchedules/{jobScheduleId}`),
        name: guidName,
        immutable: ["parameters", "runbook", "schedule"],
        defaults: { parameters: {} },
        admit: admitJob,
    },
};
