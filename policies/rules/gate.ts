import type { Gap } from "../../components/model/gaps";
import { findGaps } from "../../components/model/gaps";
import { rowName } from "../../components/model/matrix";
import { fold } from "../../components/model/problem";
import { clusterType, typesOf } from "../../components/model/tokens";
import { readMatrix } from "../read-matrix";
import type { Resource } from "../resource";
import type { Context, Finding, ResourceRule } from "../rule";

/**
 * Refuses a cluster in which a layer has no owner. The cluster is registered before anything else, so a
 * violation there leaves nothing created but the root stack.
 */
export const gate: ResourceRule = {
    id: "OWN1",
    name: "gate",
    why: "What nobody answers for is not patched, not paid for and never turned off.",
    fix: "Name an owner for every layer in the stack file, and create everything under the cluster.",
    level: "mandatory",
    appliesTo: () => true,
    check: (resource, context) =>
        resource.type === clusterType ? gapsOf(resource, context) : strayOf(resource),
};

function gapsOf(cluster: Resource, context: Context): Finding[] {
    const { urn } = cluster;
    const found: Finding[] = [];
    if (context.inventory.clusters().length > 1) {
        const message =
            "this stack has more than one cluster, and a layer would have several owners";
        found.push({
            urn,
            layer: null,
            role: null,
            message,
            fix: "give each cluster its own stack",
        });
    }
    const matrix = readMatrix(cluster.inputs);
    if (matrix === undefined) {
        const message = "the cluster does not say who owns what, or not before the update";
        const fix = "register it with a whole matrix of plain strings";
        return [...found, { urn, layer: null, role: null, message, fix }];
    }
    const gaps = findGaps(matrix, { now: context.now, reservedContacts: "refused" });
    const passes = (gap: Gap) =>
        (gap.kind === "reserved-contact" || gap.kind === "open-hub") &&
        context.reservedContacts === "allowed";
    const warnings = new Map(gaps.filter(passes).map((gap) => [gap.path, gap]));
    return [
        ...found,
        ...fold(gaps.filter((gap) => !passes(gap))).map((gap) => gapFinding(urn, gap)),
        ...[...warnings.values()].map((gap) => reminder(urn, gap)),
    ];
}

/** A gap as a finding on the cluster; of the audit at the end too. */
export function gapFinding(urn: string, gap: Gap): Finding {
    const message = `${gap.path}: ${gap.message}`;
    return { urn, layer: rowName(gap), role: gap.role, message, fix: gap.fix };
}

/** One for each address, not for each layer of a party. */
function reminder(urn: string, { path, party, message: said, fix }: Gap): Finding {
    const ofParty = path.startsWith("steward:parties.");
    const what = ofParty ? `the contact of ${String(party)} is an example` : said;
    const message = `${path}: ${what}, refused outside a rehearsal`;
    return { urn, layer: null, role: null, message, fix, level: "advisory" };
}

function strayOf({ custom, urn, type }: Resource): Finding[] {
    if (!custom || typesOf(urn)[0] === clusterType) return [];
    const message = `${type} stands outside the cluster, where no layer answers for it`;
    return [{ urn, layer: null, role: null, message, fix: "create it as the child of a layer" }];
}
