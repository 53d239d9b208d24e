import { text } from "../provider/stand-in";
import type { Cloud } from "../provider/stand-in";
import type { Props } from "../provider/values";
import { callerId, subscriptionOf, tenantOf } from "./account";
import { refuse } from "./azure-type";
import { kubeconfigOf } from "./lookups/kubeconfig";
import { keysOf } from "./lookups/keys";

/** A question to Azure that changes nothing. */
export type Lookup = (args: Props, subscriptionId: string, cloud: Cloud) => Props;

const lookups: Readonly<Record<string, Lookup>> = {
    "azure-native:containerservice:listManagedClusterUserCredentials": kubeconfigOf("user"),
    "azure-native:containerservice:listManagedClusterAdminCredentials": kubeconfigOf("admin"),
    "azure-native:storage:listStorageAccountKeys": keysOf("storageAccounts", (key) => ({
        keys: ["key1", "key2"].map((keyName) => ({ keyName, permissions: "FULL", value: key() })),
    })),
    "azure-native:operationalinsights:getSharedKeys": keysOf("workspaces", (key) => ({
        primarySharedKey: key(),
        secondarySharedKey: key(),
    })),
    "azure-native:redisenterprise:listDatabaseKeys": keysOf("redisEnterprise", (key) => ({
        primaryKey: key(),
        secondaryKey: key(),
    })),
};

/** Answers a look-up of the program; one that is not here is refused. */
export function lookUp(token: string, args: Props, config: Props, cloud: Cloud): Props {
    if (token === "azure-native:authorization:getClientConfig")
        return {
            clientId: callerId,
            objectId: callerId,
            subscriptionId: subscriptionOf(config),
            tenantId: tenantOf(config),
        };
    if (token === "azure-native:authorization:getClientToken")
        return { token: `rehearsal for ${text(args, "endpoint") ?? "the resource manager"}` };
    const lookup = Object.hasOwn(lookups, token) ? lookups[token] : undefined;
    if (lookup === undefined) {
        const what = `the rehearsal answers no ${token}; add it to rehearsal/azure/lookups.ts`;
        return refuse("NotRehearsed", what);
    }
    return lookup(args, subscriptionOf(config), cloud);
}
