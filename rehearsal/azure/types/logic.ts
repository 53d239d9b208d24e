import { hex, now } from "../../provider/identifiers";
import { isGiven } from "../../provider/look";
import type { AzureType } from "../azure-type";
import { plainName } from "../names";
import { inGroup } from "./paths";

export const logicTypes = {
    "azure-native:logic:Workflow": {
        path: inGroup("Microsoft.Logic/workflows/{workflowName}"),
        name: plainName(1, 80),
        *inputProblems(inputs) {
            if (!isGiven(inputs, "definition"))
                yield { property: "definition", reason: "is required and not given" };
        },
        defaults: { state: "Enabled" },
        made: () => ({
            accessEndpoint: `https://logic.azure.com/workflows/${hex(32)}`,
            createdTime: now(),
            changedTime: now(),
            sku: { name: "Consumption" },
            version: hex(20),
        }),
    },
} as const satisfies Readonly<Record<string, AzureType>>;
