import { numberAt, textsAt } from "../../provider/look";
import type { Props } from "../../provider/values";
import { isProps } from "../../provider/values";
import type { AzureType, Problem } from "../azure-type";
import { freeName, hyphenName, plainName } from "../names";
import { inGroup } from "./paths";

/** @see https://learn.microsoft.com/azure/logic-apps/logic-apps-workflow-definition-language */
function* definitionProblems(inputs: Props): Generator<Problem> {
    const definition = inputs["definition"];
    if (!isProps(definition)) return;
    const actions = definition["actions"];
    if (!isProps(definition["triggers"]) || Object.keys(definition["triggers"]).length === 0)
        yield { property: "definition.triggers", reason: "has none, so it would never run" };
    for (const [name, action] of Object.entries(isProps(actions) ? actions : {})) {
        const after = isProps(action) && isProps(action["runAfter"]) ? action["runAfter"] : {};
        for (const before of Object.keys(after))
            if (!isProps(actions) || !Object.hasOwn(actions, before))
                yield {
                    property: `definition.actions.${name}.runAfter`,
                    reason: `${before} is no action of the workflow`,
                };
    }
}

/** What Azure does by the clock, and to whom alerts go that services raise by themselves. */
export const workflowTypes: Readonly<Record<string, AzureType>> = {
    "azure-native:logic:Workflow": {
        path: inGroup("Microsoft.Logic/workflows/{workflowName}"),
        name: freeName(1, 80, "<>*%&:\\?/+#@ "),
        defaults: { sku: { name: "Consumption" } },
        inputProblems: definitionProblems,
        made: () => ({ accessEndpoint: "", changedTime: "", createdTime: "", version: "1" }),
    },
    "azure-native:containerregistry:Task": {
        path: inGroup("Microsoft.ContainerRegistry/registries/{registryName}/tasks/{taskName}"),
        name: plainName(5, 50),
        made: () => ({ creationDate: "" }),
        *inputProblems(inputs) {
            const seconds = numberAt(inputs, "timeout");
            if (seconds !== undefined && (seconds < 300 || seconds > 28_800))
                yield { property: "timeout", reason: `${seconds} is not 300 to 28800` };
            for (const schedule of textsAt(inputs, "trigger.timerTriggers.schedule"))
                if (schedule.split(" ").length !== 5)
                    yield { property: "trigger", reason: `${schedule} is no cron of five fields` };
        },
    },
    "azure-native:alertsmanagement:AlertProcessingRuleByName": {
        path: inGroup("Microsoft.AlertsManagement/actionRules/{alertProcessingRuleName}"),
        name: freeName(1, 260, "<>*%&:\\?+/#"),
        location: "global",
    },
    "azure-native:authorization:PolicySetDefinition": {
        path: "/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/policySetDefinitions/{policySetDefinitionName}",
        name: hyphenName(1, 64),
        heldBy: ["azure-native:authorization:PolicyAssignment"],
        inUse: "PolicySetDefinitionInUse",
        defaults: { policyType: "Custom" },
        *inputProblems(inputs) {
            const ids = textsAt(inputs, "policyDefinitions.policyDefinitionReferenceId");
            const twice = ids.find((id, at) => ids.indexOf(id) !== at);
            if (twice !== undefined)
                yield { property: "policyDefinitions", reason: `${twice} is there twice` };
        },
    },
};
