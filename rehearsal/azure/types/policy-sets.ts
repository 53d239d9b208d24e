import { blocksAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import type { AzureType, Problem } from "../azure-type";
import { freeName } from "../names";

/** @see https://learn.microsoft.com/azure/governance/policy/concepts/initiative-definition-structure */
function* setProblems(inputs: Props): Generator<Problem> {
    const references = blocksAt(inputs, "policyDefinitions").map((each) =>
        text(each, "policyDefinitionReferenceId"),
    );
    const twice = references.find((each, at) => each && references.indexOf(each) !== at);
    if (twice !== undefined)
        yield { property: "policyDefinitions", reason: `${twice} is referred to twice` };
}

export const policySetTypes = {
    "azure-native:authorization:PolicySetDefinition": {
        path: "/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/policySetDefinitions/{policySetDefinitionName}",
        name: freeName(1, 128, "#<>*%&:\\?+/"),
        heldBy: ["azure-native:authorization:PolicyAssignment"],
        inUse: "PolicySetDefinitionInUse",
        defaults: { policyType: "Custom" },
        inputProblems: setProblems,
        made: () => ({ parameters: null }),
    },
} as const satisfies Readonly<Record<string, AzureType>>;
