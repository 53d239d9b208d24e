import type { ReportLayer } from "../layers";
import type { Report } from "../report";
import type { RoleView } from "../roles";

/** The section in which a layer is told of. */
export function viewOf({ roles }: Report, layer: ReportLayer): RoleView | undefined {
    return roles.find(({ layers }) => layers.includes(layer));
}

/** The address of a layer's resources. By number: names come out of a file and may be anything. */
export function layerAnchor({ layers }: Report, layer: ReportLayer): string {
    return `layer-${layers.indexOf(layer) + 1}`;
}

/** The address of what a layer carries besides. */
export function carriedAnchor(report: Report, layer: ReportLayer): string {
    return `${layerAnchor(report, layer)}-carried`;
}
