import { now } from "../../provider/identifiers";
import { flagAt, isGiven, textAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import type { AzureType } from "../azure-type";
import { registryName } from "../names";
import { inGroup } from "./paths";

/** What only Premium has. @see https://learn.microsoft.com/azure/container-registry/container-registry-skus */
const premium = ["networkRuleSet", "encryption", "dataEndpointEnabled"];

/** Registries of images. @see https://learn.microsoft.com/rest/api/containerregistry/registries */
export const containerregistryTypes: Readonly<Record<string, AzureType>> = {
    "azure-native:containerregistry:Registry": {
        path: inGroup("Microsoft.ContainerRegistry/registries/{registryName}"),
        name: registryName,
        unique: "global",
        fixed: ["zoneRedundancy"],
        defaults: { adminUserEnabled: false, publicNetworkAccess: "Enabled" },
        *inputProblems(inputs) {
            const sku = textAt(inputs, "sku.name");
            if (sku === undefined || sku === "Premium") return;
            for (const key of premium)
                if (isGiven(inputs, key) && flagAt(inputs, key) !== false)
                    yield { property: key, reason: `does not go with ${sku}; only Premium has it` };
            for (const [key, off] of [
                ["publicNetworkAccess", "Enabled"],
                ["zoneRedundancy", "Disabled"],
            ] as const)
                if ((text(inputs, key) ?? off) !== off)
                    yield { property: key, reason: `does not go with ${sku}; only Premium has it` };
        },
        made: ({ inputs }) => ({
            creationDate: now(),
            dataEndpointHostNames: [],
            loginServer: `${(text(inputs, "registryName") ?? "").toLowerCase()}.azurecr.io`,
            privateEndpointConnections: [],
            status: { displayStatus: "Ready", message: "", timestamp: now() },
        }),
    },
};
