import { hex, now } from "../../provider/identifiers";
import { blocksAt, isGiven, numberAt, textAt, textsAt } from "../../provider/look";
import { normalLocation } from "../account";
import { text } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import { normal } from "../arm-id";
import type { Admission, AzureType, Problem } from "../azure-type";
import { refuse } from "../azure-type";
import { freeName } from "../names";
import { findById } from "../references";
import { inGroup } from "./paths";

export const actionGroupType = "azure-native:monitor:ActionGroup";
const settingType = "azure-native:monitor:DiagnosticSetting";

/** @see https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-metric-overview */
const windows = ["PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "PT12H", "P1D"];

const minutesOf = (span: string): number => {
    const [, days, hours, minutes] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(span) ?? [];
    return Number(days ?? 0) * 1440 + Number(hours ?? 0) * 60 + Number(minutes ?? 0);
};

/** @see https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups */
function* groupProblems(inputs: Props): Generator<Problem> {
    const short = text(inputs, "groupShortName");
    if (short !== undefined && (short.length < 1 || short.length > 12))
        yield { property: "groupShortName", reason: `has ${short.length} characters, not 1 to 12` };
    for (const kind of ["emailReceivers", "webhookReceivers", "smsReceivers", "armRoleReceivers"]) {
        const names = blocksAt(inputs, kind).map((each) => text(each, "name"));
        const twice = names.find((name, at) => names.indexOf(name) !== at);
        if (twice !== undefined) yield { property: kind, reason: `${twice} is there twice` };
    }
    for (const [at, address] of textsAt(inputs, "emailReceivers.emailAddress").entries())
        if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address))
            yield {
                property: `emailReceivers[${at}].emailAddress`,
                reason: "is no e-mail address",
            };
}

function* spanProblems(inputs: Props, allowed: readonly string[]): Generator<Problem> {
    const [window, every] = [text(inputs, "windowSize"), text(inputs, "evaluationFrequency")];
    for (const [property, span] of [
        ["windowSize", window],
        ["evaluationFrequency", every],
    ] as const)
        if (span !== undefined && !allowed.includes(span))
            yield { property, reason: `${span} is none of ${allowed.join(", ")}` };
    if (window !== undefined && every !== undefined && minutesOf(every) > minutesOf(window))
        yield {
            property: "evaluationFrequency",
            reason: `${every} is longer than the window ${window}`,
        };
}

function* alertProblems(inputs: Props): Generator<Problem> {
    yield* spanProblems(inputs, windows);
    const severity = numberAt(inputs, "severity");
    if (severity !== undefined && (severity < 0 || severity > 4))
        yield { property: "severity", reason: `${severity} is not 0 to 4` };
    const scopes = inputs["scopes"];
    if (Array.isArray(scopes) && scopes.length === 0)
        yield { property: "scopes", reason: "names nothing that the alert is about" };
}

/** @see https://learn.microsoft.com/azure/azure-monitor/essentials/diagnostic-settings */
function* settingProblems(inputs: Props): Generator<Problem> {
    const goals = [
        "workspaceId",
        "storageAccountId",
        "eventHubAuthorizationRuleId",
        "marketplacePartnerId",
    ];
    if (!goals.some((key) => isGiven(inputs, key)))
        yield { property: "workspaceId", reason: "name at least one place that it all goes to" };
    if (!isGiven(inputs, "logs") && !isGiven(inputs, "metrics"))
        yield { property: "logs", reason: "give logs, metrics or both" };
    for (const [at, log] of blocksAt(inputs, "logs").entries())
        if (isGiven(log, "category") === isGiven(log, "categoryGroup"))
            yield { property: `logs[${at}]`, reason: "give one of category, categoryGroup" };
}

/**
 * An account that logs go to: a standard one, in the region of what is logged. Of one that is shut to Azure's services
 * Azure says nothing and writes nothing, so it is said here.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings#destinations
 */
function admitArchive({ inputs, cloud }: Admission): void {
    const whereOf = (id: string) =>
        text(findById(cloud, id.replace(/\/\w+Services\/default$/, ""))?.outputs ?? {}, "location");
    const id = text(inputs, "storageAccountId");
    const account = id === undefined ? undefined : findById(cloud, id)?.outputs;
    if (id === undefined || account === undefined) return;
    const sku = textAt(account, "sku.name") ?? "";
    if (sku.startsWith("Premium"))
        refuse("UnsupportedStorageAccount", `storageAccountId: takes no logs, being ${sku}`);
    const [there, here] = [whereOf(id) ?? "", whereOf(text(inputs, "resourceUri") ?? "")];
    if (here !== undefined && normalLocation(here) !== normalLocation(there))
        refuse("BadRequest", `storageAccountId: is in ${there}, what it logs in ${here}`);
    const shut = textAt(account, "networkRuleSet.defaultAction") === "Deny";
    const excepted = textAt(account, "networkRuleSet.bypass") ?? "AzureServices";
    if (
        text(account, "publicNetworkAccess") === "Disabled" ||
        (shut && excepted !== "AzureServices")
    )
        refuse("StorageAccountShut", "storageAccountId: lets no service of Azure write to it");
}

