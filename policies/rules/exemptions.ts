import { exemptionProblems } from "../../components/model/exemption";
import { clusterType } from "../../components/model/tokens";
import type { ResourceRule } from "../rule";

/** A written exception has a rule, a reason, an approver and an end; one that lacks any lifts nothing. */
export const exemptions: ResourceRule = {
    id: "EXC1",
    name: "exemptions",
    why: "An exception without a reason, an approver and an end becomes the rule.",
    fix: "Correct the entry under steward:exemptions, or remove it.",
    level: "mandatory",
    appliesTo: (type) => type === clusterType,
    check: ({ urn }, { inventory, rules, now }) => {
        const matrix = inventory.matrix();
        if (matrix === undefined) return [];
        return exemptionProblems(matrix, rules, now).map(({ message, fix, expired }) => ({
            urn,
            layer: null,
            role: null,
            message: `steward:exemptions: ${message}`,
            fix,
            level: expired ? "advisory" : "mandatory",
        }));
    },
};
