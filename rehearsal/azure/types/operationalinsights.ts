import { now, uuid } from "../../provider/identifiers";
import { numberAt, textAt } from "../../provider/look";
import type { AzureType } from "../azure-type";
import { hyphenName } from "../names";
import { inGroup } from "./paths";

export const workspaceType = "azure-native:operationalinsights:Workspace";

/** @see https://learn.microsoft.com/azure/azure-monitor/logs/log-analytics-workspace-overview */
export const operationalinsightsTypes: Readonly<Record<string, AzureType>> = {
    [workspaceType]: {
        path: inGroup("Microsoft.OperationalInsights/workspaces/{workspaceName}"),
        name: hyphenName(4, 63),
        defaults: { retentionInDays: 30 },
        *inputProblems(inputs) {
            const days = numberAt(inputs, "retentionInDays");
            const free = textAt(inputs, "sku.name") === "Free";
            if (days !== undefined && !free && (days < 30 || days > 730))
                yield { property: "retentionInDays", reason: `${days} is not 30 to 730` };
        },
        made: () => ({
            createdDate: now(),
            customerId: uuid(),
            modifiedDate: now(),
            privateLinkScopedResources: [],
        }),
    },
};
