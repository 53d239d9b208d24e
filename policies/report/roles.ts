import { findLayer } from "../../components/model/layers";
import type { Matrix } from "../../components/model/matrix";
import type { ResponsibilityId } from "../../components/model/responsibilities";
import { responsibilities } from "../../components/model/responsibilities";
import { isRole, roles } from "../../components/model/roles";
import type { Source } from "../../components/model/source";
import { placeCarried } from "./below";
import type { ReportLayer } from "./layers";
import { placeByRow } from "./layers";
import type { ReportResource } from "./report";

/** A duty out of the source documents that somebody discharges here. */
export interface DischargedDuty {
    readonly id: ResponsibilityId;
    readonly duty: string;
    readonly source: Source;
    /** Titles of the layers that it comes with. */
    readonly layers: readonly string[];
    /** Titles of the roles that the document names for it, where this is another; empty otherwise. */
    readonly elsewhere: readonly string[];
}

/** All that one party answers for in one role. */
export interface RoleView {
    /** Unique in the report, fit for the address of a section. */
    readonly key: string;
    /** Null where a party answers without a role, or nobody does. */
    readonly role: string | null;
    readonly title: string;
    /** What the role answers for, in one sentence. */
    readonly summary: string;
    /** Null where nobody fills the role. */
    readonly party: string | null;
    readonly partyName: string | null;
    readonly contact: string | null;
    readonly escalation?: string;
    /** Last day of the engagement, `YYYY-MM-DD`. */
    readonly until?: string;
    readonly layers: readonly ReportLayer[];
    readonly resources: readonly ReportResource[];
    /** What stands in other layers, which count it, and is carried by one of these besides. */
    readonly carried: readonly ReportResource[];
    readonly responsibilities: readonly DischargedDuty[];
}

const direct = "Answers directly: the document gives these duties to no role.";
const nobody = "What no row of the matrix answers for.";

/**
 * Rows and resources by who answers for them, roles in the order of the book, then parties without a role, then
 * nobody. Each row and each resource stands in exactly one view; what a row carries besides is beside it.
 */
export function groupByRole(
    matrix: Matrix,
    layers: readonly ReportLayer[],
    resources: readonly ReportResource[],
): RoleView[] {
    const groups = new Map<string, Held>();
    const groupOf = (row: ReportLayer | undefined) => {
        const name = JSON.stringify([row?.role ?? null, row?.party ?? null]);
        const group = groups.get(name) ?? { rows: [], resources: [], carried: new Set() };
        groups.set(name, group);
        return group;
    };
    for (const row of layers) groupOf(row).rows.push(row);
    for (const [row, here] of placeByRow(resources, layers)) {
        groupOf(row).resources.push(...here);
    }
    for (const [row, here] of placeCarried(resources, layers)) {
        for (const each of here) groupOf(row).carried.add(each);
    }
    const taken = new Set<string>();
    return [...groups.values()]
        .sort((one, other) => rank(one.rows[0]) - rank(other.rows[0]))
        .map((held) => view(matrix, held, taken));
}

/** What one party holds in one role. A role of two layers may carry a machine by both. */
interface Held {
    readonly rows: ReportLayer[];
    readonly resources: ReportResource[];
    readonly carried: Set<ReportResource>;
}

function rank(row: ReportLayer | undefined): number {
    if (row?.role != null) {
        const at = Object.keys(roles).indexOf(row.role);
        return at < 0 ? 100 : at;
    }
    return row?.party == null ? 300 : 200;
}

function view(matrix: Matrix, { rows, resources, carried }: Held, taken: Set<string>): RoleView {
    const { role, party, partyName, contact, escalation, until } = rows[0] ?? unanswered;
    const summary = role === null ? (party === null ? nobody : direct) : "";
    return {
        key: keyOf([role, party].filter((slug) => slug !== null).join("-") || "nobody", taken),
        role,
        title: rows[0]?.roleTitle ?? partyName ?? "Nobody",
        summary: role !== null && isRole(role) ? roles[role].summary : summary,
        party,
        partyName,
        contact,
        ...(escalation === undefined ? {} : { escalation }),
        ...(until === undefined ? {} : { until }),
        layers: rows,
        resources,
        carried: [...carried],
        responsibilities: dutiesOf(matrix, rows, role),
    };
}

const unanswered: Pick<
    ReportLayer,
    "role" | "party" | "partyName" | "contact" | "escalation" | "until"
> = { role: null, party: null, partyName: null, contact: null };

function keyOf(name: string, taken: Set<string>): string {
    const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
    let key = slug;
    for (let count = 2; taken.has(key); count += 1) key = `${slug}-${count}`;
    taken.add(key);
    return key;
}

/** The duties that the layers discharge, each once, in the order of the layers. */
function dutiesOf(
    { workload }: Matrix,
    rows: readonly ReportLayer[],
    role: string | null,
): DischargedDuty[] {
    const layers = new Map<ResponsibilityId, string[]>();
    for (const { id: layer, title } of rows) {
        for (const id of findLayer(workload, layer)?.discharges ?? []) {
            layers.set(id, [...(layers.get(id) ?? []), title]);
        }
    }
    return [...layers].map(([id, titles]) => {
        const { duty, source, roles: named } = responsibilities[id];
        const isNamed = named.some((each) => each === role);
        const elsewhere = isNamed ? [] : named.map((each) => roles[each].title);
        return { id, duty, source, layers: [...new Set(titles)], elsewhere };
    });
}
