import { entryProblems } from "../../components/model/carriers/entries";
import { clusterType } from "../../components/model/tokens";
import type { Finding, ResourceRule } from "../rule";

/** What the stack file says of types that Steward does not know is sound, and is read aloud in every run. */
export const carriers: ResourceRule = {
    id: "EXC2",
    name: "carriers",
    why: "A type said to carry no owner is one in which nobody looks for one again.",
    fix: "Correct the entry under steward:carriers, or remove it.",
    level: "mandatory",
    appliesTo: (type) => type === clusterType,
    check: ({ urn }, { inventory }) => {
        const entries = inventory.matrix()?.carriers ?? {};
        const problems = new Map(entryProblems(entries).map((each) => [each.key, each]));
        return Object.entries(entries).map(([key, { carrier, reason }]): Finding => {
            const place = { urn, layer: null, role: null };
            const problem = problems.get(key);
            if (problem !== undefined) {
                const message = `steward:carriers.${key}: ${problem.message}`;
                return { ...place, message, fix: problem.fix };
            }
            const message = `steward:carriers.${key}: carried as ${carrier}, by the stack file: ${reason}`;
            return { ...place, message, fix: "keep it while that is so", level: "advisory" };
        });
    },
};
