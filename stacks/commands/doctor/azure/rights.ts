import type { AzureClusterSpec, OnlyAzure } from "../../../../components/model/spec";
import { isHubs } from "../../../../components/model/spec";
import type { Arm } from "../../azure/arm";
import type { Finding } from "../check";
import type { AzureCheck } from "./azure";

/** What every deploy does that not every role may do. A Contributor may all but the last three. */
const always = [
    "Microsoft.Resources/subscriptions/resourceGroups/write",
    "Microsoft.Insights/diagnosticSettings/write",
    "Microsoft.Authorization/policySetDefinitions/write",
    "Microsoft.Authorization/policyAssignments/write",
    "Microsoft.Authorization/roleAssignments/write",
] as const;

/** Builds push by a role of their own. */
const definesRoles = "Microsoft.Authorization/roleDefinitions/write";

/** What a deploy of this stack does. */
function actionsOf(spec: OnlyAzure): readonly string[] {
    const builds =
        isHubs(spec) && spec.workload.jupyterhub.hubs.some((hub) => hub.builds !== undefined);
    const audits = spec.platform.azure.subscriptionPolicy === "audit";
    return [
        ...always,
        ...(audits ? ["Microsoft.Authorization/policyDefinitions/write"] : []),
        ...(builds ? [definesRoles] : []),
    ];
}

const adviceOn = (actions: readonly string[]) =>
    "assign Owner on the subscription, or Contributor with Resource Policy Contributor and " +
    (actions.includes(definesRoles)
        ? "User Access Administrator"
        : "Role Based Access Control Administrator");

interface Assignment {
    readonly properties: {
        readonly scope: string;
        readonly roleDefinitionId: string;
        readonly condition?: string | null;
    };
}

interface Permission {
    readonly actions?: readonly string[];
    readonly notActions?: readonly string[];
}

interface Definition {
    readonly properties: {
        readonly roleName?: string;
        readonly permissions?: readonly Permission[];
    };
}

/** Whether a role allows an action; `*` stands for any run of characters, and case counts for nothing. */
export function allows(permissions: readonly Permission[], action: string): boolean {
    const matches = (pattern: string) => {
        const text = pattern.split("*").map((part) => part.replace(/[.\\+?^${}()|[\]]/g, "\\$&"));
        return new RegExp(`^${text.join(".*")}$`, "i").test(action);
    };
    return permissions.some(
        (each) => (each.actions ?? []).some(matches) && !(each.notActions ?? []).some(matches),
    );
}

/**
 * Whether the caller may do in the subscription what a deploy does, by the roles assigned to it and to its groups,
 * there or above.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest
 */
export const rightsCheck: AzureCheck = {
    id: "rights",
    title: "Deployer's rights",
    needs: "account",
    async run({ spec, caller: { arm, objectId } }) {
        const actions = actionsOf(spec);
        const assigned = await assignedTo(arm, objectId);
        const ids = [...new Set(assigned.map(({ properties }) => properties.roleDefinitionId))];
        const roles = new Map(
            await Promise.all(
                ids.map(async (id) => [id, await arm.get<Definition>(id, "2022-04-01")] as const),
            ),
        );
        const permissionsOf = ({ properties }: Assignment) =>
            roles.get(properties.roleDefinitionId)?.properties.permissions ?? [];
        const names = [...roles.values()].map(({ properties }) => properties.roleName ?? "a role");
        const has = names.length === 0 ? "no role" : names.sort().join(", ");
        const missing = actions.filter(
            (action) => !assigned.some((each) => allows(permissionsOf(each), action)),
        );
        if (missing.length > 0) {
            const message = `the caller has ${has} on the subscription, which allows no ${missing.join(", no ")}`;
            return [{ id: "rights", status: "lacking", message, fix: adviceOn(actions) }];
        }
        const grants = assigned.filter((each) =>
            allows(permissionsOf(each), "Microsoft.Authorization/roleAssignments/write"),
        );
        return [
            { id: "rights", status: "ok", message: `the caller has ${has} on the subscription` },
            ...conditions(grants),
        ];
    },
};

/** Of the subscription and what is above it, not of single groups in it. */
async function assignedTo(arm: Arm, objectId: string): Promise<Assignment[]> {
    const path = arm.inSubscription("/providers/Microsoft.Authorization/roleAssignments");
    const query = { $filter: `assignedTo('${objectId}')` };
    const all = await arm.list<Assignment>(path, "2022-04-01", query);
    const own = arm.inSubscription("").toLowerCase();
    const isWhole = (scope: string) => !scope.startsWith("/subscriptions/") || scope === own;
    return all.filter(({ properties }) => isWhole(properties.scope.toLowerCase()));
}

/** Which roles may be assigned under a condition is written in a language of its own, and not judged here. */
function conditions(grants: readonly Assignment[]): Finding[] {
    const isFree = ({ properties: { condition } }: Assignment) =>
        condition === undefined || condition === null || condition === "";
    if (grants.some(isFree)) return [];
    const message = "roles may be assigned under a condition only, which is not judged here";
    const fix = "see that it lets through the built-in roles that the stack assigns";
    return [{ id: "rights.condition", status: "warning", message, fix }];
}

/** Local accounts are off: who is named may deploy into the cluster, alone or through a group. */
export const azureDeployerCheck: AzureCheck<AzureClusterSpec> = {
    id: "deployer",
    title: "Deployer",
    needs: "account",
    run({ caller: { objectId, groups }, spec }) {
        const id = "deployer";
        const named = spec.access.deployer;
        if (named !== undefined && (named === objectId || groups?.includes(named) === true)) {
            return Promise.resolve([{ id, status: "ok", message: named }]);
        }
        const fix =
            "write the object id of the caller, or of a group of it, in steward:access.deployer";
        if (named !== undefined && groups === undefined) {
            const message = `the caller is ${objectId}; whether it is in a group ${named} the token does not say`;
            return Promise.resolve([{ id, status: "warning", message, fix }]);
        }
        const message = `the caller ${objectId} is not ${named ?? "named"}, and Kubernetes would refuse it`;
        return Promise.resolve([{ id, status: "lacking", message, fix }]);
    },
};
