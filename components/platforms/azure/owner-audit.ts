import * as authorization from "@pulumi/azure-native/authorization";
import type * as pulumi from "@pulumi/pulumi";
import { ownerKeys } from "../../model/tags";
import type { Place } from "./place";

/** What says whose a thing is, whoever made it; the other keys of a cluster are nobody else's to have. */
const required = [ownerKeys.role, ownerKeys.party, ownerKeys.layer] as const;

/**
 * Marks whatever names no owner in the whole subscription as not compliant, and changes and refuses nothing. Only what
 * can be tagged is looked at, which is what `Indexed` means. Both names have the cluster's, so that each cluster of a
 * subscription may have its own.
 *
 * @see https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-basics#resource-manager-modes
 * @see https://learn.microsoft.com/azure/governance/policy/concepts/effect-audit
 */
export function ownerAudit(
    name: string,
    { subscriptionId, clusterName }: Place,
    parent: pulumi.Resource,
): void {
    // At most 60 of 64 characters: a cluster's name has 40.
    const called = `steward-${clusterName}-owner-audit`;
    const displayName = `Owners in the subscription of ${clusterName}`;
    const definition = new authorization.PolicyDefinition(
        `${name}-owner-audit`,
        {
            policyDefinitionName: called,
            policyType: "Custom",
            mode: "Indexed",
            displayName,
            description: `Marks what lacks one of ${required.join(", ")}`,
            policyRule: {
                if: {
                    anyOf: required.map((key) => ({ field: `tags['${key}']`, exists: "false" })),
                },
                then: { effect: "audit" },
            },
        },
        { parent },
    );
    new authorization.PolicyAssignment(
        `${name}-owner-audit`,
        {
            scope: `/subscriptions/${subscriptionId}`,
            policyAssignmentName: called,
            policyDefinitionId: definition.id,
            displayName,
        },
        { parent },
    );
}
