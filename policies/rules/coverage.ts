import { findGaps } from "../../components/model/gaps";
import { fold } from "../../components/model/problem";
import { coverOf } from "../coverage";
import { placeOf } from "../place";
import type { Context, Finding, StackRule } from "../rule";
import { gapFinding } from "./gate";

/** The whole stack at the end: one cluster, no gap, and nothing that shows no owner. */
export const coverage: StackRule = {
    id: "OWN6",
    name: "coverage",
    why: "What was read rather than made, or kept by a run of other targets, passes by the other rules.",
    fix: "Create it in a layer and let it show its owner, or remove it from the stack.",
    level: "mandatory",
    checkStack(context, judged) {
        const { inventory } = context;
        const uncovered = [...inventory.all()]
            .filter(({ custom, urn }) => custom && !judged.has(urn))
            .filter((resource) => coverOf(resource, inventory) === "uncovered")
            .map((resource): Finding => {
                const message = `${resource.type} shows no owner`;
                const place = placeOf(inventory.ownerOf(resource));
                return { urn: resource.urn, ...place, message, fix: coverage.fix };
            });
        return [...missingCluster(context), ...gapsAtTheEnd(context, judged), ...uncovered];
    },
};

function missingCluster({ inventory }: Context): Finding[] {
    const urn = inventory.stackUrn();
    if (urn === undefined || inventory.clusters().length > 0) return [];
    if (![...inventory.all()].some(({ custom }) => custom)) return [];
    const message = "this stack holds resources and no cluster, so nobody answers for them";
    const fix = "register the cluster with its matrix before anything else";
    return [{ urn, layer: null, role: null, message, fix }];
}

/** The gaps once more, where the gate did not see the cluster in this run. */
function gapsAtTheEnd(context: Context, judged: ReadonlySet<string>): Finding[] {
    const [cluster] = context.inventory.clusters();
    const matrix = context.inventory.matrix();
    if (cluster === undefined || matrix === undefined || judged.has(cluster.urn)) return [];
    return fold(findGaps(matrix, context)).map((gap) => gapFinding(cluster.urn, gap));
}
