import type { Cover, Coverage } from "../coverage";
import { concerns, rowName } from "../../components/model/matrix";
import type { Report } from "./report";

/** Whom a report can be narrowed to: roles, and parties that answer without one. */
export function rolesIn(report: Report): string[] {
    const names = report.roles.map(({ role, party }) => role ?? party);
    return [...new Set(names.filter((name) => name !== null))];
}

/**
 * The part of a report that one role answers for, or one party without a role.
 *
 * @param name A slug out of `rolesIn`.
 * @returns undefined when nobody here has that name.
 */
export function narrowTo(report: Report, name: string): Report | undefined {
    const roles = report.roles.filter(({ role, party }) => (role ?? party) === name);
    if (roles.length === 0) return undefined;
    const layers = report.layers.filter((layer) => (layer.role ?? layer.party) === name);
    const resources = roles.flatMap((view) => view.resources);
    const urns = new Set(resources.map(({ urn }) => urn));
    const rows = layers.map(({ id, scope }) => ({
        layer: id,
        ...(scope === undefined ? {} : { scope }),
    }));
    const places = new Set(rows.flatMap((row) => [row.layer, rowName(row)]));
    const counts: Record<Cover, number> = {
        tag: 0,
        label: 0,
        file: 0,
        layer: 0,
        container: 0,
        uncovered: 0,
    };
    for (const { carrier } of resources) counts[carrier] += 1;
    const coverage: Coverage = {
        total: resources.length,
        ...counts,
        unseen: report.coverage.unseen,
    };
    return {
        ...report,
        only: name,
        layers,
        coverage,
        roles,
        uncovered: report.uncovered.filter(({ urn }) => urns.has(urn)),
        gaps: report.gaps.filter((gap) => rows.some((row) => concerns(gap, row))),
        violations: report.violations.filter(
            ({ urn, layer }) => urns.has(urn) || (layer !== null && places.has(layer)),
        ),
    };
}
