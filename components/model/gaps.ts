import { certificateGaps } from "./certificate-gaps";
import { contactKind, isReservedContact } from "./contact";
import { findLayer, layersOf } from "./layers";
import type { Matrix, Party, Row } from "./matrix";
import { rowName } from "./matrix";
import { openHubGaps } from "./open-hubs";
import { isRole, roles } from "./roles";
import { slugPattern } from "./tags";

export type GapKind =
    | "no-role"
    | "unknown-role"
    | "unknown-party"
    | "vacant-role"
    | "unreachable-party"
    | "reserved-contact"
    | "open-hub"
    | "budget-needs-email"
    | "owner-expired"
    | "layer-missing"
    | "two-accountable"
    | "unknown-layer";

/** One layer that nobody answers for, and the line that would change it. */
export interface Gap {
    readonly kind: GapKind;
    readonly layer: string;
    readonly scope?: string;
    /** The role that the layer expects, by the stack file or by the book. */
    readonly role: string | null;
    readonly party: string | null;
    /** Where the stack file says it, or would. */
    readonly path: string;
    readonly message: string;
    readonly fix: string;
}

export interface GapOptions {
    /** The moment to judge `until` by. */
    readonly now: Date;
    /**
     * Reserved domains (example.org, .invalid, .test), and hubs that let anybody in, pass as a warning in a
     * rehearsal and in an audit.
     */
    readonly reservedContacts: "allowed" | "refused";
}

/** The layers whose party gets mail from a budget, which takes no URL. */
const mailedByBudget = new Set(["budget-billing"]);

/**
 * Everything that leaves a layer of this cluster unanswered for, in the order of the book. Empty: no gap.
 *
 * Pure, and called in four places: reading the stack file, the gate policy, the stack-wide coverage policy and
 * the audit of an exported state.
 */
export function findGaps(matrix: Matrix, options: GapOptions): Gap[] {
    const expected = layersOf(matrix.workload, matrix.platform).flatMap(([layer, { perHub }]) =>
        perHub ? matrix.hubs.map((scope) => ({ layer, scope })) : [{ layer }],
    );
    const byName = new Map<string, Row[]>();
    for (const row of matrix.rows) {
        byName.set(rowName(row), [...(byName.get(rowName(row)) ?? []), row]);
    }
    const gaps = expected.flatMap((place): Gap[] => {
        const rows = byName.get(rowName(place)) ?? [];
        byName.delete(rowName(place));
        return gapsOfLayer(place, rows, matrix, options);
    });
    const certificates = certificateGaps(matrix, options);
    const strangers = [...byName.values()].flat().map((row) => unknownLayer(row, matrix));
    const open = options.reservedContacts === "refused" ? openHubGaps(matrix) : [];
    return [...gaps, ...certificates, ...open, ...strangers];
}

type Place = Pick<Row, "layer" | "scope">;

function gapsOfLayer(
    place: Place,
    rows: readonly Row[],
    matrix: Matrix,
    options: GapOptions,
): Gap[] {
    const [row, ...others] = rows;
    if (row === undefined) {
        return [
            gap("layer-missing", place, null, null, {
                message: `the layer ${rowName(place)} is missing from the matrix`,
                fix: `register the cluster with every layer of the ${matrix.workload} workload`,
            }),
        ];
    }
    if (others.length > 0) {
        const names = rows.map((each) => each.party ?? each.role ?? "nobody").join(" and ");
        return [
            ofRow("two-accountable", row, matrix, {
                message: `${names} are both accountable for ${rowName(place)}`,
                fix: "name exactly one",
            }),
        ];
    }
    return gapOfRow(row, matrix, options);
}

function gapOfRow(row: Row, matrix: Matrix, options: GapOptions): Gap[] {
    const { role, party } = row;
    const place = rowName(row);
    const known = Object.keys(matrix.parties).join(", ") || "none yet";
    if (role !== null && !isRole(role)) {
        return [
            ofRow("unknown-role", row, matrix, {
                message: `${place} is given to the role ${role}, which does not exist`,
                fix: `take one of: ${Object.keys(roles).join(", ")}`,
            }),
        ];
    }
    if (row.vacated === true || (role === null && party === null)) {
        const expected = expectation(row, matrix);
        return [
            ofRow("no-role", { ...row, role: role ?? expected.role }, matrix, {
                message: `nobody answers for ${place}; expected ${expected.words}`,
                fix: `write ${lineOf(row, "layers", `${row.layer}: { ${expected.answer} }`)}`,
            }),
        ];
    }
    if (party === null) {
        return [
            ofRow(
                "vacant-role",
                row,
                matrix,
                {
                    message: `${place} belongs to the role ${String(role)}, which no party fills`,
                    fix: `write ${lineOf(row, "roles", `${String(role)}: <party>`)}, a party of: ${known}`,
                },
                `roles.${String(role)}`,
            ),
        ];
    }
    const holder = Object.hasOwn(matrix.parties, party) ? matrix.parties[party] : undefined;
    if (holder === undefined) {
        return [
            ofRow("unknown-party", row, matrix, {
                message: `${place} is given to the party ${party}, which steward:parties does not know`,
                fix: `add ${party} to steward:parties, or take one of: ${known}`,
            }),
        ];
    }
    return gapsOfParty(row, party, holder, options);
}

