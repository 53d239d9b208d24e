import { blocksAt, textsAt } from "../../provider/look";
import type { AzureType } from "../azure-type";
import { freeName } from "../names";
import { inGroup } from "./paths";

export const alertsmanagementTypes = {
    "azure-native:alertsmanagement:AlertProcessingRuleByName": {
        path: inGroup("Microsoft.AlertsManagement/actionRules/{alertProcessingRuleName}"),
        name: freeName(1, 260, "*#&+:<>?@%{}\\/"),
        location: "any",
        *inputProblems(inputs) {
            if (textsAt(inputs, "properties.scopes").length === 0)
                yield {
                    property: "properties.scopes",
                    reason: "names nothing whose alerts go there",
                };
            if (blocksAt(inputs, "properties.actions").length === 0)
                yield { property: "properties.actions", reason: "says nothing that is to be done" };
        },
    },
} as const satisfies Readonly<Record<string, AzureType>>;
