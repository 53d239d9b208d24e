import * as pulumi from "@pulumi/pulumi";
import { ownerAudit } from "../../../../components/platforms/azure/owner-audit";
import type { Props } from "../../../../rehearsal/provider/values";
import { TestSubscription } from "../../../rehearsal/azure/account";
import { recordResources, settled } from "../../../support/record-resources";

const subscriptionId = "00000000-0000-4000-8000-000000000001";
const tenantId = "00000000-0000-4000-8000-000000000002";
const definition = "azure-native:authorization:PolicyDefinition";
const assignment = "azure-native:authorization:PolicyAssignment";

/** What clusters of one subscription have it audited by. */
async function audited(...clusters: readonly string[]) {
    const subscription = new TestSubscription({ subscriptionId, tenantId });
    const { resources } = await recordResources({
        create: ({ type, name, inputs }) => {
            if (!type.startsWith("azure-native:")) return undefined;
            const { id, outputs } = subscription.create(type, inputs as Props, name);
            return { id, state: outputs };
        },
    });
    for (const clusterName of clusters) {
        const place = { subscriptionId, tenantId, location: "canadacentral", clusterName };
        ownerAudit("account", place, new pulumi.ComponentResource("steward:test:Tags", "tags"));
    }
    await settled();
    return resources.filter(({ type }) => type.startsWith("azure-native:"));
}

const pathOf = (name: string) =>
    `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/policyDefinitions/${name}`;

describe("the audit of a subscription", () => {
    it("is one definition and one assignment, which mark and neither refuse nor change", async () => {
        const made = await audited("lab");
        expect(made.map(({ type, name, inputs }): unknown => [type, name, inputs])).toEqual([
            [
                definition,
                "account-owner-audit",
                {
                    policyDefinitionName: "steward-lab-owner-audit",
                    policyType: "Custom",
                    mode: "Indexed",
                    displayName: "Owners in the subscription of lab",
                    description: "Marks what lacks one of owner-role, owner-party, owner-layer",
                    policyRule: {
                        if: {
                            anyOf: [
                                { field: "tags['owner-role']", exists: "false" },
                                { field: "tags['owner-party']", exists: "false" },
                                { field: "tags['owner-layer']", exists: "false" },
                            ],
                        },
                        then: { effect: "audit" },
                    },
                },
            ],
            [
                assignment,
                "account-owner-audit",
                {
                    scope: `/subscriptions/${subscriptionId}`,
                    policyAssignmentName: "steward-lab-owner-audit",
                    policyDefinitionId: pathOf("steward-lab-owner-audit"),
                    displayName: "Owners in the subscription of lab",
                    enforcementMode: "Default", // the SDK's
                },
            ],
        ]);
    });

    it("has names of its own for each cluster, the longest too", async () => {
        const made = await audited("lab", "l".repeat(40));
        const names = made.map(({ inputs }) =>
            String(inputs["policyDefinitionName"] ?? inputs["policyAssignmentName"]),
        );
        expect(new Set(names).size).toBe(2);
        expect(Math.max(...names.map(({ length }) => length))).toBe(60);
    });
});
