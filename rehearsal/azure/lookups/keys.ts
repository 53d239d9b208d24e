import { createHash } from "node:crypto";
import type { Props } from "../../provider/values";
import { text } from "../../provider/stand-in";
import { flagAt } from "../../provider/look";
import { refuse } from "../azure-type";
import type { Lookup } from "../lookups";
import { findById } from "../references";

const places: Readonly<Record<string, (args: Props) => string>> = {
    storageAccounts: (args) =>
        `Microsoft.Storage/storageAccounts/${text(args, "accountName") ?? ""}`,
    workspaces: (args) =>
        `Microsoft.OperationalInsights/workspaces/${text(args, "workspaceName") ?? ""}`,
    redisEnterprise: (args) =>
        `Microsoft.Cache/redisEnterprise/${text(args, "clusterName") ?? ""}/databases/${text(args, "databaseName") ?? ""}`,
};

/** The keys of something, made up from its id: the same whenever they are asked for, by another process as well. */
export function keysOf(place: string, answer: (key: () => string) => Props): Lookup {
    return (args, subscriptionId, cloud) => {
        const group = text(args, "resourceGroupName") ?? "";
        const rest = places[place]?.(args) ?? "";
        const id = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${rest}`;
        const found = findById(cloud, id);
        if (found === undefined) return refuse("ResourceNotFound", `there is no ${id}`);
        if (flagAt(found.inputs, "allowSharedKeyAccess") === false)
            return refuse("KeyBasedAuthenticationNotPermitted", `${id} takes no keys`);
        let at = 0;
        return answer(() => {
            at += 1;
            return createHash("sha256").update(`${found.id} ${at}`).digest("base64");
        });
    };
}
