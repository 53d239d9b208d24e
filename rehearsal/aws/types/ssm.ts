import { createHash } from "node:crypto";
import type { Props } from "../../provider/values";
import { accountId, arnOf } from "../account";
import type { Admission, AwsType, Reference } from "../aws-type";
import { refuse } from "../aws-type";
import type { Problem } from "../grammar";
import { hex, uuid } from "../identifiers";
import { blocksAt, isGiven, numberAt, shown, textAt, textsAt } from "../look";
import { parseJson } from "../policy-document";
import { roleArn } from "./ec2-references";

const baselineType = "aws:ssm/patchBaseline:PatchBaseline";
const groupType = "aws:ssm/patchGroup:PatchGroup";
const windowType = "aws:ssm/maintenanceWindow:MaintenanceWindow";
const targetType = "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget";
const documentType = "aws:ssm/document:Document";

/** What patches of Ubuntu are told apart by. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchFilter.html */
const ubuntuFilters: Readonly<Record<string, readonly string[] | undefined>> = {
    PRODUCT: ["*", "Ubuntu16.04", "Ubuntu18.04", "Ubuntu20.04", "Ubuntu22.04", "Ubuntu24.04"],
    PRIORITY: ["*", "Required", "Important", "Standard", "Optional", "Extra"],
    SECTION: undefined,
};

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchRule.html */
function* baselineProblems(inputs: Props): Generator<Problem> {
    const property = "approvalRules";
    const ubuntu = textAt(inputs, "operatingSystem") === "UBUNTU";
    for (const rule of blocksAt(inputs, property)) {
        const delayed = ["approveAfterDays", "approveUntilDate"].filter((each) =>
            isGiven(rule, each),
        );
        if (ubuntu && delayed.length > 0)
            yield { property, reason: `${delayed.join(", ")}: not supported for Ubuntu Server` };
        if (!ubuntu && delayed.length !== 1)
            yield { property, reason: "name either approveAfterDays or approveUntilDate" };
    }
    if (!ubuntu) return;
    const filters = [
        ...blocksAt(inputs, `${property}.patchFilters`),
        ...blocksAt(inputs, "globalFilters"),
    ];
    for (const filter of filters) {
        const key = shown(filter["key"]);
        if (!Object.hasOwn(ubuntuFilters, key)) {
            yield { property, reason: `${key} tells no patches of Ubuntu apart` };
            continue;
        }
        const wrong = textsAt(filter, "values").find(
            (each) => ubuntuFilters[key]?.includes(each) === false,
        );
        if (wrong !== undefined) yield { property, reason: `${wrong} is no ${key} of Ubuntu` };
    }
}