function gapsOfParty(row: Row, slug: string, party: Party, options: GapOptions): Gap[] {
    const about = (kind: GapKind, key: string, message: string, fix: string): Gap => ({
        ...gap(kind, row, row.role, slug, { message, fix }),
        path: `steward:parties.${slug}${key}`,
    });
    const place = rowName(row);
    if (!slugPattern.test(slug)) {
        const message = `${slug} answers for ${place} and cannot be written as a label`;
        return [about("unknown-party", "", message, "use up to 63 of a-z, 0-9 and -")];
    }
    const kind = contactKind(party.contact);
    if (kind === undefined) {
        const message = `"${party.contact}" of ${slug}, who answers for ${place}, reaches nobody`;
        const fix = "write an e-mail address or an https URL";
        return [about("unreachable-party", ".contact", message, fix)];
    }
    if (party.until !== undefined && hasPassed(party.until, options.now)) {
        const message = `${slug} answered for ${place} until ${party.until}, which has passed`;
        const fix = "extend `until`, or hand the layer to another party";
        return [about("owner-expired", ".until", message, fix)];
    }
    if (mailedByBudget.has(row.layer) && kind !== "email") {
        const message = `${slug} answers for ${place}, and a budget mails no URL`;
        return [about("budget-needs-email", ".contact", message, "write an e-mail address")];
    }
    if (options.reservedContacts === "refused" && isReservedContact(party.contact)) {
        const message = `${party.contact} of ${slug}, who answers for ${place}, is an example`;
        const fix = "write an address that somebody reads";
        return [about("reserved-contact", ".contact", message, fix)];
    }
    return [];
}

/** Whether the last day, `YYYY-MM-DD` in UTC, lies before the day of `now`. A date that is none has passed. */
export function hasPassed(until: string, now: Date): boolean {
    const end = Date.parse(`${until}T23:59:59.999Z`);
    return Number.isNaN(end) || end < now.getTime();
}

/** The line to write: for the whole cluster, or in the hub that says otherwise. */
function lineOf({ saidBy, scope }: Row, key: "layers" | "roles", entry: string): string {
    return saidBy === undefined
        ? `\`steward:${key}: { ${entry} }\``
        : `\`${key}: { ${entry} }\` in the hub ${String(scope)}`;
}

/** Whom a layer without an owner expects, by the book. */
function expectation(
    row: Row,
    matrix: Matrix,
): { role: string | null; words: string; answer: string } {
    const layer = findLayer(matrix.workload, row.layer);
    const fallback = layer?.role ?? null;
    const role = typeof fallback === "string" ? fallback : (fallback?.[matrix.platform] ?? null);
    if (role === null) {
        const words = "a party named directly, since no document gives it a role";
        return { role, words, answer: "party: <party>" };
    }
    const holder = matrix.rows.find((each) => each.role === role && each.party !== null)?.party;
    const words = `the ${role}${holder == null ? "" : ` (${holder})`}`;
    return { role, words, answer: `role: ${role}` };
}

/** A gap where the stack file says who answers: in the hub's own section, where that has the last word. */
function ofRow(
    kind: GapKind,
    row: Row,
    { workload, hubs }: Matrix,
    words: { message: string; fix: string },
    key = `layers.${row.layer}`,
): Gap {
    const found = gap(kind, row, row.role, row.party, words);
    if (row.saidBy === undefined || row.scope === undefined) return found;
    const at = hubs.indexOf(row.scope);
    return { ...found, path: `steward:${workload}.hubs[${String(at)}].${key}` };
}

function unknownLayer(row: Row, matrix: Matrix): Gap {
    return gap("unknown-layer", row, row.role, row.party, {
        message: `the matrix names ${rowName(row)}, which a ${matrix.workload} cluster does not have`,
        fix: "remove it, or correct its name",
    });
}

function gap(
    kind: GapKind,
    place: Place,
    role: string | null,
    party: string | null,
    words: { message: string; fix: string },
): Gap {
    const scope = place.scope === undefined ? {} : { scope: place.scope };
    const hub = place.scope === undefined ? "" : ` (hub ${place.scope})`;
    const path = `steward:layers.${place.layer}${hub}`;
    return { kind, layer: place.layer, ...scope, role, party, path, ...words };
}
