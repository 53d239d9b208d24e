import { text } from "../../provider/stand-in";
import type { AzureType } from "../azure-type";
import { onlyName } from "../names";

/** @see https://learn.microsoft.com/rest/api/defenderforcloud/pricings */
const plans = [
    "AI",
    "Api",
    "AppServices",
    "Arm",
    "CloudPosture",
    "Containers",
    "CosmosDbs",
    "KeyVaults",
    "OpenSourceRelationalDatabases",
    "SqlServers",
    "SqlServerVirtualMachines",
    "StorageAccounts",
    "VirtualMachines",
];

/** Plans of Microsoft Defender for Cloud: each is there from the start, once in a subscription. */
export const securityTypes: Readonly<Record<string, AzureType>> = {
    "azure-native:security:Pricing": {
        path: "{scopeId}/providers/Microsoft.Security/pricings/{pricingName}",
        name: onlyName(...plans),
        setting: true,
        *inputProblems(inputs) {
            const standard = text(inputs, "pricingTier") === "Standard";
            if (!standard && "subPlan" in inputs)
                yield { property: "subPlan", reason: "goes with the tier Standard only" };
        },
        made: () => ({
            deprecated: false,
            enablementTime: null,
            freeTrialRemainingTime: "P30D",
            inherited: "False",
            inheritedFrom: null,
            replacedBy: [],
            resourcesCoverageStatus: "FullyCovered",
        }),
    },
    "azure-native:security:SecurityContact": {
        path: "/subscriptions/{subscriptionId}/providers/Microsoft.Security/securityContacts/{securityContactName}",
        name: onlyName("default"),
        setting: true,
    },
};
