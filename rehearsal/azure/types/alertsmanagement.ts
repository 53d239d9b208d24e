import { blocksAt, valuesAt } from "../../provider/look";
import type { AzureType } from "../azure-type";
import { freeName } from "../names";
import { inGroup } from "./paths";

export const alertsmanagementTypes = {
    "azure-native:alertsmanagement:AlertProcessingRuleByName": {
        path: inGroup("Microsoft.AlertsManagement/actionRules/{alertProcessingRuleName}"),
        name: freeName(1, 260, "*#&+:<>?@%{}\\/"),
        location: "any",
        *inputProblems(inputs) {
            for (const properties of blocksAt(inputs, "properties"))
                for (const [key, reason] of [
                    ["scopes", "names nothing whose alerts go there"],
                    ["actions", "says nothing that is to be done"],
                ] as const)
                    if (valuesAt(properties, key).length === 0)
                        yield { property: `properties.${key}`, reason };
        },
    },
} as const satisfies Readonly<Record<string, AzureType>>;
