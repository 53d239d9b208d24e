import { wordAll } from "../../components/model/problem";
import { paint, table } from "./paint";
import type { Result } from "./result";

/** What a terminal shows of a result: the layers with their owners, what carries them, what changed. */
export function wordSummary(result: Result): string {
    const rows = result.layers.map((layer) => [
        layer.scope === undefined ? layer.id : `${layer.id} (${layer.scope})`,
        layer.role ?? "-",
        layer.party ?? "-",
        layer.contact ?? "-",
        layer.carriers.join(", ") || "-",
        String(layer.resources),
    ]);
    const { coverage, changes } = result;
    const counted = Object.entries(coverage)
        .map(([kind, count]) => `${kind}: ${String(count)}`)
        .join(", ");
    const changed = Object.entries(changes)
        .map(([kind, count]) => `${kind} ${String(count)}`)
        .join(", ");
    return [
        table(["layer", "role", "party", "contact", "carriers", "resources"], rows),
        "",
        `coverage: ${counted}`,
        `changes: ${changed}`,
        ...(result.charts === undefined ? [] : [`charts: ${result.charts}`]),
        ...(result.detection === undefined ? [] : [`threat detector: ${result.detection}`]),
        ...(result.review === undefined ? [] : [`review: ${result.review}`]),
        "",
        paint("green", goodWords(result), process.stdout),
        "",
    ].join("\n");
}

function goodWords({ stack, result, created }: Result): string {
    const what = result === "unchanged" ? "unchanged" : "rehearsed";
    return `${stack}: ${what}; ${String(created)} resources in the state`;
}

/** Why a deploy was blocked or failed: everything at once, each with where, what and what to do. */
export function wordFailure({ stack, result, violations, errors }: Result): string {
    const findings = violations.map(({ rule, layer, message, fix }) => ({
        path: [rule, layer].filter((word) => word !== "").join(" "),
        message,
        fix,
    }));
    const all = wordAll([...findings, ...errors], "resource");
    const count = all.length === 1 ? "1 problem" : `${String(all.length)} problems`;
    const head = `${stack}: ${result}, ${count}`;
    return [paint("red", head, process.stderr), ...all.map((each) => `  ${each}`), ""].join("\n");
}
