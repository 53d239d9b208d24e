import { now } from "../../provider/identifiers";
import { isGiven, textAt, textsAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import { callerId } from "../account";
import { lastOf, normal } from "../arm-id";
import type { Admission, AzureType } from "../azure-type";
import { refuse } from "../azure-type";
import { freeName, guidName, plainName } from "../names";
import { findById } from "../references";
import { isBuiltIn } from "../built-in";
import { onScope } from "./paths";

const assignmentType = "azure-native:authorization:RoleAssignment";
const definitionType = "azure-native:authorization:RoleDefinition";
const policyType = "azure-native:authorization:PolicyDefinition";
const policyName = freeName(1, 64, "<>*%&:\\?.+/");

const written = (): Props => {
    const time = `${now().slice(0, 19)}.0000000Z`;
    return { createdBy: callerId, createdOn: time, updatedBy: callerId, updatedOn: time };
};

const whole = (scope: string): string => normal(scope.replace(/^\/?/, "/"));

/**
 * Whether somebody is an identity of this account's, and so made a moment ago: without its type the service looks for
 * it in a copy of the directory that may not have it yet.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---assigning-a-role-to-a-new-principal-sometimes-fails
 */
function isNew(cloud: Admission["cloud"], principalId: string): boolean {
    return [...cloud.mentioning(principalId)].some(({ type }) => type !== assignmentType);
}

function admitAssignment({ id, inputs, cloud }: Admission): void {
    const role = text(inputs, "roleDefinitionId") ?? "";
    const own = isBuiltIn(role) ? undefined : findById(cloud, role);
    if (!isBuiltIn(role) && own === undefined)
        refuse(
            "RoleDefinitionDoesNotExist",
            `roleDefinitionId: there is no ${role}; a role that Azure brings must stand in rehearsal/azure/built-in.ts`,
        );
    const scope = whole(text(inputs, "scope") ?? "");
    const within = (each: string) => scope === whole(each) || scope.startsWith(`${whole(each)}/`);
    if (own !== undefined && !textsAt(own.inputs, "assignableScopes").some(within))
        refuse(
            "RoleDefinitionDoesNotExist",
            `roleDefinitionId: ${role} cannot be assigned at ${scope}, which is outside its assignableScopes`,
        );
    const principal = text(inputs, "principalId") ?? "";
    if (text(inputs, "principalType") === undefined && isNew(cloud, principal))
        refuse(
            "PrincipalNotFound",
            `principalId: ${principal} is newer than what Entra tells everywhere; give principalType ServicePrincipal`,
        );
    const key = (props: Props) =>
        [
            whole(text(props, "scope") ?? ""),
            text(props, "principalId") ?? "",
            lastOf(normal(text(props, "roleDefinitionId") ?? "")),
        ].join(" ");
    const twin = cloud
        .all(assignmentType)
        .find((each) => normal(each.id) !== normal(id) && key(each.inputs) === key(inputs));
    if (twin !== undefined)
        refuse(
            "RoleAssignmentExists",
            `${twin.id} gives the same principal the same role here already`,
        );
}

/** Who may do what, and what policies hold. @see https://learn.microsoft.com/azure/role-based-access-control/overview */
export const authorizationTypes: Readonly<Record<string, AzureType>> = {
    [assignmentType]: {
        path: onScope("Microsoft.Authorization/roleAssignments/{roleAssignmentName}"),
        name: guidName,
        immutable: ["principalId", "roleDefinitionId"],
        fixed: ["principalType", "condition", "conditionVersion"],
        *inputProblems(inputs) {
            const role = text(inputs, "roleDefinitionId");
            if (role !== undefined && !/\/roleDefinitions\/[0-9a-f-]{36}$/i.test(role))
                yield {
                    property: "roleDefinitionId",
                    reason: "is no id that ends in roleDefinitions/<GUID>",
                };
            if (isGiven(inputs, "condition") !== isGiven(inputs, "conditionVersion"))
                yield {
                    property: "conditionVersion",
                    reason: "goes with condition; 2.0 is the one that is taken",
                };
        },
        admit: admitAssignment,
        made: written,
    },
    [definitionType]: {
        path: onScope("Microsoft.Authorization/roleDefinitions/{roleDefinitionId}"),
        name: guidName,
        required: ["roleName", "permissions", "assignableScopes"],
        *inputProblems(inputs) {
            // https://learn.microsoft.com/azure/role-based-access-control/role-definitions#assignablescopes
            for (const scope of textsAt(inputs, "assignableScopes"))
                if (scope === "/")
                    yield {
                        property: "assignableScopes",
                        reason: "is the root, which only roles that Azure brings may be",
                    };
        },
        heldBy: [assignmentType],
        inUse: "RoleDefinitionHasAssignments",
        admit({ id, inputs, cloud }) {
            const name = text(inputs, "roleName");
            const twin = cloud
                .all(definitionType)
                .find(
                    (each) => normal(each.id) !== normal(id) && each.outputs["roleName"] === name,
                );
            if (twin !== undefined)
                refuse(
                    "RoleDefinitionWithSameNameExists",
                    `roleName: ${name ?? ""} is taken by ${twin.id}`,
                );
        },
        made: written,
    },
    [policyType]: {
        path: "/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/policyDefinitions/{policyDefinitionName}",
        name: policyName,
        required: ["policyRule"],
        heldBy: ["azure-native:authorization:PolicyAssignment"],
        inUse: "PolicyDefinitionInUse",
        defaults: { policyType: "Custom" },
        made: () => ({ parameters: null }),
    },
    "azure-native:authorization:PolicyAssignment": {
        path: onScope("Microsoft.Authorization/policyAssignments/{policyAssignmentName}"),
        name: policyName,
        required: ["policyDefinitionId"],
        defaults: { enforcementMode: "Default" },
        *inputProblems(inputs) {
            if (isGiven(inputs, "identity") && !isGiven(inputs, "location"))
                yield { property: "location", reason: "is required with an identity" };
        },
        made: () => ({
            effectiveDefinitionVersion: "1.0.0",
            instanceId: "00000000-0000-4000-8000-000000000004",
            latestDefinitionVersion: "1.0.0",
            parameters: null,
        }),
    },
    "azure-native:authorization:ManagementLockByScope": {
        path: onScope("Microsoft.Authorization/locks/{lockName}"),
        name: plainName(1, 90),
    },
};

/** The locks on something or on what it lies in. @see https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources */
export function refuseLocked(id: string, cloud: Admission["cloud"]): void {
    for (const lock of cloud.all("azure-native:authorization:ManagementLockByScope")) {
        const scope = whole(textAt(lock.inputs, "scope") ?? "");
        if (normal(lock.id) === normal(id) || !`${normal(id)}/`.startsWith(`${scope}/`)) continue;
        if (!textsAt(lock.outputs, "level").some((level) => level !== "NotSpecified")) continue;
        refuse("ScopeLocked", `${id} is locked by ${lock.id}; delete the lock first`);
    }
}
