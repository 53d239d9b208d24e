import type { Gap } from "../../components/model/gaps";
import { findLayer, isDuty, layersOf } from "../../components/model/layers";
import type { Matrix, Row } from "../../components/model/matrix";
import { concerns, rowName } from "../../components/model/matrix";
import { isRole, roles } from "../../components/model/roles";
import type { Cover } from "../coverage";
import { placeCarried } from "./below";
import type { ReportResource } from "./report";

/** How a layer shows its owner; `matrix`: it holds nothing, and the matrix alone says it. */
export type ShownBy = "tags" | "labels" | "host-file" | "layer" | "container" | "matrix";

/** One row of the matrix, with all that a reader needs to know of it. */
export interface ReportLayer {
    readonly id: string;
    /** The hub, for a layer that each hub has for itself. */
    readonly scope?: string;
    readonly title: string;
    readonly holds: string;
    /** Null where the document names none, or where nobody answers. */
    readonly role: string | null;
    /** The role in words; null where there is none. */
    readonly roleTitle: string | null;
    readonly party: string | null;
    /** The party as people know it. */
    readonly partyName: string | null;
    readonly contact: string | null;
    readonly escalation?: string;
    /** Last day of the engagement, `YYYY-MM-DD`. */
    readonly until?: string;
    readonly carriers: readonly ShownBy[];
    /** How many resources stand in it. */
    readonly resources: number;
    /** How many of other layers, which count them, it carries besides; absent where it carries none. */
    readonly carried?: number;
    /** A layer that never holds a resource. */
    readonly duty: boolean;
    /** Why nobody answers for it. */
    readonly gap?: string;
}

/** The rows of a matrix in the order of the book; rows that are missing are there too, without an owner. */
export function layersOfMatrix(matrix: Matrix, gaps: readonly Gap[]): ReportLayer[] {
    const left = new Set(matrix.rows);
    const inBook = layersOf(matrix.workload, matrix.platform).flatMap(([layer, { perHub }]) =>
        (perHub ? matrix.hubs.map((scope) => ({ layer, scope })) : [{ layer }]).flatMap((place) => {
            const rows = matrix.rows.filter((row) => rowName(row) === rowName(place));
            for (const row of rows) left.delete(row);
            return rows.length > 0 ? rows : [{ ...place, role: null, party: null }];
        }),
    );
    return [...inBook, ...left].map((row) => describeRow(row, matrix, gaps));
}

function describeRow(row: Row, matrix: Matrix, gaps: readonly Gap[]): ReportLayer {
    const { layer: id, scope, role, party } = row;
    const layer = findLayer(matrix.workload, id);
    const known = party !== null && Object.hasOwn(matrix.parties, party);
    const holder = known ? matrix.parties[party] : undefined;
    const gap = gaps.find((each) => concerns(each, row));
    return {
        id,
        ...(scope === undefined ? {} : { scope }),
        title: layer?.title ?? id,
        holds: layer?.holds ?? "",
        role,
        roleTitle: role === null ? null : titleOf(role),
        party,
        partyName: holder?.name ?? party,
        contact: holder?.contact ?? null,
        ...(holder?.escalation === undefined ? {} : { escalation: holder.escalation }),
        ...(holder?.until === undefined ? {} : { until: holder.until }),
        carriers: [],
        resources: 0,
        duty: layer !== undefined && isDuty(layer),
        ...(gap === undefined ? {} : { gap: gap.message }),
    };
}

/** A role in words; an unknown one by its slug. */
export function titleOf(role: string): string {
    return isRole(role) ? roles[role].title : role;
}

const shownBy: Readonly<Record<Cover, ShownBy | undefined>> = {
    tag: "tags",
    label: "labels",
    file: "host-file",
    layer: "layer",
    container: "container",
    uncovered: undefined,
};

/**
 * Resources by the row that they belong to: that of their layer, and of their owner where two claim it. Under
 * undefined stands what no row answers for.
 */
export function placeByRow(
    resources: readonly ReportResource[],
    rows: readonly ReportLayer[],
): Map<ReportLayer | undefined, ReportResource[]> {
    const byName = new Map<string, ReportLayer[]>();
    for (const row of rows) {
        const name = rowName({ ...row, layer: row.id });
        byName.set(name, [...(byName.get(name) ?? []), row]);
    }
    const placed = new Map<ReportLayer | undefined, ReportResource[]>();
    for (const resource of resources) {
        const { layer, scope, party } = resource;
        const place = scope === undefined ? {} : { scope };
        const here = layer === null ? [] : (byName.get(rowName({ layer, ...place })) ?? []);
        const row = here.find((each) => each.party === party) ?? here[0];
        const held = placed.get(row) ?? [];
        held.push(resource);
        placed.set(row, held);
    }
    return placed;
}

/** The rows with what stands in them counted. */
export function withResources(
    rows: readonly ReportLayer[],
    resources: readonly ReportResource[],
): ReportLayer[] {
    const placed = placeByRow(resources, rows);
    const besides = placeCarried(resources, rows);
    return rows.map((row): ReportLayer => {
        const here = placed.get(row) ?? [];
        const carried = besides.get(row)?.length ?? 0;
        const seen = new Set(here.map(({ carrier }) => shownBy[carrier]));
        if (carried > 0) seen.add("tags");
        const carriers = [...seen].filter((each) => each !== undefined);
        return {
            ...row,
            carriers: here.length + carried === 0 ? ["matrix"] : carriers,
            resources: here.length,
            ...(carried === 0 ? {} : { carried }),
        };
    });
}
