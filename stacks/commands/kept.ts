import type { Problem } from "../../components/model/problem";
import { paint, table } from "./paint";
import type { Guarded } from "./protected";
import { shown, takes, wayOut } from "./protected";

/** What a destroy stops at: data that nobody released, and what the cloud itself refuses to delete as well. */
export const inTheWay = (guarded: readonly Guarded[], places: readonly string[]): Guarded[] =>
    guarded.filter((each) => each.ownProtection || !places.some((place) => takes(place, each)));

/** Each with its layer, its owner and the line that gives it up. */
export const keptProblems = (kept: readonly Guarded[]): Problem[] =>
    kept.map((each) => {
        const { place, role, party } = each;
        const release = `give it up with --release ${place}`;
        return {
            path: place,
            message: `${shown(each)} is protected and owned by ${role ?? "nobody"} (${party ?? "-"}); nothing was deleted`,
            fix: each.ownProtection ? `${wayOut(each)}; then ${release}` : release,
        };
    });

/** The same as a table, and the command that deletes it too. */
export function wordKept(stack: string, kept: readonly Guarded[]): string {
    const rows = kept.map(({ place, role, party, name, type, id }) => {
        const [layer = "", hub = "-"] = place.split("@");
        return [role ?? "nobody", party ?? "-", layer, hub, name, type, id ?? "-"];
    });
    const places = [...new Set(kept.map(({ place }) => place))];
    const held = kept.filter(({ ownProtection }) => ownProtection);
    return [
        paint("red", `${stack}: what is protected stands in the way`, process.stderr),
        table(["role", "party", "layer", "hub", "name", "type", "id"], rows),
        ...held.map((each) => `first, for ${each.name}: ${wayOut(each)}`),
        `to delete it too: destroy ${stack} ${places.map((place) => `--release ${place}`).join(" ")}`,
    ].join("\n");
}
