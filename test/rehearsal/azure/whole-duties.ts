import type { Props } from "../../../rehearsal/provider/values";
import { group, groupId, region } from "./account";

/** What is done by the clock, who is told of alerts, and policies that belong together. */
export const acceptedDuties: readonly (readonly [string, Props])[] = [
    [
        "azure-native:logic:Workflow",
        {
            resourceGroupName: group,
            location: region,
            workflowName: "snapshots",
            definition: { contentVersion: "1.0.0.0", triggers: {}, actions: {} },
        },
    ],
    [
        "azure-native:alertsmanagement:AlertProcessingRuleByName",
        {
            resourceGroupName: group,
            location: "Global",
            alertProcessingRuleName: "failed-backups",
            properties: {
                enabled: true,
                scopes: [groupId],
                actions: [{ actionType: "RemoveAllActionGroups" }],
            },
        },
    ],
    [
        "azure-native:authorization:PolicySetDefinition",
        {
            policySetDefinitionName: "owner-tags",
            policyType: "Custom",
            policyDefinitions: [
                {
                    policyDefinitionId:
                        "/providers/Microsoft.Authorization/policyDefinitions/ea3f2387-9b95-492a-a190-fcdc54f7b070",
                    policyDefinitionReferenceId: "owner-role",
                },
            ],
        },
    ],
];
