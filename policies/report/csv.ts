import { placeCarried } from "./below";
import type { ReportLayer } from "./layers";
import { placeByRow } from "./layers";
import type { Report, ReportCarrier, ReportResource } from "./report";

const columns = [
    "stack",
    "cluster",
    "environment",
    "layer",
    "hub",
    "title",
    "holds",
    "role",
    "party",
    "contact",
    "escalation",
    "until",
    "entry",
    "resource",
    "type",
    "id",
    "urn",
    "carrier",
    "protected",
    "gap",
    "reason",
] as const;

type Line = Readonly<Partial<Record<(typeof columns)[number], string>>>;

/**
 * The report as a table for a spreadsheet, RFC 4180: a line for each resource (`entry` is `resource`), one for each
 * further layer that carries it (`carried`: not to be counted again), and one for each layer without any (`duty`, or
 * `empty` where it could hold some). Last, a line for each type, module or package whose carrier the stack file decides
 * (`carrier`), with the reason.
 *
 * A cell that a spreadsheet would take for a formula begins with an apostrophe.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function renderCsv(report: Report): string {
    const resources = report.roles.flatMap((view) => view.resources);
    const placed = placeByRow(resources, report.layers);
    // Two roles may answer for what lies below one machine: it stands in the views of both.
    const carriedHere = new Set(report.roles.flatMap((view) => view.carried));
    const besides = placeCarried([...carriedHere], report.layers);
    const rows = report.layers.flatMap((layer): Line[] => {
        const here = placed.get(layer) ?? [];
        const words = ofLayer(layer);
        const carried = besides.get(layer) ?? [];
        if (here.length + carried.length === 0) {
            return [{ ...words, entry: layer.duty ? "duty" : "empty" }];
        }
        return [
            ...here.map((each) => ({ ...words, ...ofResource(each) })),
            ...carried.map((each) => ({ ...ofResource(each), ...words, entry: "carried" })),
        ];
    });
    const strays = placed.get(undefined) ?? [];
    const { stack, cluster, environment } = report;
    const lines = [...rows, ...strays.map(ofResource), ...report.carriers.map(ofEntry)].map(
        (line) =>
            columns.map((column) => cell({ stack, cluster, environment, ...line }[column] ?? "")),
    );
    return [columns, ...lines].map((cells) => `${cells.join(",")}\r\n`).join("");
}

function ofLayer(layer: ReportLayer): Line {
    const { id, scope = "", title, holds, role, party, contact, escalation = "" } = layer;
    return {
        layer: id,
        hub: scope,
        title,
        holds,
        role: role ?? "",
        party: party ?? "",
        contact: contact ?? "",
        escalation,
        until: layer.until ?? "",
        gap: layer.gap ?? "",
    };
}

function ofResource({ name, type, id, urn, layer, scope, carrier, protect }: ReportResource): Line {
    return {
        entry: "resource",
        layer: layer ?? "",
        hub: scope ?? "",
        resource: name,
        type,
        id: id ?? "",
        urn,
        carrier,
        protected: protect ? "yes" : "no",
    };
}

function ofEntry({ of, carrier, reason, problem }: ReportCarrier): Line {
    return { entry: "carrier", type: of, carrier, reason, gap: problem ?? "" };
}

function cell(value: string): string {
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
