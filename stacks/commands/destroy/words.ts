import { table } from "../paint";
import type { Found } from "./found";

const head = [
    "role",
    "party",
    "contact",
    "layer",
    "what",
    "how many",
    "what becomes of it",
    "which",
];

const fates = {
    goes: "goes too",
    stays: "stays, and costs",
    blocks: "keeps the cluster from going",
} as const;

/** How many of a row are named; `--json` names all. */
const shown = 2;

/**
 * What was found, by owner, as a table; what nobody is named on comes last.
 *
 * @param keptBy What `--release` takes for something that is kept, null for what no release takes; undefined for the rest.
 */
export function wordFound(
    stack: string,
    found: readonly Found[],
    keptBy: (each: Found) => string | null | undefined,
): string {
    if (found.length === 0) return `${stack}: nothing was found that the engine never made`;
    const rows = new Map<string, { cells: string[]; of: Found[] }>();
    for (const each of found) {
        const { role = "nobody", party = "-", place = "-", contact } = each.owner ?? {};
        const fate = wordFate(each, keptBy(each));
        const cells = [role, party, contact ?? "-", place, each.kind, fate];
        const key = [each.owner === null ? 1 : 0, ...cells].join(" ");
        rows.set(key, { cells, of: [...(rows.get(key)?.of ?? []), each] });
    }
    const body = [...rows]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { cells, of }]) => {
            const [role = "", party = "", contact = "", place = "", kind = "", fate = ""] = cells;
            return [role, party, contact, place, kind, String(of.length), fate, named(of)];
        });
    return [`${stack}: what the engine never made, by owner`, table(head, body)].join("\n");
}

function wordFate({ fate }: Found, place: string | null | undefined): string {
    if (place === undefined) return fates[fate];
    return place === null ? "stays: perhaps data" : `stays: data, --release ${place}`;
}

function named(all: readonly Found[]): string {
    const first = all.slice(0, shown).map(({ id, why }) => `${id} (${why})`);
    const more = all.length - first.length;
    return [...first, ...(more === 0 ? [] : [`${String(more)} more`])].join(", ");
}
