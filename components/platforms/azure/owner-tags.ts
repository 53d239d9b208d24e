import * as authorization from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { AzureSubscriptionPolicy } from "../../model/spec/azure-watch";
import { ownerKeys, requiredKeys } from "../../model/tags";
import { ownerAudit } from "./owner-audit";
import type { Place } from "./place";
import { grant } from "./role-assignment";
import type { ResourceGroups } from "./resource-groups";

/** "Inherit a tag from the resource group if missing", as Azure brings it. */
const inheritIfMissing =
    "/providers/Microsoft.Authorization/policyDefinitions/ea3f2387-9b95-492a-a190-fcdc54f7b070";

export interface OwnerTagsArgs extends LayerArgs {
    readonly place: Place;
    readonly groups: ResourceGroups;
    /** Whether what lies outside these groups is looked at as well. */
    readonly subscriptionPolicy: AzureSubscriptionPolicy;
}

/**
 * Azure's own backstop: whatever anybody makes in a group of the cluster, by hand or by a service, takes the owner of
 * the group where it names none. Nothing outside those groups is touched; where the stack file says so, it is audited.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/tag-policies
 */
export class OwnerTags extends Layer {
    constructor(name: string, args: OwnerTagsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:OwnerTags", name, args, opts);
        const { place, groups } = args;
        const keys = [...requiredKeys, ownerKeys.contact];
        const set = new authorization.PolicySetDefinition(
            `${name}-owner-tags`,
            {
                policySetDefinitionName: `steward-${place.clusterName}-owner-tags`,
                policyType: "Custom",
                displayName: `Owner's tags of ${place.clusterName}`,
                description: "What names no owner takes that of its resource group",
                policyDefinitions: keys.map((tagName) => ({
                    policyDefinitionId: inheritIfMissing,
                    policyDefinitionReferenceId: tagName,
                    parameters: { tagName: { value: tagName } },
                })),
            },
            { parent: this },
        );
        for (const [role, { group }] of groups.all) {
            const assignment = new authorization.PolicyAssignment(
                `${name}-${role}-owner-tags`,
                {
                    scope: group.id,
                    policyAssignmentName: "steward-owner-tags",
                    policyDefinitionId: set.id,
                    displayName: `Owner's tags of ${place.clusterName}, ${role}`,
                    location: place.location,
                    identity: { type: "SystemAssigned" },
                },
                { parent: this },
            );
            grant(
                `${name}-${role}-owner-tags`,
                {
                    subscriptionId: place.subscriptionId,
                    role: "Tag Contributor",
                    scope: group.id,
                    principalId: principalOf(assignment.identity),
                    principalType: "ServicePrincipal",
                },
                { parent: this },
            );
        }
        if (args.subscriptionPolicy === "audit") ownerAudit(name, place, this);
        this.registerOutputs();
    }
}

/** Of an identity that Azure made with the resource. */
export function principalOf(
    identity: pulumi.Output<{ readonly principalId?: string } | undefined>,
): pulumi.Output<string> {
    return pulumi.output(identity).apply((made) => made?.principalId ?? "");
}