function checkPatchGroup({ type, inputs, cloud, old }: Admission): void {
    const named = textAt(inputs, "patchGroup") ?? "";
    const system = (id: string) =>
        textAt(cloud.find(baselineType, id)?.outputs ?? {}, "operatingSystem");
    const own = textAt(inputs, "baselineId") ?? "";
    for (const other of cloud.mentioning(named)) {
        if (other.type !== type || other.id === old?.id) continue;
        const theirs = textAt(other.outputs, "baselineId") ?? "";
        if (textAt(other.outputs, "patchGroup") !== named || system(theirs) !== system(own))
            continue;
        refuse(
            "AlreadyExistsException",
            `Patch Group baseline already has a baseline registered: ${named}, ${theirs}`,
        );
    }
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html */
const schedule = /^(cron\(\S+( \S+){5,6}\)|rate\(\d+ (minute|hour|day)s?\)|at\([0-9T:-]+\))$/;

function* windowProblems(inputs: Props): Generator<Problem> {
    const when = textAt(inputs, "schedule");
    if (when !== undefined && !schedule.test(when))
        yield { property: "schedule", reason: `${when} is no cron(0 2 ? * SUN *)` };
    const [duration, cutoff] = [numberAt(inputs, "duration"), numberAt(inputs, "cutoff")];
    if (duration !== undefined && cutoff !== undefined && cutoff >= duration)
        yield {
            property: "cutoff",
            reason: `${cutoff} hours before the end of ${duration} leave no time`,
        };
}

function* targetProblems(inputs: Props): Generator<Problem> {
    for (const key of textsAt(inputs, "targets.key")) {
        if (
            /^(InstanceIds|WindowTargetIds|tag:.+|tag-key|resource-groups:(Name|ResourceTypeFilters))$/.test(
                key,
            )
        )
            continue;
        yield {
            property: "targets",
            reason: `${key} is none of InstanceIds, WindowTargetIds, tag:<key>, tag-key`,
        };
    }
}

/** The tasks of a window are for its own targets. */
function checkTask({ inputs, cloud }: Admission): void {
    const windowId = textAt(inputs, "windowId");
    for (const target of blocksAt(inputs, "targets")) {
        if (target["key"] !== "WindowTargetIds") continue;
        for (const id of textsAt(target, "values")) {
            const found = cloud.find(targetType, id);
            if (found !== undefined && textAt(found.outputs, "windowId") === windowId) continue;
            refuse("InvalidTarget", `targets: ${id} is no target of ${String(windowId)}`);
        }
    }
}

const inWindow: Reference = {
    path: "windowId",
    to: [windowType],
    code: "DoesNotExistException",
};

/** Documents of Systems Manager that AWS owns, of those that anybody here runs. */
const ofAws = [
    "AWS-RunPatchBaseline",
    "AWS-UpdateSSMAgent",
    "AWS-GatherSoftwareInventory",
    "AWS-RunShellScript",
];

/** What AWS keeps the names of its own documents to. */
const reserved = /^(aws|amazon|amzn)/i;

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html */
const actions = [
    "aws:configurePackage",
    "aws:downloadContent",
    "aws:runDocument",
    "aws:runShellScript",
    "aws:softwareInventory",
    "aws:updateSsmAgent",
];

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html */
function* contentProblems(inputs: Props): Generator<Problem> {
    const name = textAt(inputs, "name");
    if (name !== undefined && reserved.test(name))
        yield { property: "name", reason: `${name} begins as AWS's own documents do` };
    const property = "content";
    const text = textAt(inputs, property);
    if (text === undefined || textAt(inputs, "documentType") !== "Command") return;
    const { schemaVersion, mainSteps } = (parseJson(text) ?? {}) as {
        schemaVersion?: unknown;
        mainSteps?: readonly { readonly action?: string; readonly name?: string }[];
    };
    if (schemaVersion !== "2.2") {
        yield { property, reason: `${String(schemaVersion)} is no schemaVersion "2.2"` };
        return;
    }
    const steps = mainSteps ?? [];
    if (steps.length === 0) yield { property, reason: "has no mainSteps" };
    for (const step of steps) {
        const action = String(step.action);
        if (!actions.includes(action)) yield { property, reason: `${action} is no action` };
        if (!/^[a-zA-Z0-9_]{1,128}$/.test(step.name ?? ""))
            yield { property, reason: `${String(step.name)} is no name of a step` };
    }
}

function documentProblem(inputs: Props, property: string): Problem | undefined {
    const name = textAt(inputs, property);
    if (name === undefined || ofAws.includes(name) || !reserved.test(name)) return undefined;
    return {
        property,
        reason: `AWS has no document ${name} that the rehearsal knows: add it to types/ssm.ts`,
    };
}

/** Patches, and when machines get them. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/ */
export const ssmTypes: Readonly<Record<string, AwsType>> = {
    [baselineType]: {
        autoname: { property: "name", maxLength: 128 },
        defaults: { approvedPatchesComplianceLevel: "UNSPECIFIED", operatingSystem: "WINDOWS" },
        inputProblems: baselineProblems,
        id: () => `pb-0${hex(16)}`,
        made: ({ id, region }) => ({ arn: arnOf("ssm", region, `patchbaseline/${id}`) }),
        computed: ({ inputs }) => ({ json: JSON.stringify({ name: textAt(inputs, "name") }) }),
        inUse: "ResourceInUseException",
    },
    [groupType]: {
        references: [
            { path: "baselineId", to: [baselineType], holds: true, code: "DoesNotExistException" },
        ],
        admit: checkPatchGroup,
        id: ({ inputs }) =>
            `${String(textAt(inputs, "patchGroup"))},${String(textAt(inputs, "baselineId"))}`,
    },
    [windowType]: {
        autoname: { property: "name", maxLength: 128 },
        defaults: { allowUnassociatedTargets: false, enabled: true },
        inputProblems: windowProblems,
        id: () => `mw-0${hex(16)}`,
    },
    [targetType]: {
        references: [inWindow],
        inputProblems: targetProblems,
        id: () => uuid(),
        inUse: "TargetInUseException",
    },
    "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask": {
        references: [
            inWindow,
            roleArn("serviceRoleArn", "ValidationException", "ssm.amazonaws.com"),
        ],
        *inputProblems(inputs) {
            const unknown = documentProblem(inputs, "taskArn");
            if (textAt(inputs, "taskType") === "RUN_COMMAND" && unknown !== undefined)
                yield unknown;
            if (!isGiven(inputs, "targets")) return;
            for (const property of ["maxConcurrency", "maxErrors"])
                if (!isGiven(inputs, property))
                    yield { property, reason: "is required with targets" };
            yield* targetProblems(inputs);
        },
        admit: checkTask,
        id: () => uuid(),
        made: ({ id, inputs, region }) => ({
            arn: arnOf("ssm", region, `windowtask/${id}`),
            windowTaskId: id,
            priority: inputs["priority"] ?? 1,
        }),
    },
    [documentType]: {
        defaults: { documentFormat: "JSON" },
        documents: [{ path: "content", kind: "json" }],
        unique: [{ by: ["name"], code: "DocumentAlreadyExists", within: "region" }],
        inputProblems: contentProblems,
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
        made: ({ id, region }) => ({
            arn: arnOf("ssm", region, `document/${id}`),
            createdDate: "2026-01-01T00:00:00Z",
            hashType: "Sha256",
            owner: accountId,
            parameters: [],
            platformTypes: ["Linux"],
            schemaVersion: "2.2",
            status: "Active",
        }),
        computed({ inputs, old }) {
            const content = textAt(inputs, "content") ?? "";
            const changed = content !== textAt(old?.outputs ?? {}, "content");
            const version = String(Number(old?.outputs["latestVersion"] ?? 0) + (changed ? 1 : 0));
            const { description = "" } = (parseJson(content) ?? {}) as { description?: string };
            return {
                defaultVersion: version,
                description,
                documentVersion: version,
                hash: createHash("sha256").update(content).digest("hex"),
                latestVersion: version,
            };
        },
        inUse: "AssociatedInstances",
    },
    "aws:ssm/association:Association": {
        defaults: { documentVersion: "$DEFAULT" },
        references: [
            {
                path: "name",
                to: [documentType],
                holds: true,
                foreign: (name) => reserved.test(name),
                code: "InvalidDocument",
            },
        ],
        *inputProblems(inputs) {
            const unknown = documentProblem(inputs, "name");
            if (unknown !== undefined) yield unknown;
            const when = textAt(inputs, "scheduleExpression");
            if (when !== undefined && !schedule.test(when))
                yield { property: "scheduleExpression", reason: `${when} is no rate(7 days)` };
            yield* targetProblems(inputs);
        },
        id: () => uuid(),
        made: ({ id, region }) => ({
            arn: arnOf("ssm", region, `association/${id}`),
            associationId: id,
        }),
    },
};
