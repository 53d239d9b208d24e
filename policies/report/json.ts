import type { Report } from "./report";

/**
 * The report as one JSON document: the shape that every command prints, and beside it what only a report has.
 *
 * A review changes nothing: `result` is `unchanged`, or `blocked` where the rules would stop the next deploy.
 */
export function renderJson(report: Report): string {
    const { stack, workload, platform, inState, layers, coverage, violations, ...rest } = report;
    const blocking = violations.filter(({ level }) => level === "mandatory");
    const document = {
        stack,
        workload,
        platform,
        result: blocking.length === 0 ? "unchanged" : "blocked",
        created: inState,
        changes: { create: 0, update: 0, replace: 0, delete: 0, same: inState },
        layers,
        coverage,
        violations: blocking.map(({ rule, layer, urn, message, fix }) => {
            return { rule, layer, urn, message, fix };
        }),
        advisories: violations.filter(({ level }) => level === "advisory"),
        errors: [],
        ...rest,
    };
    return `${JSON.stringify(document, null, 2)}\n`;
}