/** No two settings of one resource may send the same to the same place. */
function admitSetting(admission: Admission): void {
    const { id, inputs, cloud } = admission;
    admitArchive(admission);
    const of = (props: Props) =>
        `${normal(text(props, "resourceUri") ?? "")} ${normal(text(props, "workspaceId") ?? "")}`;
    const beside = cloud
        .all(settingType)
        .filter((each) => normal(each.id) !== normal(id) && isGiven(each.inputs, "workspaceId"));
    const twin = beside.find((each) => of(each.inputs) === of(inputs));
    if (twin !== undefined)
        refuse("Conflict", `workspaceId: ${twin.id} sends to the same workspace already`);
}

const alertName = freeName(1, 260, "*#&+:<>?@%{}\\/");

/** Who is told, of what, and where logs and measurements go. */
export const monitorTypes: Readonly<Record<string, AzureType>> = {
    [actionGroupType]: {
        path: inGroup("Microsoft.Insights/actionGroups/{actionGroupName}"),
        name: freeName(1, 260, ":<>+/&%\\?"),
        location: "global",
        inputProblems: groupProblems,
    },
    "azure-native:monitor:MetricAlert": {
        path: inGroup("Microsoft.Insights/metricAlerts/{ruleName}"),
        name: alertName,
        location: "global",
        defaults: { autoMitigate: true },
        inputProblems: alertProblems,
        made: () => ({ isMigrated: false, lastUpdatedTime: now() }),
    },
    "azure-native:monitor:ActivityLogAlert": {
        path: inGroup("Microsoft.Insights/activityLogAlerts/{activityLogAlertName}"),
        name: freeName(1, 260, "<>*%{}&:\\?+/#"),
        location: "global",
        defaults: { enabled: true },
        *inputProblems(inputs) {
            const fields = [
                ...textsAt(inputs, "condition.allOf.field"),
                ...textsAt(inputs, "condition.allOf.anyOf.field"),
            ];
            if (isGiven(inputs, "condition") && !fields.includes("category"))
                yield {
                    property: "condition",
                    reason: "names no category, which every such alert needs",
                };
        },
    },
    "azure-native:monitor:ScheduledQueryRule": {
        path: inGroup("Microsoft.Insights/scheduledQueryRules/{ruleName}"),
        name: freeName(1, 260, "*<>%{}&:\\?/#"),
        required: ["criteria", "scopes"],
        defaults: { enabled: true },
        *inputProblems(inputs) {
            yield* spanProblems(inputs, [
                ...windows,
                "PT10M",
                "PT45M",
                "PT2H",
                "PT3H",
                "PT4H",
                "PT5H",
                "P2D",
            ]);
            if (
                textAt(inputs, "kind") !== "LogToMetric" &&
                numberAt(inputs, "severity") === undefined
            )
                yield { property: "severity", reason: "is required and not given" };
        },
        made: () => ({
            createdWithApiVersion: "2025-01-01-preview",
            isLegacyLogAnalyticsRule: false,
            isWorkspaceAlertsStorageConfigured: false,
        }),
    },
    [settingType]: {
        path: "{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
        name: freeName(1, 260, "<>*%&:\\?+/"),
        inputProblems: settingProblems,
        admit: admitSetting,
    },
    "azure-native:monitor:DataCollectionRule": {
        path: inGroup("Microsoft.Insights/dataCollectionRules/{dataCollectionRuleName}"),
        name: freeName(1, 64, "<>*%&:\\?+/"),
        heldBy: ["azure-native:monitor:DataCollectionRuleAssociation"],
        inUse: "RuleHasAssociations",
        defaults: { metadata: {}, streamDeclarations: {} },
        *inputProblems(inputs) {
            const known = [
                "logAnalytics",
                "azureMonitorMetrics",
                "monitoringAccounts",
                "storageAccounts",
            ].flatMap((kind) => textsAt(inputs, `destinations.${kind}.name`));
            for (const name of textsAt(inputs, "dataFlows.destinations"))
                if (!known.includes(name))
                    yield {
                        property: "dataFlows",
                        reason: `${name} is the name of no destination`,
                    };
        },
        made: () => ({ immutableId: `dcr-${hex(32)}` }),
    },
    "azure-native:monitor:DataCollectionRuleAssociation": {
        path: "{resourceUri}/providers/Microsoft.Insights/dataCollectionRuleAssociations/{associationName}",
        name: freeName(1, 64, "<>*%&:\\?+/"),
        defaults: { metadata: {} },
        *inputProblems(inputs) {
            const given = ["dataCollectionRuleId", "dataCollectionEndpointId"].filter((key) =>
                isGiven(inputs, key),
            );
            if (given.length !== 1)
                yield {
                    property: "dataCollectionRuleId",
                    reason: "give it or dataCollectionEndpointId, not both",
                };
            const name = text(inputs, "associationName");
            const fixed = name === "configurationAccessEndpoint";
            if (name !== undefined && fixed !== given.includes("dataCollectionEndpointId"))
                yield {
                    property: "associationName",
                    reason: "is configurationAccessEndpoint with an endpoint only",
                };
        },
    },
};
